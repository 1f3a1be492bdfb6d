// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/check_groups.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hyperwidth {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<std::string> Texts(const CheckGroup& group) {
  std::vector<std::string> texts;
  for (const CheckCase& one : group.cases) texts.push_back(one.text);
  return texts;
}

std::vector<std::size_t> Indices(const CheckGroup& group) {
  std::vector<std::size_t> indices;
  for (const CheckCase& one : group.cases) indices.push_back(one.index);
  return indices;
}

TEST(GroupsOf, CollectsTheCasesOfAGroupWhereItFirstAppears) {
  const std::vector<Check> checks = {{.id = "e.a.d1", .claim = "A (1).", .group = "A.", .which = "d = 1"},
                                     {.id = "e.alone", .claim = "Alone."},
                                     {.id = "e.b.d1", .claim = "B (1).", .group = "B.", .which = "d = 1"},
                                     {.id = "e.a.d2", .claim = "A (2).", .group = "A.", .which = "d = 2"},
                                     {.id = "e.b.d2", .claim = "B (2).", .group = "B.", .which = "d = 2"}};
  const std::vector<CheckGroup> groups = GroupsOf(checks);
  ASSERT_THAT(groups, SizeIs(3));
  EXPECT_EQ(groups[0].claim, "A.");
  EXPECT_THAT(Texts(groups[0]), ElementsAre("d = 1", "d = 2"));
  EXPECT_THAT(Indices(groups[0]), ElementsAre(0u, 3u));
  EXPECT_EQ(groups[1].claim, "");
  EXPECT_THAT(Texts(groups[1]), ElementsAre("Alone."));
  EXPECT_THAT(Indices(groups[1]), ElementsAre(1u));
  EXPECT_EQ(groups[2].claim, "B.");
}

TEST(GroupsOf, AGroupOfOneIsItsClaim) {
  const std::vector<Check> checks = {{.id = "e.a", .claim = "A at d = 1.", .group = "A.", .which = "d = 1"}};
  const std::vector<CheckGroup> groups = GroupsOf(checks);
  ASSERT_THAT(groups, SizeIs(1));
  EXPECT_EQ(groups[0].claim, "");
  EXPECT_THAT(Texts(groups[0]), ElementsAre("A at d = 1."));
}

TEST(GroupsOf, TellsEqualClaimsWithoutAGroupApartByTheirIds) {
  const std::vector<Check> checks = {{.id = "rates.spline.d1.r1.exponent", .claim = "It grows."},
                                     {.id = "rates.spline.d1.r2.exponent", .claim = "It grows."},
                                     {.id = "rates.spline.d12.r1.exponent", .claim = "It grows."},
                                     {.id = "rates.other", .claim = "Other."}};
  const std::vector<CheckGroup> groups = GroupsOf(checks);
  ASSERT_THAT(groups, SizeIs(2));
  EXPECT_EQ(groups[0].claim, "It grows.");
  EXPECT_THAT(Texts(groups[0]), ElementsAre("d1 r1", "d1 r2", "d12 r1"));
  EXPECT_THAT(Texts(groups[1]), ElementsAre("Other."));
}

TEST(GroupsOf, NeverLeavesACaseWithoutAText) {
  const std::vector<Check> longer = {{.id = "rates.exponent", .claim = "It grows."},
                                     {.id = "rates.d1.exponent", .claim = "It grows."}};
  EXPECT_THAT(Texts(GroupsOf(longer).at(0)), ElementsAre("exponent", "d1 exponent"));
  const std::vector<Check> nothing = {{.id = "rates.", .claim = "It grows."}, {.id = "rates.d1", .claim = "It grows."}};
  EXPECT_THAT(Texts(GroupsOf(nothing).at(0)), ElementsAre("rates.", "d1"));
}

TEST(GroupsOf, KeepsAClaimApartFromAGroupOfTheSameWords) {
  const std::vector<Check> checks = {{.id = "e.a", .claim = "A."},
                                     {.id = "e.b", .claim = "A (1).", .group = "A.", .which = "d = 1"},
                                     {.id = "e.c", .claim = "A (2).", .group = "A.", .which = "d = 2"}};
  const std::vector<CheckGroup> groups = GroupsOf(checks);
  ASSERT_THAT(groups, SizeIs(2));
  EXPECT_THAT(Indices(groups[0]), ElementsAre(0u));
  EXPECT_THAT(Indices(groups[1]), ElementsAre(1u, 2u));
  EXPECT_THAT(GroupsOf({}), IsEmpty());
}

TEST(DecisiveCheck, IsNamedOrAdvisedOrContradictedOrMeasuredWithAnInterval) {
  Result result{.experiment = "e"};
  EXPECT_EQ(DecisiveCheck(result), nullptr);
  result.checks = {{.id = "e.first", .claim = "?"}, {.id = "e.second", .claim = "?"}};
  EXPECT_EQ(DecisiveCheck(result)->id, "e.first");
  result.checks.push_back({.id = "e.interval", .claim = "?", .measured = 1, .ci95 = Interval{.low = 0, .high = 2}});
  EXPECT_EQ(DecisiveCheck(result)->id, "e.interval");
  result.checks.push_back({.id = "e.contradicted", .claim = "?", .verdict = Verdict::kInconsistent});
  EXPECT_EQ(DecisiveCheck(result)->id, "e.contradicted");
  result.advice = {.sentence = "Take it.", .because = {"e.second"}};
  EXPECT_EQ(DecisiveCheck(result)->id, "e.second");
  result.decisive = "e.first";
  EXPECT_EQ(DecisiveCheck(result)->id, "e.first");
}

}  // namespace
}  // namespace hyperwidth
