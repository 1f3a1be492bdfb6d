// SPDX-License-Identifier: Apache-2.0
#include "experiments/result/result.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace hyperwidth {
namespace {

using ::testing::HasSubstr;

std::string MessageOf(const Result& result) {
  try {
    Validate(result);
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "";
}

Series Line(std::vector<double> x, std::vector<double> y) {
  return {.name = "s", .x_name = "depth", .x = std::move(x), .y_name = "error", .y = std::move(y)};
}

TEST(Validate, AcceptsAnEmptyResultWithAName) { EXPECT_EQ(MessageOf({.experiment = "rotation"}), ""); }

TEST(Validate, NamesWhatIsWrong) {
  EXPECT_THAT(MessageOf({.experiment = ""}), HasSubstr("experiment"));
  EXPECT_THAT(MessageOf({.experiment = "e", .settings = {{"lr", 0.1}, {"lr", 0.2}}}),
              HasSubstr("settings: 'lr' appears twice"));
  EXPECT_THAT(MessageOf({.experiment = "e", .series = {Line({1, 2}, {1})}}), HasSubstr("y has 1 values, x has 2"));
  Series series = Line({1}, {1});
  series.y_ci95 = {{.low = 2, .high = 1}};
  EXPECT_THAT(MessageOf({.experiment = "e", .series = {series}}), HasSubstr("low > high"));
  series = Line({1}, {1});
  series.columns = {{.name = "y", .values = {1}}};
  EXPECT_THAT(MessageOf({.experiment = "e", .series = {series}}), HasSubstr("'y' appears twice"));
  series.columns = {{.name = "seconds", .values = {1, 2}}};
  EXPECT_THAT(MessageOf({.experiment = "e", .series = {series}}), HasSubstr("seconds has 2 values"));
  series = Line({1}, {1});
  series.y_ci95 = {{.low = 0, .high = 1}, {.low = 0, .high = 1}};
  EXPECT_EQ(MessageOf({.experiment = "e", .series = {series}}), "series 's': y_ci95 has 2 values, x has 1");
  series = Line({1}, {1});
  series.x_name = "";
  EXPECT_EQ(MessageOf({.experiment = "e", .series = {series}}), "series 's': x_name or y_name is empty");
  series.name = "";
  EXPECT_EQ(MessageOf({.experiment = "e", .series = {series}}), "series: a name is empty");
  EXPECT_EQ(MessageOf({.experiment = "e", .provenance = {{"", 1}}}), "provenance: a name is empty");
  const Check check{.id = "e.check", .claim = "A sentence."};
  Check nowhere = check;
  nowhere.predicted = {.low = 1, .high = 0};
  EXPECT_EQ(MessageOf({.experiment = "e", .checks = {nowhere}}), "check 'e.check': predicted has low > high");
  EXPECT_THAT(MessageOf({.experiment = "e", .checks = {check, check}}), HasSubstr("'e.check' appears twice"));
  Check reversed = check;
  reversed.ci95 = Interval{.low = 1, .high = 0};
  EXPECT_THAT(MessageOf({.experiment = "e", .checks = {reversed}}), HasSubstr("'e.check': ci95"));
}

TEST(Validate, ATableHasATitleAndListsOfOneLength) {
  const ResultTable table{.title = "Growth", .columns = {{"scheme", std::vector<std::string>{"film"}}}};
  const auto message = [](const ResultTable& one) { return MessageOf({.experiment = "e", .tables = {one}}); };
  EXPECT_EQ(message(table), "");
  EXPECT_EQ(MessageOf({.experiment = "e", .tables = {table, table}}), "tables: 'Growth' appears twice");
  ResultTable other = table;
  other.title = "";
  EXPECT_EQ(message(other), "tables: a name is empty");
  other = table;
  other.columns = {};
  EXPECT_EQ(message(other), "table 'Growth': has no columns");
  other.columns = {{"scheme", "film"}};
  EXPECT_EQ(message(other), "table 'Growth': column 'scheme' is no list");
  other.columns = {table.columns.front(), {"slope", std::vector<double>{1, 2}}};
  EXPECT_EQ(message(other), "table 'Growth': column 'slope' has 2 values, the first one has 1");
  other.columns = {table.columns.front(), table.columns.front()};
  EXPECT_EQ(message(other), "table 'Growth': 'scheme' appears twice");
}

TEST(Validate, CasesBelongToAGroupAndDifferInIt) {
  const auto message = [](std::vector<Check> checks) {
    return MessageOf({.experiment = "e", .checks = std::move(checks)});
  };
  const Check one{.id = "e.one", .claim = "A.", .group = "All are.", .which = "d = 1"};
  Check two = one;
  two.id = "e.two";
  EXPECT_EQ(message({one, two}), "check 'e.two': case 'd = 1' appears twice in its group");
  two.group = "None is.";
  EXPECT_EQ(message({one, two}), "");
  two.group = "";
  EXPECT_EQ(message({one, two}), "check 'e.two': has one of group and case without the other");
  two.group = one.group;
  two.which = "";
  EXPECT_EQ(message({one, two}), "check 'e.two': has one of group and case without the other");
  two.which = "d = 2";
  EXPECT_EQ(message({one, two}), "");
}

TEST(Validate, TheDecisiveCheckIsOneOfTheResult) {
  const Check check{.id = "e.check", .claim = "A sentence."};
  EXPECT_EQ(MessageOf({.experiment = "e", .checks = {check}, .decisive = "e.check"}), "");
  EXPECT_EQ(MessageOf({.experiment = "e", .checks = {check}, .decisive = "check"}),
            "decisive: there is no check 'check'");
}

TEST(Validate, NotesBelongToOneFigureEach) {
  Series named = Line({1}, {1});
  named.name = "t";
  named.figure = "second";
  const FigureNote plain{.x_name = "depth", .y_name = "error"},
      second{.x_name = "depth", .y_name = "error", .figure = "second", .title = "A title"};
  const auto message = [&](std::vector<FigureNote> notes) {
    return MessageOf({.experiment = "e", .series = {Line({1}, {1}), named}, .figures = std::move(notes)});
  };
  EXPECT_EQ(message({}), "");
  EXPECT_EQ(message({second, plain}), "");
  EXPECT_THAT(message({second, second}),
              HasSubstr("note to figure 'second' of 'error' against 'depth': appears twice"));
  FigureNote other = second;
  other.figure = "third";
  EXPECT_THAT(message({other}),
              HasSubstr("note to figure 'third' of 'error' against 'depth': there is no such series"));
  other = plain;
  other.x_name = "width";
  EXPECT_THAT(message({other}), HasSubstr("against 'width': there is no such series"));
  other = plain;
  other.y_name = "loss";
  EXPECT_THAT(message({other}), HasSubstr("of 'loss' against 'depth': there is no such series"));
}

TEST(Validate, AColumnIsNotCalledFigure) {
  Series series = Line({1}, {1});
  series.columns = {{.name = "figure", .values = {1}}};
  EXPECT_THAT(MessageOf({.experiment = "e", .series = {series}}), HasSubstr("'figure' appears twice"));
}

TEST(Field, TakesTheTypesOfFlags) {
  const std::uint64_t seed = 1;
  const Fields fields = {{"lr", 0.5},
                         {"epochs", 10},
                         {"seed", seed},
                         {"labels", "circular"},
                         {"quick", true},
                         {"depths", std::vector<int>{2, 4}}};
  EXPECT_TRUE(std::holds_alternative<double>(*Find(fields, "lr")));
  EXPECT_TRUE(std::holds_alternative<std::int64_t>(*Find(fields, "epochs")));
  EXPECT_TRUE(std::holds_alternative<std::uint64_t>(*Find(fields, "seed")));
  EXPECT_EQ(std::get<std::string>(*Find(fields, "labels")), "circular");
  EXPECT_EQ(std::get<bool>(*Find(fields, "quick")), true);
  EXPECT_EQ(std::get<std::vector<std::int64_t>>(*Find(fields, "depths")), (std::vector<std::int64_t>{2, 4}));
  EXPECT_EQ(Find(fields, "absent"), nullptr);
}

TEST(RerunCommand, SpellsOutTheSettingsAsFlags) {
  Result result{.experiment = "rotation"};
  result.settings = {{"batch_size", 64},
                     {"lr", 0.1},
                     {"depths", std::vector<int>{2, 4}},
                     {"data", "my data"},
                     {"quick", false},
                     {"more_depths", std::vector<int>()},
                     {"folder", ""},
                     {"unset", std::monostate{}}};
  EXPECT_EQ(RerunCommand(result),
            "bazel run //experiments/rotation -- --batch-size=64 --lr=0.1 --depths=2,4 '--data=my data' --quick=false "
            "--more-depths=none");
  result.settings = {{"data", "Anna's data"}, {"words", std::vector<std::string>{"a b", "c"}}};
  EXPECT_EQ(RerunCommand(result), "bazel run //experiments/rotation -- '--data=Anna'\\''s data' '--words=a b,c'");
  result.provenance = {{"program", "bazel run //tools:hyperwidth -- compare"}};
  EXPECT_EQ(RerunCommand(result), "bazel run //tools:hyperwidth -- compare '--data=Anna'\\''s data' '--words=a b,c'");
  result.provenance = {{"command", "bazel run //experiments:crosscheck"}};
  EXPECT_EQ(RerunCommand(result), "bazel run //experiments:crosscheck");
}

}  // namespace
}  // namespace hyperwidth
