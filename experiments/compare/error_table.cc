// SPDX-License-Identifier: Apache-2.0
#include "experiments/compare/error_table.h"

#include <string>

#include "experiments/result/estimate.h"
#include "experiments/result/estimate_text.h"
#include "experiments/result/format.h"

namespace hyperwidth {
namespace {

// A detail of a test, its column and what it is.
struct ErrorKind {
  const char* detail;
  const char* column;
  const char* what;
};

constexpr ErrorKind kKinds[] = {
    {"root_mean_square", "root mean square", "in y's own units"},
    {"relative_l2", "relative L2", "of a condition, the mean over conditions"},
    {"relative_l2_q95", "relative L2, 95 %", "of a condition, what 95 % of the conditions do not exceed"},
    {"relative_slope",
     "relative L2 of dy/dx",
     "of a condition, where x is one number: model and data as lines between neighbouring x; noise in y weighs "
     "heavily"},
    {"cross_entropy", "cross-entropy", "mean over samples, in nats"}};

std::string MeanText(const TestedContender& contender, const char* detail) {
  std::vector<double> values;
  for (const ContenderResult* repetition : contender.repetitions) values.push_back(DetailOf(*repetition, detail));
  return EstimateText(MeanOfFinite(values));
}

}  // namespace

std::optional<ResultTable> ErrorTable(const std::vector<TestedContender>& tested) {
  ResultTable table{.title = "Other errors", .caption = "Of the test, mean and 95 % interval over repetitions."};
  std::vector<std::string> schemes, sizes;
  for (const TestedContender& contender : tested) {
    schemes.push_back(contender.contender.scheme);
    sizes.push_back(FormatNumber(contender.contender.size));
  }
  table.columns = {{"scheme", schemes}, {"size", sizes}};
  for (const ErrorKind& kind : kKinds) {
    std::vector<std::string> texts;
    bool is_known = false;
    for (const TestedContender& contender : tested) {
      texts.push_back(MeanText(contender, kind.detail));
      is_known = is_known || !texts.back().empty();
    }
    if (!is_known) continue;
    table.columns.emplace_back(kind.column, texts);
    table.caption += std::string("\n") + kind.column + ": " + kind.what + ".";
  }
  if (table.columns.size() == 2) return std::nullopt;
  return table;
}

}  // namespace hyperwidth
