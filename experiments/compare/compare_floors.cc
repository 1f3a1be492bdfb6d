// SPDX-License-Identifier: Apache-2.0
#include "experiments/compare/compare_floors.h"

#include <Eigen/Core>
#include <cmath>
#include <string>
#include <vector>

#include "training/conditioned_data/common_grid.h"

namespace hyperwidth {
namespace {

constexpr Index kMostFloorValues = 16'000'000;  // a matrix of 4,000 by 4,000

std::optional<LinearDecoderFloor> LinearDecoderFloorOf(const CompareData& data, const CommonGrid& grid) {
  const std::vector<std::int64_t>& conditions = data.split.conditions(Subset::kTest);
  const Index rows = static_cast<Index>(grid.points * data.data.y_size());
  if (data.has_labels() || conditions.empty() || rows * std::ssize(conditions) > kMostFloorValues) return std::nullopt;
  Eigen::MatrixXd values(rows, std::ssize(conditions));
  for (Index column = 0; column < values.cols(); ++column) {
    const std::int64_t g = conditions[static_cast<std::size_t>(column)];
    // A test that knows only some of a function's points is no column of the matrix.
    for (std::int64_t position = data.data.start(g); position < data.data.start(g + 1); ++position) {
      if (data.split.of(position) != Subset::kTest) return std::nullopt;
    }
    grid.CopyFunction(data.data, g, {values.col(column).data(), static_cast<std::size_t>(rows)});
    for (Index row = 0; row < rows; ++row) {
      const auto output = static_cast<std::size_t>(row % data.data.y_size());
      values(row, column) =
          (values(row, column) - data.standardisation.y.mean[output]) / data.standardisation.y.scale[output];
    }
  }
  if (!values.allFinite()) return std::nullopt;
  return LinearDecoderFloor::OfSamples(values);
}

void AddDimension(const char* name, const std::optional<IntrinsicDimension>& dimension, Fields& fields) {
  if (!dimension || !dimension->levina_bickel) return;
  const std::string prefix = std::string(name) + "_dimension";
  fields.emplace_back(prefix, dimension->levina_bickel->value);
  fields.emplace_back(prefix + "_ci95",
                      std::vector<double>{dimension->levina_bickel->low, dimension->levina_bickel->high});
}

}  // namespace

std::optional<double> CompareFloors::LinearDecoderError(std::int64_t functions) const {
  if (!linear_decoder) return std::nullopt;
  return std::pow(linear_decoder->RootMeanSquare(functions + 1), 2);
}

CompareFloors FloorsOf(const CompareData& data, std::uint64_t seed, const std::optional<DataDimensions>& known) {
  const std::optional<CommonGrid> grid = FindCommonGrid(data.data);
  CompareFloors floors{.dimensions = known ? *known : EstimateDimensions(data.data, grid, seed)};
  if (grid) floors.linear_decoder = LinearDecoderFloorOf(data, *grid);
  return floors;
}

Fields FieldsOf(const CompareFloors& floors) {
  Fields fields;
  AddDimension("condition", floors.dimensions.of_conditions, fields);
  AddDimension("function", floors.dimensions.of_functions, fields);
  if (!floors.linear_decoder) return fields;
  std::vector<std::int64_t> functions;
  std::vector<double> errors;
  for (std::int64_t p = 1; p <= 1024; p += std::max<std::int64_t>(1, p / 4)) {
    functions.push_back(p);
    errors.push_back(*floors.LinearDecoderError(p));
    if (errors.back() == 0) break;
  }
  fields.emplace_back("functions", functions);
  fields.emplace_back("linear_decoder_error", errors);
  return fields;
}

}  // namespace hyperwidth
