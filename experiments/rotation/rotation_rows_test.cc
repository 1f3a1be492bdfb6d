// SPDX-License-Identifier: Apache-2.0
#include "experiments/rotation/rotation_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "experiments/program/repeated_run.h"

namespace hyperwidth {
namespace {

using ::testing::ElementsAre;

// Model, seed, epoch and test error of each row.
std::vector<std::string> RowsIn(const RunFolder& folder) {
  std::istringstream table(Contents(folder.path() / "metrics.csv"));
  std::vector<std::string> rows;
  std::string line, cell;
  while (std::getline(table, line)) {
    std::vector<std::string> cells;
    std::istringstream text(line);
    while (std::getline(text, cell, ',')) cells.push_back(cell);
    EXPECT_EQ(cells.size(), 14u) << line;
    rows.push_back(cells.at(0) + " " + cells.at(5) + " " + cells.at(6) + " " + cells.at(11));
  }
  return rows;
}

std::vector<RotationRunOptions> TwoRuns() {
  std::vector<RotationRunOptions> runs(2);
  runs[0].trainer.seed = 1;
  runs[1].model = RotationModel::kEmbedding;
  runs[1].trainer.seed = 2;
  return runs;
}

TEST(EpochTable, HasTheEpochsInTheOrderOfTheRuns) {
  const RunFolder folder = TestFolder("epochs");
  const std::vector<RotationRunOptions> runs = TwoRuns();
  EpochTable table(folder, runs);
  EXPECT_THAT(RowsIn(folder), ElementsAre("model seed epoch test_error"));
  table.Add(1, {.epoch = 1, .test_error = 0.5});
  table.Add(0, {.epoch = 1, .test_error = 0.25});
  table.Add(1, {.epoch = 2, .test_error = 0.125});
  EXPECT_THAT(
      RowsIn(folder),
      ElementsAre("model seed epoch test_error", "hypernetwork 1 1 0.25", "embedding 2 1 0.5", "embedding 2 2 0.125"));
}

TEST(EpochTable, OfARunThatHasEndedHasWhatCameOfIt) {
  const RunFolder folder = TestFolder("ended");
  const std::vector<RotationRunOptions> runs = TwoRuns();
  EpochTable table(folder, runs);
  table.Add(0, {.epoch = 1, .test_error = 0.25});
  table.Add(1, {.epoch = 1, .test_error = 0.5});
  RotationRun ended = NewRotationRun(runs[1]);
  ended.epochs = {{.epoch = 1, .test_error = 0.5}, {.epoch = 2, .test_error = 0.75}};
  table.Set(1, RotationOutcome(ended));
  table.Set(0, TrialOutcome::Failed("diverged"));
  EXPECT_THAT(RowsIn(folder), ElementsAre("model seed epoch test_error", "embedding 2 1 0.5", "embedding 2 2 0.75"));
}

TEST(PrintRun, SaysOfWhichRunATrainingHasFailedAndWhy) {
  RotationRunOptions run{.model = RotationModel::kEmbedding};
  run.architecture.depth = 4;
  run.architecture.embedding_dim = 7;
  run.trainer.seed = 2;
  ::testing::internal::CaptureStdout();
  PrintRun(run, TrialOutcome::Failed("diverged"));
  EXPECT_EQ(::testing::internal::GetCapturedStdout(), "embedding        4     2  failed, embedding_dim7: diverged\n");
}

}  // namespace
}  // namespace hyperwidth
