// SPDX-License-Identifier: Apache-2.0
#include "experiments/tuning/search_trials.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "experiments/program/run_config.h"

namespace hyperwidth {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

const Fields kSettings = {{"seed", std::uint64_t{1}}};

// A search for one of nine numbers, in a grid.
Study Line() {
  SearchSpace space;
  space.AddInt("x", 0, 8);
  return Study(space,
               {.method = SamplerMethod::kGrid, .seed = 1, .grid_values = 9},
               {.name = "line", .trials = 9, .max_steps = 5});
}

// The score is x, but for x = 4, which fails.
class Runner final : public TrialRunner {
 public:
  std::vector<ValidationPoint> Run(const TrialRequest& request, const StopRequest&) override {
    const std::int64_t x = IntegerValue(request.values, "x");
    if (x == 4) throw std::runtime_error("four");
    return {{.steps = request.to_steps, .score = static_cast<double>(x)}};
  }
  void Release(std::int64_t) override {}
};

RunFolder FolderOf(const fs::path& path, ExistingRun existing) {
  RunFolder folder(path, existing);
  WriteOrCheckConfig(folder, kSettings);
  return folder;
}

TEST(SearchTrials, RunsListsWhoseTrialsMayFailAndRemembersTheLast) {
  const RunFolder folder = FolderOf(fs::path(::testing::TempDir()) / "searched", ExistingRun::kOverwrite);
  SearchTrials trials(folder, "search", kSettings, {}, {Line()});
  EXPECT_TRUE(trials.last().outcomes.empty());
  Runner runner;
  const StudyResult found = Line().Run(runner, trials.Runner());
  EXPECT_TRUE(found.complete);
  EXPECT_EQ(found.best().score, 0);
  ASSERT_EQ(trials.last().outcomes.size(), 9u);
  EXPECT_EQ(trials.last().finished(), 9u);
  EXPECT_TRUE(fs::exists(folder.path() / "metrics.csv"));
  trials.Runner()({});
  EXPECT_TRUE(trials.last().outcomes.empty());
}

TEST(SearchTrials, ASignalBetweenTwoListsStopsTheSecond) {
  const std::vector<Trial> first = {{.values = {{"x", std::int64_t{1}}},
                                     .measure =
                                         [](const StopRequest&) {
                                           return TrialOutcome({{"score", 1.0}});
                                         }}},
                           second = {{.values = {{"x", std::int64_t{2}}}, .measure = first[0].measure}};
  for (const int signal : {SIGINT, SIGTERM}) {
    const RunFolder folder = FolderOf(fs::path(::testing::TempDir()) / "signalled", ExistingRun::kOverwrite);
    SearchTrials trials(folder, "search", kSettings, {}, {});
    EXPECT_TRUE(trials.Runner()(first).complete);
    std::raise(signal);
    EXPECT_FALSE(trials.Runner()(second).complete);
    EXPECT_EQ(trials.last().finished(), 0u);
    EXPECT_EQ(trials.last().outcomes.size(), 1u);
    EXPECT_TRUE(trials.Runner()(first).complete) << "nothing is left to do";
  }
}

TEST(SearchTrials, RefusesAJournalWithTrialsThatTheStudiesWouldNotAskFor) {
  const fs::path path = fs::path(::testing::TempDir()) / "refused";
  const Fields values = {{"study", "line"}, {"trial", std::int64_t{3}}, {"steps", std::int64_t{5}}, {"x", 0.5}};
  {
    const RunFolder folder = FolderOf(path, ExistingRun::kOverwrite);
    TrialJournal journal(folder, StudyOf("search", kSettings));
    journal.Append({.values = values, .outcome = TrialOutcome({{"score", 1.0}})});
  }
  const RunFolder folder = FolderOf(path, ExistingRun::kResume);
  EXPECT_THAT([&] { SearchTrials(folder, "search", kSettings, {}, {Line()}); },
              ThrowsMessage<std::runtime_error>(HasSubstr("line 2: parameter x: found 0.5")));
  EXPECT_NO_THROW(SearchTrials(folder, "search", kSettings, {}, {}));  // nobody's trials
  EXPECT_THROW(SearchTrials(folder, "other", kSettings, {}, {}), std::runtime_error);
}

}  // namespace
}  // namespace hyperwidth
