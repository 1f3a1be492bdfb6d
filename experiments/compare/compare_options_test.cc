// SPDX-License-Identifier: Apache-2.0
#include "experiments/compare/compare_options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <stdexcept>
#include <string>

namespace hyperwidth {
namespace {

using ::testing::HasSubstr;

// What Validate says of task `shift` with a change.
std::string MessageOf(const std::function<void(CompareOptions&)>& change) {
  CompareOptions options;
  options.task = "shift";
  change(options);
  try {
    Validate(options);
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "accepted";
}

TEST(CompareOptions, AreRefusedWithTheFlagAndWhatIsAccepted) {
  EXPECT_EQ(MessageOf([](CompareOptions&) {}), "accepted");
  EXPECT_EQ(MessageOf([](CompareOptions& options) { options.task = ""; }),
            "--data: found neither this nor --task, accepted: --data=FILE or --task=NAME");
  EXPECT_EQ(MessageOf([](CompareOptions& options) { options.data = "file.npz"; }),
            "--task: found beside --data, accepted: one of them");
  EXPECT_THAT(MessageOf([](CompareOptions& options) {
                options.sizes = {"1000", "medium"};
              }),
              HasSubstr("one word alone"));
  EXPECT_THAT(MessageOf([](CompareOptions& options) { options.sizes = {"1e3"}; }), HasSubstr("found '1e3'"));
  EXPECT_THAT(MessageOf([](CompareOptions& options) { options.sizes = {"0"}; }), HasSubstr("found '0'"));
  EXPECT_THAT(MessageOf([](CompareOptions& options) { options.sizes = {}; }), HasSubstr("--sizes: found none"));
  EXPECT_THAT(MessageOf([](CompareOptions& options) { options.schemes = {}; }), HasSubstr("--schemes: found none"));
  EXPECT_EQ(MessageOf([](CompareOptions& options) { options.sizes = {"1000", "4000"}; }), "accepted");
}

TEST(CompareOptions, ATableIsNotAskedAboutUnseenConditions) {
  const auto with_table = [](SplitBy split) {
    return MessageOf([split](CompareOptions& options) {
      options.schemes = {"concat", "table"};
      options.split = split;
    });
  };
  EXPECT_THAT(with_table(SplitBy::kCondition), HasSubstr("table with --split=sample"));
  EXPECT_EQ(with_table(SplitBy::kSample), "accepted");
}

TEST(CompareOptions, HaveAQuickForm) {
  const CompareOptions quick = QuickForm<CompareOptions>();
  EXPECT_THAT(quick.sizes, ::testing::ElementsAre("small"));
  EXPECT_LT(quick.n_trials * quick.steps, CompareOptions().n_trials * CompareOptions().steps);
}

}  // namespace
}  // namespace hyperwidth
