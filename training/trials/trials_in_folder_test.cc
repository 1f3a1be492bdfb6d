// SPDX-License-Identifier: Apache-2.0
#include "training/trials/trials_in_folder.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace hyperwidth {
namespace {

namespace fs = std::filesystem;

const Fields kStudy = {{"study", "halves"}};

std::string Contents(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

RunFolder Fresh(const std::string& name) {
  const fs::path path = fs::path(::testing::TempDir()) / name;
  fs::remove_all(path);
  RunFolder folder(path, ExistingRun::kRefuse);
  folder.Write("config.json", "{}");
  return folder;
}

RunFolder Again(const RunFolder& folder) { return RunFolder(folder.path(), ExistingRun::kResume); }

// Trials with these n, whose outcome is n / 2. `measured` counts them.
std::vector<Trial> Halves(const std::vector<int>& numbers, int& measured) {
  std::vector<Trial> trials;
  for (const int n : numbers) {
    trials.push_back({.values = {{"n", n}}, .measure = [n, &measured](const StopRequest&) {
                        ++measured;
                        return Fields{{"half", n / 2.0}};
                      }});
  }
  return trials;
}

TEST(RunTrialsInFolder, KeepsTheOutcomesInTheFolder) {
  int measured = 0;
  const RunFolder folder = Fresh("run");
  const TrialOutcomes found = RunTrialsInFolder(Halves({4, 1}, measured), folder, kStudy, {});
  EXPECT_TRUE(found.complete);
  EXPECT_EQ(Contents(folder.path() / "metrics.csv"), "n,half\n4,2\n1,0.5\n");

  fs::remove(folder.path() / "metrics.csv");
  const TrialOutcomes again = RunTrialsInFolder(Halves({4, 1}, measured), Again(folder), kStudy, {});
  EXPECT_EQ(measured, 2) << "a finished trial ran again";
  EXPECT_EQ(again.outcomes, found.outcomes);
  EXPECT_EQ(Contents(folder.path() / "metrics.csv"), "n,half\n4,2\n1,0.5\n");
}

TEST(RunTrialsInFolder, TheTableIsThereFromTheFirstOutcomeOn) {
  int measured = 0;
  const RunFolder folder = Fresh("first");
  std::vector<std::string> tables;
  RunTrialsInFolder(Halves({4, 1}, measured), folder, kStudy, {.on_outcome = [&](const auto&, auto) {
                      tables.push_back(Contents(folder.path() / "metrics.csv"));
                    }});
  ASSERT_EQ(tables.size(), 2u);
  EXPECT_EQ(tables[0], "n,half\n4,2\n");
  EXPECT_EQ(tables[1], tables[0]) << "it is not written for each trial";
}

TEST(TrialsInFolder, ListsThatDependOnWhatWasFoundShareJournalAndTable) {
  const RunFolder folder = Fresh("lists");
  int measured = 0;
  const auto run = [&measured](const RunFolder& in, int lists) {
    TrialsInFolder trials(in, kStudy, {});
    TrialOutcomes found = trials.Run(Halves({4, 1}, measured));
    for (int list = 1; list < lists; ++list) {
      // Ten more than what was found, and one that was there before.
      const double half = OutcomeValue<double>(found.outcomes[0]->values, "half");
      found = trials.Run(Halves({static_cast<int>(half) + 10, 1}, measured));
      EXPECT_TRUE(found.complete);
      EXPECT_EQ(found.outcomes.size(), 2u);
      EXPECT_EQ(*found.outcomes[1], TrialOutcome(Fields{{"half", 0.5}}));
    }
    return Contents(in.path() / "metrics.csv");
  };
  EXPECT_EQ(run(folder, 2), "n,half\n4,2\n1,0.5\n12,6\n");
  EXPECT_EQ(measured, 3);
  const std::string table = "n,half\n4,2\n1,0.5\n12,6\n16,8\n";
  EXPECT_EQ(run(Again(folder), 3), table) << "continued with one list more";
  EXPECT_EQ(measured, 4);
  EXPECT_EQ(run(Fresh("lists in one go"), 3), table);
}

TEST(TrialsInFolder, TheTableSaysHowTrialsHaveEndedWhereTheyMayEndInAnyWay) {
  const RunFolder folder = Fresh("any");
  TrialsInFolder trials(folder, kStudy, {.ends = TrialEnds::kAny});
  trials.Run({{.values = {{"n", 1}}, .measure = [](const StopRequest&) -> Fields { throw std::domain_error("odd"); }}});
  trials.Run({{.values = {{"n", 2}}, .measure = [](const StopRequest&) { return Fields{{"half", 1}}; }}});
  EXPECT_EQ(Contents(folder.path() / "metrics.csv"), "n,state,message,half\n1,failed,odd,\n2,complete,,1\n");
}

}  // namespace
}  // namespace hyperwidth
