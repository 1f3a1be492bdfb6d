// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "experiments/report/markup_check.h"
#include "experiments/report/report_example.h"

namespace hyperwidth {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(ReportHtml, ShowsEverythingThatAResultHolds) {
  const std::string html = ReportHtml(std::vector{Example("rotation")});
  EXPECT_THAT(html,
              AllOf(HasSubstr("Title of rotation"),
                    HasSubstr("<p>First line.</p>\n"),
                    HasSubstr("<summary>More on what was done</summary>\n<p>Second line.</p>\n</details>"),
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

TEST(ReportHtml, HasATableOfValuesForEachFigureWithARowForEachX) {
  Result result = Example("rotation");
  result.series[1].x = {4, 3, 4, 4};
  result.series[1].y = {0.19, std::numeric_limits<double>::quiet_NaN(), 0.18, 0.17};
  const std::string html = ReportHtml(std::vector{result});
  const std::string values = Between(html, "<summary>Values</summary>", "</details>");
  EXPECT_EQ(CountOf(values, "<table>"), 2u);
  EXPECT_THAT(
      values,
      AllOf(HasSubstr("<caption>Figure 1</caption><thead><tr><th rowspan=\"2\">depth</th>"
                      "<th scope=\"colgroup\" colspan=\"3\">hypernetwork</th>"
                      "<th scope=\"colgroup\" colspan=\"1\">embedding</th></tr>\n"
                      "<tr><th>test error</th><th>95 % interval</th><th>train error</th><th>test error</th></tr>"),
            HasSubstr("<tr><td>2</td><td>0.125</td><td>[0.1, 0.15]</td><td>0.03125</td><td colspan=\"1\"></td></tr>\n"
                      "<tr><td>3</td><td colspan=\"3\"></td><td>none</td></tr>\n"
                      "<tr><td>4</td><td>0.0625</td><td>[0.05, 0.07]</td><td>0.01562</td><td>0.19</td></tr>\n"
                      "<tr><td>4</td><td colspan=\"3\"></td><td>0.18</td></tr>\n"
                      "<tr><td>4</td><td colspan=\"3\"></td><td>0.17</td></tr>\n</tbody>")));
}

TEST(ReportHtml, ZeroAndMinusZeroAreOneRowOfValues) {
  Result result = Example("rotation");
  result.series[0].x = {-0.0, 4};
  result.series[1].x = {0.0, 4};
  const std::string values = Between(ReportHtml(std::vector{result}), "<caption>Figure 1</caption>", "</table>");
  EXPECT_EQ(CountOf(values, "<tr><td>"), 2u) << values;
  EXPECT_THAT(values, HasSubstr("<tr><td>0</td>"));
}

TEST(ReportHtml, HasTablesOfValuesThatAreNarrowAndDoesNotPrintLongOnes) {
  Result result{.experiment = "rotation"};
  for (int i = 0; i < 10; ++i) {
    result.series.push_back(
        {.name = "s" + std::to_string(i), .x_name = "depth", .x = {0}, .y_name = "error", .y = {2}});
  }
  std::string values = Between(ReportHtml(std::vector{result}), "<summary>Values</summary>", "</details>");
  EXPECT_EQ(CountOf(values, "<table>"), 2u);
  EXPECT_EQ(CountOf(Between(values, "<table>", "</table>"), "colgroup"), 8u);
  result.series.resize(1);
  for (const int rows : {40, 41}) {
    while (result.series[0].x.size() < static_cast<std::size_t>(rows)) {
      result.series[0].x.push_back(static_cast<double>(result.series[0].x.size()));
      result.series[0].y.push_back(1);
    }
    values = Between(ReportHtml(std::vector{result}), "<summary>Values</summary>", "</details>");
    EXPECT_EQ(CountOf(values, "<table class=\"long\">"), rows <= 40 ? 0u : 1u);
    EXPECT_EQ(CountOf(values, "rows are not printed"), rows <= 40 ? 0u : 1u);
  }
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
  EXPECT_THAT(html, AllOf(HasSubstr("<dt>consistent</dt>"), HasSubstr("<dt>inconsistent</dt>")));
}

TEST(ReportHtml, ShowsTheCasesOfAClaimBelowItOnce) {
  Result result = Example("rotation");
  for (int i = 0; i < 2; ++i) {
    result.checks[static_cast<std::size_t>(i)].group = "It holds for <all>.";
    result.checks[static_cast<std::size_t>(i)].which = "d = " + std::to_string(i + 1);
  }
  const std::string html = ReportHtml(std::vector{result});
  EXPECT_THAT(html,
              AllOf(HasSubstr("scope=\"rowgroup\">It holds for &lt;all&gt;.</th>"),
                    HasSubstr("<summary>d = 1</summary><p>Because of numbers.</p>"),
                    HasSubstr("<summary>d = 2</summary><p>Too little data.</p>"),
                    HasSubstr("d = 1: -0.25 <span class=\"ci\">[-0.5, -0.125]</span>, predicted below 0 (1 of 2 cases "
                              "consistent)"),
                    Not(HasSubstr("The first claim."))));
  EXPECT_EQ(CountOf(html, "Because of numbers."), 1u);
  EXPECT_THAT(MarkupProblems(html), IsEmpty());
}

TEST(ReportHtml, ShowsTheUnitOfWhatWasMeasured) {
  Result result = Example("rotation");
  result.checks[0].unit = "s < t";
  result.checks[1].measured = 0;
  result.checks[1].unit = "of 60 runs";
  EXPECT_THAT(ReportHtml(std::vector{result}),
              AllOf(HasSubstr("class=\"number\">-0.25 s &lt; t <span class=\"ci\">[-0.5, -0.125]</span></td>"),
                    HasSubstr("measured -0.25 s &lt; t [-0.5, -0.125]\""),
                    HasSubstr("class=\"number\">0 of 60 runs</td>")));
}

TEST(ReportHtml, HasLimitsOnlyIfThereAreSome) {
  Result result = Example("rotation");
  EXPECT_THAT(ReportHtml(std::vector{result}), Not(HasSubstr("<h3>Limits</h3>")));
  result.limits = "Only <here>.\nAnd now.";
  EXPECT_THAT(ReportHtml(std::vector{result}),
              HasSubstr("<h3>Limits</h3>\n<p>Only &lt;here&gt;.</p>\n<p>And now.</p>"));
}

TEST(ReportHtml, HasContentsForMoreThanOneResult) {
  EXPECT_THAT(ReportHtml(std::vector{Example("one")}), Not(HasSubstr("<nav")));
  const std::string html = ReportHtml(std::vector{Example("one"), Example("two")});
  EXPECT_THAT(Between(html, "<nav", "</nav>"),
              AllOf(HasSubstr("<a href=\"#experiment-1\">Title of one</a>"),
                    HasSubstr("<a href=\"#experiment-2\">Title of two</a>"),
                    HasSubstr("<a href=\"#glossary\">Glossary</a>")));
  EXPECT_THAT(html, HasSubstr("<h2>2. Title of two</h2>"));
}

TEST(ReportHtml, ContentsSayAQuestionThatHasVariantsOnce) {
  std::vector<Result> results(4, Example("one"));
  results[0].title = "Which? (as published)";
  results[1].title = "Whose?";
  results[2].title = "Which? (MNIST)";
  results[3].title = "How? (tuned)";
  const std::string html = ReportHtml(results), contents = Between(html, "<nav", "</nav>");
  EXPECT_THAT(contents,
              HasSubstr("<li class=\"question\"><b>Which?</b>\n<ol>\n"
                        "<li value=\"1\"><a href=\"#experiment-1\">As published</a>: <a href=\"#figure-1-1\">Figures 1 "
                        "and 2</a></li>\n"
                        "<li value=\"3\"><a href=\"#experiment-3\">MNIST</a>: <a href=\"#figure-3-1\">Figures 5 and 6"
                        "</a></li>\n</ol></li>\n"));
  EXPECT_THAT(contents, HasSubstr("<li value=\"2\"><a href=\"#experiment-2\">Whose?</a>"));
  EXPECT_THAT(contents, HasSubstr("<li value=\"4\"><a href=\"#experiment-4\">How? (tuned)</a>"));
  EXPECT_THAT(MarkupProblems(html), IsEmpty());
}

TEST(ReportHtml, DoesNotRepeatThePagesTitle) {
  const std::string html = ReportHtml(std::vector{Example("one")}, {.title = "Title of one"});
  EXPECT_EQ(CountOf(html, "Title of one"), 2u);  // <title> and <h1>
  EXPECT_THAT(html, HasSubstr("<h2>What was done</h2>"));
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
  result.experiment = result.title = result.about = result.limits = evil;
  result.settings = {{evil, evil}};
  result.provenance = {{evil + "2", std::vector<std::string>{evil}}};
  for (Series& series : result.series) series.name = series.x_name = series.y_name = series.figure = evil;
  result.figures = {{.x_name = evil, .y_name = evil, .figure = evil, .title = evil, .caption = evil}};
  result.series[0].columns[0].name = evil;
  for (Check& check : result.checks) {
    check.id += evil;
    check.claim = check.why = check.group = evil;
    check.which = check.id;
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

TEST(ReportHtml, FoldsTablesAwayUnderTheirTitles) {
  Result result = Example("compare");
  result.tables = {{.title = "How errors <fall>",
                    .caption = "One.\nTwo & three.",
                    .columns = {{"a_scheme", std::vector<std::string>{"film", "con<cat"}},
                                {"slope", std::vector<double>{-0.5, -1}},
                                {"trials", std::vector<std::int64_t>{16, 15}}}}};
  const std::string html = ReportHtml(std::vector{result});
  EXPECT_THAT(MarkupProblems(html), IsEmpty());
  EXPECT_THAT(html, HasSubstr("<summary>How errors &lt;fall&gt;</summary>"));
  EXPECT_THAT(html, HasSubstr("<p>One.</p>"));
  EXPECT_THAT(html, HasSubstr("<p>Two &amp; three.</p>"));
  EXPECT_THAT(html, HasSubstr("<thead><tr><th>a scheme</th><th>slope</th><th>trials</th></tr></thead>"));
  EXPECT_THAT(html, HasSubstr("<tr><td>con&lt;cat</td><td>-1</td><td>15</td></tr>"));
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
