// SPDX-License-Identifier: Apache-2.0
#include "training/trials/trial_outcome.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hyperwidth {
namespace {

using ::testing::ThrowsMessage;

TEST(TrialOutcome, IsCompleteUnlessItSaysOtherwise) {
  const Fields measured = {{"error", 0.5}};
  const TrialOutcome complete = measured, pruned = TrialOutcome::Pruned(measured),
                     failed = TrialOutcome::Failed("no memory");
  EXPECT_EQ(ToString(complete.state), "complete");
  EXPECT_EQ(complete.values, measured);
  EXPECT_EQ(ToString(pruned.state), "pruned");
  EXPECT_EQ(pruned.values, measured);
  EXPECT_EQ(ToString(failed.state), "failed");
  EXPECT_EQ(failed.message, "no memory");
  EXPECT_NE(complete, pruned);
}

TEST(OutcomeValue, NamesWhatIsMissingOrOfAnotherType) {
  const Fields outcome = {{"n", std::int64_t{3}}};
  EXPECT_EQ(OutcomeValue<std::int64_t>(outcome, "n"), 3);
  EXPECT_THAT([&] { OutcomeValue<double>(outcome, "n"); },
              ThrowsMessage<std::runtime_error>("trial outcome: n is of another type"));
  EXPECT_THAT([&] { OutcomeValue<double>(outcome, "m"); },
              ThrowsMessage<std::runtime_error>("trial outcome: m is missing"));
}

}  // namespace
}  // namespace hyperwidth
