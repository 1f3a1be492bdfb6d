// SPDX-License-Identifier: Apache-2.0
//
// What the results on a page ask, and which of them are variants of one question.

#ifndef HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_QUESTIONS_H_
#define HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_QUESTIONS_H_

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "experiments/result/result.h"

namespace hyperwidth {

// Results that ask the same: their titles are equal but for what stands in brackets at the end, which says the variant.
struct Question {
  std::string title;                // without the brackets, if there are several variants
  std::vector<std::size_t> places;  // of the results on the page
};

// In the order in which they are asked first.
std::vector<Question> QuestionsOf(std::span<const Result> results);

// What stands in brackets at the end of the result's title; empty: nothing does.
std::string VariantOf(const Result& result);

// Variants that were run on several data and in several ways.
struct VariantTable {
  std::vector<std::string> columns = {};  // "MNIST", "CIFAR-10"
  std::vector<std::string> rows = {};     // "depth", "learning rate"
  // By row and column; those that were not run are missing.
  std::map<std::pair<std::size_t, std::size_t>, std::size_t> places = {};
};

// What stands before the first comma of a variant says its column, and the rest its row. None if a variant has no
// comma, if two have the same place, or if there is but one row or column.
std::optional<VariantTable> TableOf(std::span<const Result> results, const Question& question);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_QUESTIONS_H_
