// SPDX-License-Identifier: Apache-2.0
//
// What the checks of a result say to the question it asks.

#ifndef HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_ANSWER_H_
#define HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_ANSWER_H_

#include <cstddef>
#include <string>

#include "experiments/result/result.h"

namespace hyperwidth {

// What a check decides: its own claim, or that of which it is one case.
struct Answer {
  std::string claim;
  std::string of_case = {};               // empty: it is about nothing narrower than the claim
  std::size_t consistent = 0, cases = 0;  // if there are several
};

// `check` is one of the result's.
Answer AnswerOf(const Result& result, const Check& check);

// The part of a result's section that answers its question: the claim that the decisive check is about, with verdict,
// number, interval, and how its cases came out, by name if they are few; then likewise each other claim of which a case
// is contradicted. "" without checks. `index` is the result's place on the page.
std::string AnswerSection(const Result& result, std::size_t index);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_ANSWER_H_
