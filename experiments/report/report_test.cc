// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <stdexcept>

#include "experiments/report/markup_check.h"

namespace hyperwidth {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

Result Example(const std::string& name) {
  Result result{.experiment = name, .title = "Title of " + name, .about = "First line.\nSecond line."};
  result.settings = {{"lr", 0.01}, {"depths", std::vector<int>{2, 4}}};
  result.provenance = {{"seed", 1}, {"data", "procedural glyphs"}};
  result.series = {{.name = "hypernetwork",
                    .x_name = "depth",
                    .x = {2, 4},
                    .y_name = "test_error",
                    .y = {0.125, 0.0625},
                    .y_ci95 = {{.low = 0.1, .high = 0.15}, {.low = 0.05, .high = 0.07}},
                    .columns = {{.name = "train_error", .values = {0.03125, 0.015625}}}},
                   {.name = "embedding", .x_name = "depth", .x = {2, 4}, .y_name = "test_error", .y = {0.2, 0.19}},
                   {.name = "loss", .x_name = "epoch", .x = {1, 2}, .y_name = "train_loss", .y = {1, 0.5}}};
  result.checks = {{.id = name + ".first",
                    .claim = "The first claim.",
                    .predicted = {.high = 0},
                    .measured = -0.25,
                    .ci95 = Interval{.low = -0.5, .high = -0.125},
                    .verdict = Verdict::kConsistent,
                    .why = "Because of numbers."},
                   {.id = name + ".second", .claim = "The second claim.", .why = "Too little data."}};
  return result;
}

std::size_t CountOf(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

TEST(ReportHtml, ShowsEverythingThatAResultHolds) {
  const std::string html = ReportHtml(std::vector{Example("rotation")});
  EXPECT_THAT(html,
              AllOf(HasSubstr("Title of rotation"),
                    HasSubstr("<p>First line.</p>\n<p>Second line.</p>"),
                    HasSubstr("The first claim."),
                    HasSubstr("Because of numbers."),
                    HasSubstr("Too little data."),
                    HasSubstr("-0.25 <span class=\"ci\">[-0.5, -0.125]</span>"),
                    HasSubstr("below 0")));
  EXPECT_THAT(html,
              AllOf(HasSubstr("<td>0.125</td><td>[0.1, 0.15]</td><td>0.03125</td>"),
                    HasSubstr("procedural glyphs"),
                    HasSubstr("<span>bazel run //experiments/rotation</span> <span>--</span> <span>--lr=0.01</span> "
                              "<span>--depths=2,4</span>")));
  EXPECT_EQ(CountOf(html, "<figure>"), 2u);  // test error against depth, train loss against epoch
}

TEST(ReportHtml, SaysEveryVerdictInAWord) {
  const std::string html = ReportHtml(std::vector{Example("rotation")});
  EXPECT_THAT(html,
              AllOf(HasSubstr("<li class=\"consistent\"><b>1</b> consistent</li>"),
                    HasSubstr("<li class=\"inconsistent\"><b>0</b> inconsistent</li>"),
                    HasSubstr("<li class=\"inconclusive\"><b>1</b> inconclusive</li>")));
  EXPECT_EQ(CountOf(html, "<span class=\"badge consistent\">"), 2u);  // in the summary and at the check
}

TEST(ReportHtml, StandsAloneAndIsSoundMarkup) {
  const std::vector<Result> results = {Example("one"), Example("two"), Example("one")};
  const std::string html = ReportHtml(results);
  EXPECT_THAT(MarkupProblems(html), IsEmpty());
  EXPECT_EQ(CountOf(html, "http"), CountOf(html, "xmlns=\"http://www.w3.org/2000/svg\""));
  EXPECT_THAT(html, AllOf(Not(HasSubstr("@import")), Not(HasSubstr("url("))));
  EXPECT_EQ(html, ReportHtml(results));
}

TEST(ReportHtml, EscapesEverythingThatComesFromOutside) {
  Result result = Example("rotation");
  const std::string evil = "<img src=x onerror=alert(1)>&\"'";
  result.experiment = result.title = result.about = evil;
  result.settings = {{evil, evil}};
  result.provenance = {{evil + "2", std::vector<std::string>{evil}}};
  for (Series& series : result.series) series.name = series.x_name = series.y_name = evil;
  result.series[0].columns[0].name = evil;
  for (Check& check : result.checks) {
    check.id += evil;
    check.claim = check.why = evil;
  }
  const std::string html = ReportHtml(std::vector{result}, {.title = evil, .introduction = evil});
  EXPECT_THAT(html, AllOf(Not(HasSubstr("<img")), HasSubstr("&lt;img src=x")));
  EXPECT_THAT(MarkupProblems(html), IsEmpty());
}

TEST(ReportHtml, CopesWithAResultThatHoldsNothingOrNothingFinite) {
  Result empty{.experiment = "empty_one"};
  Result undefined = Example("undefined");
  for (Series& series : undefined.series) series.y.assign(2, std::numeric_limits<double>::quiet_NaN());
  const std::string html = ReportHtml(std::vector{empty, undefined});
  EXPECT_THAT(html,
              AllOf(HasSubstr("empty one"), HasSubstr("there is no finite value to draw"), Not(HasSubstr("<figure>"))));
  EXPECT_THAT(MarkupProblems(html), IsEmpty());
}

TEST(ReportHtml, RefusesNothingAndInvalidResults) {
  EXPECT_THROW(ReportHtml({}), std::invalid_argument);
  Result invalid = Example("rotation");
  invalid.series[0].y.pop_back();
  EXPECT_THROW(ReportHtml(std::vector{invalid}), std::invalid_argument);
}

TEST(WriteReport, WritesTheSamePage) {
  const std::filesystem::path path = std::filesystem::path(::testing::TempDir()) / "report.html";
  const std::vector<Result> results = {Example("rotation")};
  WriteReport(path, results);
  std::ifstream file(path);
  const std::string written{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  EXPECT_EQ(written, ReportHtml(results));
  EXPECT_THROW(WriteReport("/nowhere/report.html", results), std::runtime_error);
}

}  // namespace
}  // namespace hyperwidth
