// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <regex>
#include <set>
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

// What the page says from one place on, up to another.
std::string Between(const std::string& html, const std::string& begin, const std::string& end) {
  const std::size_t from = html.find(begin);
  if (from == std::string::npos) return "";
  return html.substr(from, html.find(end, from + 1) - from);
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

TEST(ReportHtml, HasAFigureForEachXAndYAndFigureInOrderOfAppearanceButDetailsLast) {
  const std::string html = ReportHtml(std::vector{WithNotes()});
  EXPECT_EQ(CountOf(html, "<figure>"), 3u);
  EXPECT_THAT(Between(html, "<h4>Title of glyphs", "</figure>"),
              AllOf(HasSubstr("id=\"figure-1-1\""),
                    HasSubstr("<b>Figure 1.</b>"),
                    HasSubstr("hypernetwork</li>"),
                    Not(HasSubstr("embedding"))));
  EXPECT_THAT(Between(html, "<h4>Title &lt;of&gt; other data", "</figure>"),
              AllOf(HasSubstr("id=\"figure-1-2\""),
                    HasSubstr("<b>Figure 2.</b>"),
                    HasSubstr("embedding</li>"),
                    HasSubstr("predicted</li>"),
                    Not(HasSubstr("hypernetwork"))));
  // Without a note where others have one: a detail.
  EXPECT_THAT(Between(html, "<summary>Further figures</summary>", "</figure>"),
              AllOf(HasSubstr("id=\"figure-1-3\""), HasSubstr("<b>Figure 3.</b> Train loss against epoch.")));
}

Result Titled(const std::string& experiment, const std::string& title) {
  Result result = Example(experiment);
  result.title = title;
  return result;
}

TEST(ReportHtml, VariantsOfAQuestionShareACard) {
  std::vector<Result> results = {Titled("rotation", "Which? (MNIST, depth)"),
                                 Titled("other", "Another?"),
                                 Titled("rotation", "Which? (CIFAR-10 <b>)")};
  results[2].checks[1].verdict = Verdict::kInconsistent;
  results[2].decisive = "rotation.first";
  const std::string html = ReportHtml(results);
  EXPECT_EQ(CountOf(html, "<article class=\"card\">"), 2u);
  EXPECT_THAT(html, HasSubstr("<div class=\"cards\">"));
  const std::string card = Between(html, "<h2><a href=\"#experiment-1\">Which?</a></h2>", "</article>");
  EXPECT_THAT(card,
              AllOf(HasSubstr("<p>The first claim. Predicted: below 0.</p>"),
                    HasSubstr("aria-label=\"consistent\""),
                    HasSubstr("<a href=\"#experiment-1\">MNIST, depth</a>: <span class=\"measured\">-0.25 <span "
                              "class=\"ci\">[-0.5, -0.125]</span></span></li>"),
                    HasSubstr("<a href=\"#experiment-3\">CIFAR-10 &lt;b&gt;</a>: ")));
  EXPECT_EQ(CountOf(card, "<li><span class=\"sign"), 2u);
  EXPECT_THAT(Between(card, "#experiment-3", "</li>"),
              HasSubstr("title=\"inconsistent\">&#10007;</span> 1</span></span>"));
  EXPECT_EQ(CountOf(card, "-sketch"), CountOf(Between(html, "Another?</a></h2>", "</article>"), "-sketch"));
  EXPECT_THAT(html, HasSubstr("1. Which? (MNIST, depth)")) << "sections keep their titles";
  EXPECT_THAT(MarkupProblems(html), IsEmpty());
}

TEST(ReportHtml, VariantsOfSeveralDataInSeveralWaysAreATableBelowTheCards) {
  std::vector<Result> results = {Titled("rotation", "Which? (MNIST, depth)"),
                                 Titled("rotation", "Which? (MNIST, depth, <tuned>)"),
                                 Titled("other", "Another?"),
                                 Titled("rotation", "Which? (CIFAR-10, depth, <tuned>)")};
  results[3].checks[1].verdict = Verdict::kInconsistent;
  results[3].decisive = "rotation.first";
  for (Check& check : results[1].checks) {
    check.group = "Of both.";
    check.which = check.id == "rotation.first" ? "d = 1" : "d = 2";
  }
  const std::string html = ReportHtml(results);
  const std::string cards = Between(html, "<div class=\"cards\">", "</div>\n<div class=\"cards wide\">");
  EXPECT_THAT(cards, AllOf(HasSubstr("Another?</a></h2>"), Not(HasSubstr("Which?"))));
  const std::string table = Between(html, "<table class=\"grid\">", "</table>");
  EXPECT_THAT(Between(table, "<thead>", "</thead>"),
              AllOf(HasSubstr("<th scope=\"col\">MNIST <small>"), HasSubstr("<th scope=\"col\">CIFAR-10 <small>")));
  const std::string depth = Between(table, "<tr><th scope=\"row\">depth</th>", "</tr>");
  EXPECT_THAT(
      Between(depth, "data-label=\"MNIST\">", "</td>"),
      AllOf(HasSubstr("aria-label=\"consistent\""),
            HasSubstr("<a href=\"#experiment-1\">measured:</a> -0.25 <span class=\"ci\">[-0.5, -0.13]</span>")));
  EXPECT_THAT(depth, HasSubstr("data-label=\"CIFAR-10\">not run</td>"));
  const std::string tuned = Between(table, "<tr><th scope=\"row\">depth, &lt;tuned&gt;</th>", "</tr>");
  EXPECT_THAT(
      tuned,
      HasSubstr("<a href=\"#experiment-2\">d = 1:</a> -0.25 <span class=\"ci\">[-0.5, -0.13]</span>, 1 of 2</td>"));
  EXPECT_THAT(Between(tuned, "#experiment-4", "</td>"), HasSubstr("title=\"inconsistent\">&#10007;</span> 1</span>"));
  EXPECT_EQ(CountOf(html, "-sketch\""), 2u) << "one for each question";
  EXPECT_THAT(MarkupProblems(html), IsEmpty());
}

TEST(ReportHtml, VariantsThatFormNoTableAreAList) {
  for (const char* const third : {"MNIST, depth", "MNIST, size", "CIFAR-10"}) {
    const std::vector<Result> results = {Titled("rotation", "Which? (MNIST, depth)"),
                                         Titled("other", "Another?"),
                                         Titled("rotation", std::string("Which? (") + third + ")")};
    const std::string html = ReportHtml(results);
    EXPECT_EQ(CountOf(html, "<table class=\"grid\">"), 0u) << third;
    EXPECT_EQ(CountOf(html, "<ul class=\"variants\">"), 1u) << third;
  }
}

TEST(ReportHtml, VariantsOfWhichTwoAreAlikeAreAList) {
  std::vector<Result> results;
  for (const char* const variant : {"MNIST, depth", "MNIST, size", "CIFAR-10, depth"}) {
    results.push_back(Titled("rotation", std::string("Which? (") + variant + ")"));
  }
  EXPECT_EQ(CountOf(ReportHtml(results), "<table class=\"grid\">"), 1u);
  results.push_back(results[0]);
  const std::string html = ReportHtml(results);
  EXPECT_EQ(CountOf(html, "<table class=\"grid\">"), 0u);
  EXPECT_THAT(html, HasSubstr("<a href=\"#experiment-4\">MNIST, depth</a>")) << "nothing is lost";
}

TEST(ReportHtml, ATitleInBracketsIsAVariantOnlyBesideOthers) {
  const std::vector<Result> results = {Titled("a", "Which? (MNIST)"), Titled("b", "Whose?"), Titled("c", "Whose?")};
  const std::string html = ReportHtml(results);
  EXPECT_EQ(CountOf(html, "<article class=\"card\">"), 3u) << "what has the same title and no brackets is by itself";
  EXPECT_THAT(html, HasSubstr("<h2><a href=\"#experiment-1\">Which? (MNIST)</a></h2>"));
}

TEST(ReportHtml, ManyQuestionsAreSetInThreeColumns) {
  std::vector<Result> results;
  for (const char* title : {"a", "b", "c", "d"}) results.push_back(Titled(title, title));
  EXPECT_THAT(ReportHtml(results), Not(HasSubstr("cards many\"")));
  results.push_back(Titled("d", "d (again)"));
  EXPECT_THAT(ReportHtml(results), Not(HasSubstr("cards many\""))) << "the same question";
  results.push_back(Titled("e", "e"));
  EXPECT_THAT(ReportHtml(results), HasSubstr("<div class=\"cards many\">"));
}

TEST(ReportHtml, ANoteMakesAFigureADetail) {
  Result result = WithNotes();
  result.figures[1].is_detail = true;
  const std::string details =
      Between(ReportHtml(std::vector{result}), "<summary>Further figures</summary>", "</details>");
  EXPECT_THAT(details, AllOf(HasSubstr("Title of glyphs"), Not(HasSubstr("other data"))));
}

TEST(ReportHtml, ShowsATitleAboveAFigureAndItsCaptionBelow) {
  const std::string html = ReportHtml(std::vector{WithNotes()});
  EXPECT_THAT(html, HasSubstr("<figure><h4>Title of glyphs</h4>\n<ul class=\"legend\">"));
  EXPECT_THAT(
      html,
      HasSubstr("</svg>\n\n<figcaption><p><b>Figure 1.</b> On glyphs.</p>\n<p class=\"note\">Test error against "
                "depth. Bars are 95 % confidence intervals.</p></figcaption></figure>"));
  EXPECT_THAT(html,
              HasSubstr("</svg>\n\n<figcaption><p><b>Figure 2.</b> What is claimed.</p>\n<p>What was &amp; is "
                        "concluded.</p>\n<p class=\"note\">Test error against depth. Dashed lines are "
                        "predictions.</p></figcaption>"));
  EXPECT_THAT(html, HasSubstr("<caption>Figure 2: Title &lt;of&gt; other data</caption>"));
  EXPECT_THAT(MarkupProblems(html), IsEmpty());
}

TEST(ReportHtml, NumbersFiguresThroughAndRefersToThem) {
  const std::string html = ReportHtml(std::vector{WithNotes(), Example("other")});
  EXPECT_THAT(html,
              AllOf(HasSubstr("shown in <a href=\"#figure-1-1\">Figures 1 and 2</a>, and more of it in "
                              "<a href=\"#figure-1-3\">Figure 3</a> among the details"),
                    HasSubstr("shown in <a href=\"#figure-2-1\">Figures 4 and 5</a>."),
                    HasSubstr("Title of rotation</a>: <a href=\"#figure-1-1\">Figures 1 to 3</a></li>")));
}

TEST(ReportHtml, NeighboursWithTheSameSeriesHaveOneLegendAboveThem) {
  Result result = Example("rotation");
  Series again = result.series[0], other = result.series[1];
  again.figure = other.figure = "again";
  result.series = {result.series[0], result.series[1], again, other, result.series[2]};
  const std::string html = ReportHtml(std::vector{result});
  EXPECT_EQ(CountOf(html, "<ul class=\"legend shared\">"), 1u);
  EXPECT_THAT(Between(html, "<ul class=\"legend shared\">", "</figure>\n</div>"),
              AllOf(HasSubstr("id=\"figure-1-1\""), HasSubstr("id=\"figure-1-2\""), Not(HasSubstr("\"figure-1-3\""))));
  EXPECT_THAT(MarkupProblems(html), IsEmpty());
  // Another style has another look.
  result.series[3].style = SeriesStyle::kLine;
  EXPECT_EQ(CountOf(ReportHtml(std::vector{result}), "<ul class=\"legend shared\">"), 0u);
}

TEST(ReportHtml, ShowsAFigureWithoutANoteUnderItsName) {
  Result result = WithNotes();
  result.figures.erase(result.figures.begin());
  const std::string html = ReportHtml(std::vector{result});
  EXPECT_THAT(html, HasSubstr("<figure><h4>Other data</h4>\n<ul"));
  EXPECT_THAT(html, HasSubstr("<figure><ul"));  // loss against epoch has neither a note nor a name
}

TEST(ReportHtml, KeepsTheNoteOfAFigureThatCannotBeDrawn) {
  Result result = WithNotes();
  for (Series& series : result.series) series.y.assign(2, std::numeric_limits<double>::quiet_NaN());
  const std::string html = ReportHtml(std::vector{result});
  EXPECT_THAT(html,
              AllOf(HasSubstr("<h4>Title of glyphs</h4>"),
                    HasSubstr("<p>On glyphs.</p>"),
                    HasSubstr("Test error against depth: there is no finite value to draw."),
                    Not(HasSubstr("<figure>")),
                    Not(HasSubstr("Figure 1"))));
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

TEST(ReportHtml, SummarisesTheDecisiveCheckWithItsNumberAndInterval) {
  Result result = Example("rotation");
  result.decisive = "rotation.second";
  result.checks[1].measured = 7;
  result.checks[1].ci95 = Interval{.low = 6, .high = 8};
  const std::string summary = Between(ReportHtml(std::vector{result}), "<header>", "</header>");
  EXPECT_THAT(summary,
              AllOf(HasSubstr("Title of rotation"),
                    HasSubstr("<a href=\"#check-1-2\">The second claim.</a>"),
                    HasSubstr("7 <span class=\"ci\">[6, 8]</span>"),
                    HasSubstr("id=\"figure-1-1-sketch\""),
                    HasSubstr("<a href=\"#figure-1-1\">Figure 1</a>"),
                    Not(HasSubstr("The first claim."))));
}

TEST(ReportHtml, ThreeDigitsDoInTheSummary) {
  Result result = Example("rotation");
  result.checks[0].measured = 0.123456;
  result.checks[0].ci95 = Interval{.low = -1.23456, .high = 0.0126543};
  const std::string html = ReportHtml(std::vector{result});
  EXPECT_THAT(Between(html, "<header>", "</header>"), HasSubstr("0.123 <span class=\"ci\">[-1.23, 0.0127]</span>"));
  EXPECT_THAT(Between(html, "<main>", "</main>"), HasSubstr("0.1235 <span class=\"ci\">[-1.235, 0.01265]</span>"));
}

TEST(ReportHtml, TheSummaryHidesNoContradiction) {
  Result result = Example("rotation");
  result.decisive = "rotation.second";
  result.checks[0].verdict = Verdict::kInconsistent;
  EXPECT_THAT(Between(ReportHtml(std::vector{result}), "<header>", "</header>"),
              HasSubstr("<a href=\"#check-1-1\">The first claim.</a></p>"));
  result.checks.push_back(result.checks[0]);
  result.checks.back().id += "2";
  EXPECT_THAT(Between(ReportHtml(std::vector{result}), "<header>", "</header>"), HasSubstr("</a> And 1 more.</p>"));
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

TEST(ReportHtml, DoesNotRepeatThePagesTitle) {
  const std::string html = ReportHtml(std::vector{Example("one")}, {.title = "Title of one"});
  EXPECT_EQ(CountOf(html, "Title of one"), 2u);  // <title> and <h1>
  EXPECT_THAT(html, HasSubstr("<h2>What was done</h2>"));
}

TEST(ReportHtml, EveryColourOfAFigureHasALighterOneForDarkPages) {
  Result result = Example("rotation");
  for (int i = 0; i < 20; ++i) {
    result.series.push_back(result.series[1]);
    result.series.back().name += std::to_string(i);
  }
  const std::string html = ReportHtml(std::vector{result});
  const std::string body = html.substr(html.find("<body>"));
  const std::regex colour("(?:stroke|fill|color)=['\"](#[0-9a-f]{6})['\"]");
  std::set<std::string> colours;
  for (std::sregex_iterator match(body.begin(), body.end(), colour), end; match != end; ++match) {
    colours.insert((*match)[1]);
  }
  colours.erase("#888888");  // of grids and lines: between both pages
  EXPECT_EQ(colours.size(), 8u);
  for (const std::string& one : colours) {
    for (const char* const property : {"stroke", "fill", "color"}) {
      EXPECT_THAT(html, HasSubstr("[" + std::string(property) + "=\"" + one + "\"] { "));
    }
  }
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
