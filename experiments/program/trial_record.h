// SPDX-License-Identifier: Apache-2.0
//
// One line of trials.jsonl. Unlike result.json, which is for reading, it keeps every value's type and every bit. What
// JSON would lose is marked:
//
//   {"real": "inf"}, {"real": "-inf"}, {"real": "nan 7ff8000000000000"}   numbers that are not finite; the bits of NaN
//   {"unsigned": 7}                                                       std::uint64_t
//   {"integers": []}, {"reals": []}                                       empty lists of numbers

#ifndef HYPERWIDTH_EXPERIMENTS_PROGRAM_TRIAL_RECORD_H_
#define HYPERWIDTH_EXPERIMENTS_PROGRAM_TRIAL_RECORD_H_

#include <string>
#include <string_view>

#include "experiments/result/result.h"

namespace hyperwidth {

struct TrialRecord {
  std::string key;
  Fields outcome;

  bool operator==(const TrialRecord&) const = default;
};

// The line, without its end. Throws std::invalid_argument if a name is repeated or a text is no UTF-8.
std::string ToJsonLine(const TrialRecord& record);

// The record in such a line. Throws std::runtime_error with what was found and what is accepted.
TrialRecord ParseTrialRecord(std::string_view line);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_PROGRAM_TRIAL_RECORD_H_
