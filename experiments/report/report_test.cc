// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <stdexcept>
#include <utility>

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
                    HasSubstr("rotation.<wbr>first"),
                    HasSubstr("below 0")));
  EXPECT_THAT(html,
              AllOf(HasSubstr("<td>0.125</td><td>[0.1, 0.15]</td><td>0.03125</td>"),
                    HasSubstr("procedural glyphs"),
                    HasSubstr("<span>bazel run //experiments/rotation</span> <span>--</span> <span>--lr=0.01</span> "
                              "<span>--depths=2,4</span>")));
  EXPECT_EQ(CountOf(html, "<figure>"), 2u);  // test error against depth, train loss against epoch
}

// Error against depth twice, told apart by `figure`, and loss against epoch in between.
Result WithNotes() {
  Result result = Example("rotation");
  result.series[1].figure = "other_data";
  std::swap(result.series[1], result.series[2]);
  Series slope = result.series[2];
  slope.name = "predicted";
  slope.style = SeriesStyle::kLine;
  result.series.push_back(slope);
  result.figures = {{.x_name = "depth",
                     .y_name = "test_error",
                     .figure = "other_data",
                     .title = "Title <of> other data",
                     .caption = "What is claimed.\nWhat was & is concluded."},
                    {.x_name = "depth", .y_name = "test_error", .title = "Title of glyphs", .caption = "On glyphs."}};
  return result;
}

TEST(ReportHtml, HasAFigureForEachXAndYAndFigureInOrderOfAppearance) {
  const std::string html = ReportHtml(std::vector{WithNotes()});
  EXPECT_EQ(CountOf(html, "<figure>"), 3u);
  const std::size_t first = html.find("id=\"figure-1-1\""), second = html.find("id=\"figure-1-2\""),
                    third = html.find("id=\"figure-1-3\"");
  ASSERT_TRUE(first < second && second < third && third != std::string::npos);
  const std::string one = html.substr(first, second - first), two = html.substr(second, third - second),
                    three = html.substr(third, html.find("<div class=\"checks\">") - third);
  EXPECT_THAT(one, AllOf(HasSubstr("hypernetwork"), Not(HasSubstr("embedding"))));
  EXPECT_THAT(two, AllOf(HasSubstr("train loss"), Not(HasSubstr("hypernetwork"))));
  EXPECT_THAT(three, AllOf(HasSubstr("embedding"), HasSubstr("predicted"), Not(HasSubstr("hypernetwork"))));
}

TEST(ReportHtml, ShowsATitleAboveAFigureAndItsCaptionBelow) {
  const std::string html = ReportHtml(std::vector{WithNotes()});
  EXPECT_THAT(html, HasSubstr("<figure><h3>Title of glyphs</h3>\n<svg"));
  EXPECT_THAT(
      html,
      HasSubstr("</svg>\n\n<figcaption><p>On glyphs.</p>\n<p class=\"note\">Test error against depth. Bars are 95 "
                "% confidence intervals.</p></figcaption></figure>"));
  EXPECT_THAT(html, HasSubstr("<figure><h3>Title &lt;of&gt; other data</h3>\n<svg"));
  EXPECT_THAT(html,
              HasSubstr("</svg>\n\n<figcaption><p>What is claimed.</p>\n<p>What was &amp; is concluded.</p>\n<p "
                        "class=\"note\">Test error against depth. Dashed lines are predictions.</p></figcaption>"));
  EXPECT_THAT(html, HasSubstr("<caption>embedding (other data)</caption>"));
  EXPECT_THAT(MarkupProblems(html), IsEmpty());
}

TEST(ReportHtml, ShowsAFigureWithoutANoteUnderItsName) {
  Result result = WithNotes();
  result.figures.erase(result.figures.begin());
  const std::string html = ReportHtml(std::vector{result});
  EXPECT_THAT(html, HasSubstr("<figure><h3>Other data</h3>\n<svg"));
  EXPECT_THAT(html, HasSubstr("<figure><svg"));  // loss against epoch has neither a note nor a name
}

TEST(ReportHtml, KeepsTheNoteOfAFigureThatCannotBeDrawn) {
  Result result = WithNotes();
  for (Series& series : result.series) series.y.assign(2, std::numeric_limits<double>::quiet_NaN());
  const std::string html = ReportHtml(std::vector{result});
  EXPECT_THAT(html,
              AllOf(HasSubstr("<h3>Title of glyphs</h3>"),
                    HasSubstr("<p>On glyphs.</p>"),
                    HasSubstr("Test error against depth: there is no finite value to draw."),
                    Not(HasSubstr("<figure>"))));
  EXPECT_THAT(MarkupProblems(html), IsEmpty());
}

TEST(ReportHtml, ShowsAnInconsistentVerdictLikeAConsistentOne) {
  Result consistent = Example("rotation"), inconsistent = consistent;
  inconsistent.checks[0].verdict = Verdict::kInconsistent;
  std::string expected = ReportHtml(std::vector{consistent});
  const std::string html = ReportHtml(std::vector{inconsistent});
  const auto replace = [&](const std::string& from, const std::string& to) {
    ASSERT_NE(expected.find(from), std::string::npos) << from;
    for (std::size_t at = 0; (at = expected.find(from, at)) != std::string::npos; at += to.size()) {
      expected.replace(at, from.size(), to);
    }
  };
  replace("<b>1</b> consistent", "<b>0</b> consistent");
  replace("<b>0</b> inconsistent", "<b>1</b> inconsistent");
  replace("<article class=\"check consistent\"", "<article class=\"check inconsistent\"");
  replace("<span class=\"badge consistent\"><span aria-hidden=\"true\">&#10003;</span> consistent</span>",
          "<span class=\"badge inconsistent\"><span aria-hidden=\"true\">&#10007;</span> inconsistent</span>");
  EXPECT_EQ(html, expected);  // place, size and wording of everything else are the same
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
  for (Series& series : result.series) series.name = series.x_name = series.y_name = series.figure = evil;
  result.figures = {{.x_name = evil, .y_name = evil, .figure = evil, .title = evil, .caption = evil}};
  result.series[0].columns[0].name = evil;
  for (Check& check : result.checks) {
    check.id += evil;
    check.claim = check.why = evil;
  }
  const std::string html = ReportHtml(std::vector{result}, {.title = evil, .introduction = evil});
  EXPECT_THAT(html, AllOf(Not(HasSubstr("<img")), HasSubstr("&lt;img src=x")));
  EXPECT_THAT(MarkupProblems(html), IsEmpty());
}

TEST(ReportHtml, HasTheAdviceAndTablesOfForecastAndFloors) {
  Result result = Example("compare");
  result.advice = {.scheme = "film", .sentence = "Take <film>."};
  result.forecast = {{"scheme", std::vector<std::string>{"film", "con<cat"}},
                     {"total_parameters", std::vector<std::int64_t>{1000, 1003}},
                     {"minutes", 2.5}};
  result.floors = {{"error", std::vector<double>{0.5, 0.25}}};
  const std::string html = ReportHtml(std::vector{result});
  EXPECT_THAT(MarkupProblems(html), IsEmpty());
  EXPECT_THAT(html, HasSubstr("<p class=\"advice\"><b>Advice.</b> Take &lt;film&gt;.</p>"));
  EXPECT_THAT(html, HasSubstr("<tr><td>con&lt;cat</td><td>1003</td></tr>"));
  EXPECT_THAT(html, HasSubstr("<tr><th>minutes</th><td>2.5</td></tr>"));
  EXPECT_THAT(html, HasSubstr("<thead><tr><th>error</th></tr></thead>"));
  EXPECT_THAT(ReportHtml(std::vector{Example("compare")}), AllOf(Not(HasSubstr("Advice")), Not(HasSubstr("Forecast"))));
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
