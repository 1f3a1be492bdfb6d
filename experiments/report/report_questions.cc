// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/report_questions.h"

#include <algorithm>

#include "experiments/report/report_parts.h"

namespace hyperwidth {
namespace {

// "a question?" and "MNIST, depth" of "a question? (MNIST, depth)".
struct TitleParts {
  std::string question;
  std::string variant = {};  // empty: it has none
};

TitleParts PartsOf(const std::string& title) {
  const std::size_t begin = title.rfind(" (");
  if (begin == std::string::npos || !title.ends_with(')')) return {.question = title};
  return {.question = title.substr(0, begin), .variant = title.substr(begin + 2, title.size() - begin - 3)};
}

std::size_t PlaceIn(std::vector<std::string>& names, const std::string& name) {
  const auto place = std::find(names.begin(), names.end(), name);
  if (place != names.end()) return static_cast<std::size_t>(place - names.begin());
  names.push_back(name);
  return names.size() - 1;
}

}  // namespace

std::vector<Question> QuestionsOf(std::span<const Result> results) {
  std::vector<Question> questions;
  for (std::size_t i = 0; i < results.size(); ++i) {
    const TitleParts parts = PartsOf(TitleOf(results[i]));
    const auto asked = std::find_if(
        questions.begin(), questions.end(), [&](const Question& question) { return question.title == parts.question; });
    if (asked != questions.end() && !parts.variant.empty()) {
      asked->places.push_back(i);
    } else {
      questions.push_back({.title = parts.question, .places = {i}});
    }
  }
  for (Question& question : questions) {
    if (question.places.size() == 1) question.title = TitleOf(results[question.places.front()]);
  }
  return questions;
}

std::string VariantOf(const Result& result) { return PartsOf(TitleOf(result)).variant; }

std::optional<VariantTable> TableOf(std::span<const Result> results, const Question& question) {
  VariantTable table;
  for (const std::size_t place : question.places) {
    const std::string variant = VariantOf(results[place]);
    const std::size_t comma = variant.find(", ");
    if (comma == std::string::npos) return std::nullopt;
    const std::size_t column = PlaceIn(table.columns, variant.substr(0, comma));
    const std::size_t row = PlaceIn(table.rows, variant.substr(comma + 2));
    if (!table.places.emplace(std::pair(row, column), place).second) return std::nullopt;
  }
  if (table.columns.size() < 2 || table.rows.size() < 2) return std::nullopt;
  return table;
}

}  // namespace hyperwidth
