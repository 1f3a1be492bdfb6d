// SPDX-License-Identifier: Apache-2.0
#include "experiments/operators/operator_data.h"

#include <Eigen/Core>
#include <optional>
#include <span>
#include <stdexcept>
#include <utility>
#include <vector>

#include "experiments/tasks/task.h"
#include "training/conditioned_data/common_grid.h"
#include "training/conditioned_data/conditioned_data.h"
#include "training/conditioned_data/data_split.h"

namespace hyperwidth {
namespace {

// As the task divides its functions: nothing is chosen here, and so nothing is held back for validation.
DataSplit SplitOf(const ConditionedData& data) {
  std::vector<Subset> subsets(static_cast<std::size_t>(data.samples()));
  for (std::int64_t g = 0; g < data.conditions(); ++g) {
    const bool is_test = data.given_split()->parts[static_cast<std::size_t>(g)] == DataPart::kTest;
    for (std::int64_t position = data.start(g); position < data.start(g + 1); ++position) {
      subsets[static_cast<std::size_t>(position)] = is_test ? Subset::kTest : Subset::kTrain;
    }
  }
  return DataSplit(data, std::move(subsets), "as the task says");
}

LinearBarrier TestFloor(const ConditionedData& data, const DataSplit& split) {
  const std::optional<CommonGrid> grid = FindCommonGrid(data);
  if (!grid) throw std::logic_error(data.origin() + ": x: found no grid, accepted: all functions at the same points");
  const std::vector<std::int64_t>& conditions = split.conditions(Subset::kTest);
  Eigen::MatrixXd values(grid->points * data.y_size(), std::ssize(conditions));
  for (Index column = 0; column < values.cols(); ++column) {
    grid->CopyFunction(data,
                       conditions[static_cast<std::size_t>(column)],
                       {values.col(column).data(), static_cast<std::size_t>(values.rows())});
  }
  return BarrierOfSamples(values);
}

}  // namespace

OperatorData LoadOperator(const std::string& task, const OperatorsOptions& options) {
  const ConditionedData data = ConditionedData::FromArrays(
      MakeTask(task, {.train = options.train_functions, .test = options.test_functions, .seed = options.program.seed}),
      "task " + task);
  const DataSplit split = SplitOf(data);
  const Standardisation standardisation = FitStandardisation(data, split);
  return {.task = task,
          .x_size = static_cast<Index>(data.x_size()),
          .condition_size = static_cast<Index>(data.condition_size()),
          .outputs = static_cast<Index>(data.y_size()),
          .standardisation = standardisation,
          .train = SubsetSamples<float>(data, split, Subset::kTrain, standardisation),
          .test = SubsetSamples<float>(data, split, Subset::kTest, standardisation),
          .test_floor = TestFloor(data, split)};
}

}  // namespace hyperwidth
