// SPDX-License-Identifier: Apache-2.0
//
// For tests of reports: a result, and looking into a page.

#ifndef HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_EXAMPLE_H_
#define HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_EXAMPLE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "experiments/result/result.h"

namespace hyperwidth {

// Two figures, of error against depth and of loss against epoch, and two checks, the first of which is consistent.
inline Result Example(const std::string& name) {
  Result result{.experiment = name, .title = "Title of " + name, .about = "First line.\nSecond line."};
  result.settings = {{"lr", 0.01}, {"depths", std::vector<int>{2, 4}}};
  result.provenance = {{"seed", 1}, {"data", "procedural glyphs"}};
  result.series = {{.name = "hypernetwork",
                    .x_name = "depth",
                    .x = {2, 4},
                    .y_name = "test_error",
                    .y = {0.125, 0.0625},
                    .y_ci95 = {{.low = 0.1, .high = 0.15}, {.low = 0.05, .high = 0.07}},
                    .columns = {{.name = "train_error", .values = {0.03125, 0.015625}}}},
                   {.name = "embedding", .x_name = "depth", .x = {2, 4}, .y_name = "test_error", .y = {0.2, 0.19}},
                   {.name = "loss", .x_name = "epoch", .x = {1, 2}, .y_name = "train_loss", .y = {1, 0.5}}};
  result.checks = {{.id = name + ".first",
                    .claim = "The first claim.",
                    .predicted = {.high = 0},
                    .measured = -0.25,
                    .ci95 = Interval{.low = -0.5, .high = -0.125},
                    .verdict = Verdict::kConsistent,
                    .why = "Because of numbers."},
                   {.id = name + ".second", .claim = "The second claim.", .why = "Too little data."}};
  return result;
}

inline std::size_t CountOf(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

// What the page says from one place on, up to another.
inline std::string Between(const std::string& html, const std::string& begin, const std::string& end) {
  const std::size_t from = html.find(begin);
  if (from == std::string::npos) return "";
  return html.substr(from, html.find(end, from + 1) - from);
}

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_EXAMPLE_H_
