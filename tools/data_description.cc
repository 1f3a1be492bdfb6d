// SPDX-License-Identifier: Apache-2.0

#include "tools/data_description.h"

#include <fmt/format.h>

#include <Eigen/Core>
#include <algorithm>
#include <stdexcept>
#include <vector>

#include "tools/text_table.h"
#include "training/conditioned_data/common_grid.h"

namespace hyperwidth {
namespace {

constexpr std::size_t kLineWidth = 116;

// y(x_i, I_g) [P dy, G].
Eigen::MatrixXd Values(const ConditionedData& data, const CommonGrid& grid) {
  Eigen::MatrixXd values(grid.points * data.y_size(), data.conditions());
  for (std::int64_t g = 0; g < data.conditions(); ++g) {
    grid.CopyFunction(data, g, {values.col(g).data(), static_cast<std::size_t>(values.rows())});
  }
  return values;
}

std::string Interval(const DimensionEstimate& estimate) {
  return fmt::format("{:.1f} [{:.1f}, {:.1f}]", estimate.value, estimate.low, estimate.high);
}

std::string DimensionLine(const std::string& what, const std::optional<IntrinsicDimension>& dimension) {
  if (!dimension || (!dimension->levina_bickel && !dimension->two_nn)) {
    return fmt::format("{}: no estimate; fewer than {} distinct ones, or many equal distances", what, kLeastPoints);
  }
  std::vector<std::string> estimates;
  if (dimension->levina_bickel) estimates.push_back("Levina and Bickel " + Interval(*dimension->levina_bickel));
  if (dimension->two_nn) estimates.push_back("two nearest neighbours " + Interval(*dimension->two_nn));
  return fmt::format("{}: {}, from {} distinct ones", what, fmt::join(estimates, ", "), dimension->points);
}

std::string FloorTable(const LinearDecoderFloor& floor) {
  std::vector<std::vector<std::string>> rows;
  const auto most = static_cast<std::int64_t>(floor.mean_squares().size());
  for (const std::int64_t functions : {1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000}) {
    if (functions > most) break;
    rows.push_back({std::to_string(functions),
                    fmt::format("{:.4g}", floor.RootMeanSquare(functions)),
                    fmt::format("{:.3g} %", 100 * floor.Relative(functions))});
    if (floor.Relative(functions) < 1e-6) break;
  }
  return FormatTable({{.title = "functions p", .right_aligned = true},
                      {.title = "rms error at least", .right_aligned = true},
                      {.title = "of y's own", .right_aligned = true}},
                     rows,
                     kLineWidth);
}

std::string FloorText(const DataDescription& description) {
  if (description.summary.grid_points == 0) {
    return "Linear decoders: the conditions are sampled at different x, so that there is no matrix of values and no "
           "floor to compute.";
  }
  if (!description.floor) {
    return fmt::format("Linear decoders: no floor is computed for values that are not finite or more than {} of them.",
                       kMostFloorValues);
  }
  return "";
}

DataDescription DescribeAll(const ConditionedData& data, const std::string& split, std::uint64_t seed) {
  DataDescription description{.summary = Summarise(data), .split = split};
  const std::optional<CommonGrid> grid = FindCommonGrid(data);
  description.dimensions = EstimateDimensions(data, grid, seed);
  if (!grid) return description;
  const auto& columns = description.summary.y.columns;
  const bool is_finite =
      std::all_of(columns.begin(), columns.end(), [](const ColumnSummary& column) { return column.not_finite == 0; });
  if (is_finite && grid->points * data.y_size() * data.conditions() <= kMostFloorValues) {
    description.floor = LinearDecoderFloor::OfSamples(Values(data, *grid));
  }
  return description;
}

}  // namespace

DataDescription Describe(const ConditionedData& data, std::uint64_t seed) {
  std::string split;
  try {
    split = SplitData(data, {.seed = seed}).how();
  } catch (const std::runtime_error& error) {  // there are too few
    split = error.what();
  }
  return DescribeAll(data, split, seed);
}

DataDescription Describe(const ConditionedData& data, const DataSplit& split, std::uint64_t seed) {
  return DescribeAll(data, split.how(), seed);
}
std::string DescriptionText(const DataDescription& description) {
  std::string text = SummaryText(description.summary);
  text += "\n" + WrapText("Split: " + description.split, kLineWidth) + "\n";
  text +=
      "\nHow many numbers tell them apart (estimates; a continuous encoder with fewer scalars cannot be one-to-one):\n";
  text += "  " + DimensionLine("conditions I", description.dimensions.of_conditions) + "\n";
  if (description.summary.grid_points > 0)
    text += "  " + DimensionLine("functions y(., I)", description.dimensions.of_functions) + "\n";
  const std::string why_not = FloorText(description);
  if (!why_not.empty()) return text + "\n" + WrapText(why_not, kLineWidth) + "\n";
  text += "\n" +
          WrapText(
              "What no linear decoder can do on these samples, a DeepONet or whatever sums p functions of x with "
              "coefficients that depend on I, however it is trained (an output bias is one function more):",
              kLineWidth) +
          "\n\n" + FloorTable(*description.floor);
  std::vector<std::string> needed;
  for (const double share : {0.1, 0.01, 0.001}) {
    needed.push_back(fmt::format(
        "{} for {:g} %", description.floor->FunctionsFor(share * description.floor->RootMeanSquare(0)), 100 * share));
  }
  return text + "\n" + fmt::format("Functions needed at least: {} of y's root mean square.\n", fmt::join(needed, ", "));
}

}  // namespace hyperwidth
