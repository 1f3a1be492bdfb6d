// SPDX-License-Identifier: Apache-2.0
#include "experiments/tuning/tuning_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <variant>
#include <vector>

namespace hyperwidth {
namespace {

using ::testing::HasSubstr;
using Texts = std::vector<std::string>;

// A search that has found out so much of lr, and chosen it; and of the method, if that is said.
ContenderResult Searched(const std::string& name, double lr, double share, std::optional<double> method_share) {
  ContenderResult contender{.name = name};
  contender.sensitivity.parameters = {{.name = "lr", .bins = {}, .share = share},
                                      {.name = "method", .bins = {}, .share = method_share}};
  contender.chosen = StudyTrial{.values = {{"lr", lr}, {"method", "sgd"}}};
  return contender;
}

FairResult Found() {
  FairResult found;
  found.contenders = {Searched("small-1", 0.125, 0.2, {}), Searched("large-1", 0.5, 0.7, 0.1)};
  found.contenders.push_back(Searched("small-2", 0.25, 0.4, 0.06));
  found.contenders[2].chosen->values.pop_back();  // where it is not active
  return found;
}

TEST(TuningTable, HasMeanSharesAndChoicesInTheirOrder) {
  const FairResult found = Found();
  const auto table = TuningTable(TunedModels(found, {"small", "medium", "large"}), {.chosen = "at two sizes"});
  ASSERT_TRUE(table);
  EXPECT_THAT(table->caption, HasSubstr("Chosen: at two sizes."));
  const auto column = [&](const std::string& name) { return std::get<Texts>(*Find(table->columns, name)); };
  EXPECT_EQ(column("model"), (Texts{"small", "small", "large", "large"}));
  EXPECT_EQ(column("hyper-parameter"), (Texts{"lr", "method", "lr", "method"}));
  EXPECT_EQ(column("share"), (Texts{"30 %", "6 %", "70 %", "10 %"}));
  EXPECT_EQ(column("chosen"), (Texts{"0.12, 0.25", "sgd", "0.5", "sgd"}));
}

TEST(TuningTable, LeavesOpenWhatNobodyKnowsOrHasChosen) {
  FairResult found;
  found.contenders = {Searched("small-1", 0.125, 0.2, {})};
  found.contenders[0].chosen.reset();
  const auto table = TuningTable(TunedModels(found, {"small"}), {.chosen = "nowhere"});
  ASSERT_TRUE(table);
  EXPECT_EQ(std::get<Texts>(*Find(table->columns, "share")), (Texts{"20 %", ""}));
  EXPECT_EQ(std::get<Texts>(*Find(table->columns, "chosen")), (Texts{"", ""}));
}

TEST(TuningTable, OfNoModelIsNone) { EXPECT_FALSE(TuningTable(TunedModels(Found(), {"medium"}), {.chosen = "never"})); }

}  // namespace
}  // namespace hyperwidth
