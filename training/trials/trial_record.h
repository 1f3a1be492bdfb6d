// SPDX-License-Identifier: Apache-2.0
//
// The lines of trials.jsonl. Unlike result.json, which is for reading, they keep every value's type and every bit. What
// JSON would lose is marked:
//
//   {"real": "inf"}, {"real": "-inf"}, {"real": "nan 7ff8000000000000"}   numbers that are not finite; the bits of NaN
//   {"unsigned": 7}                                                       std::uint64_t
//   {"integers": []}, {"reals": []}                                       empty lists of numbers

#ifndef HYPERWIDTH_TRAINING_TRIALS_TRIAL_RECORD_H_
#define HYPERWIDTH_TRAINING_TRIALS_TRIAL_RECORD_H_

#include <string>
#include <string_view>

#include "training/trials/fields.h"
#include "training/trials/trial_outcome.h"

namespace hyperwidth {

// A finished trial: {"trial": {"n": 8}, "state": "complete", "outcome": {"error": 0.1}}; with "message" after the state
// if there is one.
struct TrialRecord {
  Fields values;
  TrialOutcome outcome;

  bool operator==(const TrialRecord&) const = default;
};

// The line, without its end. Throws std::invalid_argument if a name is repeated, among values or in the outcome or in
// both, or is "state" or "message"; or if a text is no UTF-8.
std::string ToJsonLine(const TrialRecord& record);

// The record in such a line. Throws std::runtime_error with what was found and what is accepted.
TrialRecord ParseTrialRecord(std::string_view line);

// The first line, {"study": {"seed": 1}}: what all trials have in common. Both throw as the functions above.
std::string StudyToJsonLine(const Fields& study);
Fields ParseStudy(std::string_view line);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_TRIALS_TRIAL_RECORD_H_
