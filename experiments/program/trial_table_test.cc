// SPDX-License-Identifier: Apache-2.0
#include "experiments/program/trial_table.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>

namespace hyperwidth {
namespace {

const std::vector<Trial> kTrials = {{.key = "hypernetwork n=8 target=3", .measure = {}},
                                    {.key = "hypernetwork n=16 target=3", .measure = {}},
                                    {.key = "embedding wide k=1 n=8", .measure = {}}};

TEST(TrialTableText, HasAColumnForEveryPartOfAKeyAndEveryOutcome) {
  const TrialOutcomes outcomes{
      .outcomes = {Fields{{"error", 0.1}, {"losses", std::vector<double>{0.5, 0.25}}},
                   std::nullopt,
                   Fields{{"error", std::numeric_limits<double>::infinity()}, {"units", std::int64_t{12}}}}};
  EXPECT_EQ(TrialTableText(kTrials, outcomes),
            "trial,n,target,k,error,losses,units\n"
            "hypernetwork,8,3,,0.1,\"0.5,0.25\",\n"
            "embedding wide,8,,1,inf,,12\n");
}

std::string Contents(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

TEST(TrialTable, IsWrittenAtFirstAndWhenItMustBe) {
  const std::filesystem::path path = std::filesystem::path(::testing::TempDir()) / "table";
  std::filesystem::remove_all(path);
  const RunFolder folder(path, ExistingRun::kRefuse);
  TrialTable table(folder, kTrials);
  TrialOutcomes outcomes{.outcomes = {Fields{{"error", 0.1}}, std::nullopt, std::nullopt}};
  table.Update(outcomes);
  EXPECT_EQ(Contents(path / "metrics.csv"), TrialTableText(kTrials, outcomes));
  outcomes.outcomes[1] = Fields{{"error", 0.2}};
  table.Write(outcomes);
  EXPECT_EQ(Contents(path / "metrics.csv"), TrialTableText(kTrials, outcomes));
}

TEST(RunTrialsInFolder, KeepsTheOutcomesInTheFolder) {
  const std::filesystem::path path = std::filesystem::path(::testing::TempDir()) / "run";
  std::filesystem::remove_all(path);
  int measured = 0;
  const std::vector<Trial> trials = {{.key = "spline n=4", .measure = [&measured](const StopRequest&) {
                                        ++measured;
                                        return Fields{{"error", 0.25}};
                                      }}};
  const RunFolder folder(path, ExistingRun::kRefuse);
  const TrialOutcomes found = RunTrialsInFolder(trials, folder, "", 1);
  EXPECT_TRUE(found.complete);
  EXPECT_EQ(Contents(path / "metrics.csv"), "trial,n,error\nspline,4,0.25\n");

  std::filesystem::remove(path / "metrics.csv");
  folder.Write("config.json", "{}");
  const TrialOutcomes again = RunTrialsInFolder(trials, RunFolder(path, ExistingRun::kResume), "", 1);
  EXPECT_EQ(measured, 1) << "a finished trial ran again";
  EXPECT_EQ(again.outcomes, found.outcomes);
  EXPECT_EQ(Contents(path / "metrics.csv"), "trial,n,error\nspline,4,0.25\n");
}

}  // namespace
}  // namespace hyperwidth
