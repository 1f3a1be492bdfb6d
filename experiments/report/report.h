// SPDX-License-Identifier: Apache-2.0
//
// report.html: the results of experiments on one page.

#ifndef HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_H_
#define HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_H_

#include <filesystem>
#include <span>
#include <string>

#include "experiments/result/result.h"

namespace hyperwidth {

struct ReportOptions {
  std::string title = "Predicted against measured";
  std::string introduction = "";  // a paragraph below the title
};

// A page that stands alone: no script, no link to anything outside it, light and dark, for a screen of any width and
// for paper. At the top a summary: for each result its question, the advice, the decisive check (see check_groups.h)
// and how many verdicts of each kind there are; with a table of contents if there are several. Then for each result
// what was done, its figures (one for each x_name, y_name and figure, numbered through, with its note's title above and
// caption below it), the answer if there are several results, its checks by claim and case, its limits, and folded away
// the values, the settings and how to run it again. A glossary ends it. The same results give the same page. Throws:
// std::invalid_argument if there is no result or Validate refuses one; std::runtime_error as DrawSvg.
std::string ReportHtml(std::span<const Result> results, const ReportOptions& options = {});

// Writes that page, whole or not at all. Throws: also std::runtime_error naming the path.
void WriteReport(const std::filesystem::path& path, std::span<const Result> results, const ReportOptions& options = {});

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_H_
