// SPDX-License-Identifier: Apache-2.0
#include "tools/hand_out.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace hyperwidth {
namespace {

TEST(HandOut, OneProcessTakesTheSumAndHandsOutNothing) {
  const std::vector<double> trials = {3, 1, 2};
  const HandOutRun run = SimulateHandOut(trials, 1, {.per_trial = 9, .wait = 9, .at_end = 9});
  EXPECT_EQ(run.seconds, 6);
  EXPECT_EQ(run.work, 6);
  EXPECT_EQ(run.longest, 3);
  EXPECT_EQ(run.handing_out, 0);
  EXPECT_EQ(run.telling_ends, 0);
  EXPECT_EQ(Speedup(run), 1);
  EXPECT_EQ(Limit(run, 1), "work");
}

// Worked by hand: process 0 has the trial of 4 s. Process 1 is served until 0.5 and begins at 0.75, has 2 s of work;
// asks at 2.75, begins at 3.5, ends at 4.5. Then one other process is told of three outcomes.
TEST(HandOut, FollowsTheCosts) {
  const std::vector<double> trials = {4, 2, 1};
  const HandOutRun run = SimulateHandOut(trials, 2, {.per_trial = 0.5, .wait = 0.25, .at_end = 0.125});
  EXPECT_EQ(run.handing_out, 1);
  EXPECT_EQ(run.telling_ends, 0.375);
  EXPECT_EQ(run.seconds, 4.5 + 0.375);
}

// Nobody is answered while another one is: of n processes that ask at once, the last is answered n - 1 times later.
TEST(HandOut, ProcessesWaitForEachOther) {
  const std::vector<double> trials(5, 1.0);
  EXPECT_EQ(SimulateHandOut(trials, 5, {.per_trial = 0.25, .wait = 0, .at_end = 0}).seconds, 4 * 0.25 + 1);
}

TEST(HandOut, WithoutCostsIsListScheduling) {
  // Graham's bound: at most work / p + (1 - 1 / p) longest, at least the larger of work / p and the longest.
  const std::vector<double> trials = DrawTrials(std::vector<double>{0.5, 1, 7, 2.25}, 200, 1);
  for (const int processes : {1, 3, 16, 500}) {
    const HandOutRun run = SimulateHandOut(trials, processes, {});
    const double p = processes, least = std::max(run.work / p, run.longest);
    EXPECT_GE(run.seconds, least * (1 - 1e-12));
    EXPECT_LE(run.seconds, (run.work / p + (1 - 1 / p) * run.longest) * (1 + 1e-12));
  }
}

TEST(HandOut, SaysWhatIsTheLimit) {
  const std::vector<double> trials(100, 1.0);
  const auto limit = [&](int processes, const HandOutCosts& costs) {
    return Limit(SimulateHandOut(trials, processes, costs), processes);
  };
  EXPECT_EQ(limit(10, {.per_trial = 0.01, .wait = 0, .at_end = 0}), "work");
  EXPECT_EQ(limit(400, {.per_trial = 0.001, .wait = 0, .at_end = 0}), "longest trial");
  EXPECT_EQ(limit(100, {.per_trial = 0.1, .wait = 0, .at_end = 0}), "hand-out");
  EXPECT_EQ(limit(100, {.per_trial = 0, .wait = 0, .at_end = 0.01}), "end");
}

TEST(HandOut, DrawsFromAllTrials) {
  const std::vector<double> trials = {1, 2, 3};
  const std::vector<double> drawn = DrawTrials(trials, 300, 5);
  EXPECT_EQ(drawn.size(), 300u);
  for (const double trial : trials) {
    // 100 on average, with a deviation of 8.2: five of them.
    EXPECT_NEAR(static_cast<double>(std::count(drawn.begin(), drawn.end(), trial)), 100, 41);
  }
  EXPECT_EQ(drawn, DrawTrials(trials, 300, 5));
  EXPECT_NE(drawn, DrawTrials(trials, 300, 6));
}

}  // namespace
}  // namespace hyperwidth
