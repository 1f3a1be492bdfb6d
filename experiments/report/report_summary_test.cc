// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "experiments/report/markup_check.h"
#include "experiments/report/report.h"
#include "experiments/report/report_example.h"

namespace hyperwidth {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

Result Titled(const std::string& experiment, const std::string& title) {
  Result result = Example(experiment);
  result.title = title;
  return result;
}

std::vector<Result> ThatFormATable() {
  std::vector<Result> results;
  for (const char* const variant : {"MNIST, depth", "MNIST, size", "CIFAR-10, depth"}) {
    results.push_back(Titled("rotation", std::string("Which? (") + variant + ")"));
  }
  return results;
}

TEST(ReportSummary, VariantsOfAQuestionShareACard) {
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

TEST(ReportSummary, VariantsOfSeveralDataInSeveralWaysAreATableBelowTheCards) {
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

TEST(ReportSummary, VariantsThatFormNoTableAreAList) {
  for (const char* const third : {"MNIST, depth", "MNIST, size", "CIFAR-10"}) {
    const std::vector<Result> results = {Titled("rotation", "Which? (MNIST, depth)"),
                                         Titled("other", "Another?"),
                                         Titled("rotation", std::string("Which? (") + third + ")")};
    const std::string html = ReportHtml(results);
    EXPECT_EQ(CountOf(html, "<table class=\"grid\">"), 0u) << third;
    EXPECT_EQ(CountOf(html, "<ul class=\"variants\">"), 1u) << third;
  }
}

TEST(ReportSummary, VariantsOfWhichTwoAreAlikeAreAList) {
  std::vector<Result> results = ThatFormATable();
  EXPECT_EQ(CountOf(ReportHtml(results), "<table class=\"grid\">"), 1u);
  results.push_back(results[0]);
  const std::string html = ReportHtml(results);
  EXPECT_EQ(CountOf(html, "<table class=\"grid\">"), 0u);
  EXPECT_THAT(html, HasSubstr("<a href=\"#experiment-4\">MNIST, depth</a>")) << "nothing is lost";
}

TEST(ReportSummary, ATitleInBracketsIsAVariantOnlyBesideOthers) {
  const std::vector<Result> results = {Titled("a", "Which? (MNIST)"), Titled("b", "Whose?"), Titled("c", "Whose?")};
  const std::string html = ReportHtml(results);
  EXPECT_EQ(CountOf(html, "<article class=\"card\">"), 3u) << "what has the same title and no brackets is by itself";
  EXPECT_THAT(html, HasSubstr("<h2><a href=\"#experiment-1\">Which? (MNIST)</a></h2>"));
}

TEST(ReportSummary, ManyQuestionsAreSetInThreeColumns) {
  std::vector<Result> results;
  for (const char* title : {"a", "b", "c", "d"}) results.push_back(Titled(title, title));
  EXPECT_THAT(ReportHtml(results), Not(HasSubstr("cards many\"")));
  results.push_back(Titled("d", "d (again)"));
  EXPECT_THAT(ReportHtml(results), Not(HasSubstr("cards many\""))) << "the same question";
  results.push_back(Titled("e", "e"));
  EXPECT_THAT(ReportHtml(results), HasSubstr("<div class=\"cards many\">"));
}

TEST(ReportSummary, SummarisesTheDecisiveCheckWithItsNumberAndInterval) {
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

TEST(ReportSummary, ThreeDigitsDoInTheSummary) {
  Result result = Example("rotation");
  result.checks[0].measured = 0.123456;
  result.checks[0].ci95 = Interval{.low = -1.23456, .high = 0.0126543};
  const std::string html = ReportHtml(std::vector{result});
  EXPECT_THAT(Between(html, "<header>", "</header>"), HasSubstr("0.123 <span class=\"ci\">[-1.23, 0.0127]</span>"));
  EXPECT_THAT(Between(html, "<main>", "</main>"), HasSubstr("0.1235 <span class=\"ci\">[-1.235, 0.01265]</span>"));
}

TEST(ReportSummary, TwoDigitsDoInATable) {
  std::vector<Result> results = ThatFormATable();
  results[0].checks[0].measured = 0.123456;
  results[0].checks[0].ci95 = Interval{.low = -1.23456, .high = 0.0126543};
  EXPECT_THAT(Between(ReportHtml(results), "<header>", "</header>"),
              HasSubstr("0.12 <span class=\"ci\">[-1.2, 0.013]</span>"));
}

TEST(ReportSummary, TheSummaryHidesNoContradiction) {
  Result result = Example("rotation");
  result.decisive = "rotation.second";
  result.checks[0].verdict = Verdict::kInconsistent;
  EXPECT_THAT(Between(ReportHtml(std::vector{result}), "<header>", "</header>"),
              HasSubstr("<a href=\"#check-1-1\">The first claim.</a></p>"));
  result.checks.push_back(result.checks[0]);
  result.checks.back().id += "2";
  EXPECT_THAT(Between(ReportHtml(std::vector{result}), "<header>", "</header>"), HasSubstr("</a> And 1 more.</p>"));
}

TEST(ReportSummary, TheOnlyCaseOfAClaimIsNamed) {
  std::vector<Result> results = ThatFormATable();
  for (Result& result : results) {
    result.checks[0].group = "Of all depths.";
    result.checks[0].which = "d = 4";
  }
  EXPECT_THAT(ReportHtml(results), HasSubstr("<a href=\"#experiment-1\">d = 4:</a> -0.25 <span"));
  results.resize(1);
  const std::string html = ReportHtml(results);
  EXPECT_THAT(html, AllOf(HasSubstr("Of all depths.</a>"), HasSubstr("<p class=\"measured\">d = 4: -0.25 <span")));
  EXPECT_THAT(Between(html, "<header>", "</header>"), Not(HasSubstr(" cases")));
}

// Of the first of two results.
std::string AnswerIn(Result result) {
  const std::string html = ReportHtml(std::vector{std::move(result), Example("other")});
  EXPECT_THAT(MarkupProblems(html), IsEmpty());
  return Between(html, "<h3>Answer</h3>\n", "<h3>");
}

Result WithCases(const std::vector<Verdict>& verdicts, const std::string& word) {
  Result result = Example("rotation");
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    result.checks.push_back(result.checks[0]);
    Check& check = result.checks.back();
    check.id = "rotation.d" + std::to_string(i);
    check.verdict = verdicts[i];
    check.group = "It <falls>.";
    check.which = word + std::to_string(i);
  }
  result.checks.erase(result.checks.begin());
  return result;
}

constexpr Verdict kYes = Verdict::kConsistent, kNo = Verdict::kInconsistent, kOpen = Verdict::kInconclusive;

TEST(ReportAnswer, HasTheDecidingCaseAndHowTheOthersCameOut) {
  Result result = WithCases({kYes, kOpen, kYes, kYes}, "depth ");
  result.decisive = "rotation.d2";
  EXPECT_EQ(
      AnswerIn(result),
      "<h3>Answer</h3>\n<p class=\"answer\"><span class=\"badge consistent\"><span aria-hidden=\"true\">&#10003;"
      "</span> consistent</span> <a href=\"#check-1-4\">It &lt;falls&gt;.</a></p>\n<p class=\"measured\">depth 2: "
      "-0.25 <span class=\"ci\">[-0.5, -0.125]</span>, predicted below 0. Of 4 cases 3 are consistent (depth 0, "
      "2, 3), 0 inconsistent and 1 inconclusive (depth 1).</p>\n");
}

TEST(ReportAnswer, HasEveryClaimThatIsContradictedAndNoOther) {
  Result result = WithCases({kYes, kNo, kNo}, "type I, ");
  result.decisive = "rotation.second";  // is inconclusive, and measured nothing
  const std::string answer = AnswerIn(result);
  EXPECT_THAT(answer, HasSubstr("inconclusive</span> <a href=\"#check-1-1\">The second claim.</a></p>\n"));
  EXPECT_THAT(answer,
              HasSubstr("inconsistent</span> <a href=\"#check-1-3\">It &lt;falls&gt;.</a></p>\n<p class=\"measured\">"
                        "type I, 1: -0.25"));
  EXPECT_THAT(answer, HasSubstr("2 inconsistent (type I, 1, type I, 2) and 0 inconclusive.")) << "names with commas";
  for (Check& check : result.checks) check.verdict = kYes;
  EXPECT_THAT(AnswerIn(result), AllOf(HasSubstr("The second claim."), Not(HasSubstr("falls"))));
}

TEST(ReportAnswer, SaysOnceWhatNamesOfCasesShare) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> lists = {
      {{"2 layers", "3 layers", "4 layers"}, "2, 3, 4 layers"},
      {{"1000 training images", "3000 training images"}, "1000, 3000 training images"},
      {{"learning rate 0.1", "learning rate 0.2"}, "learning rate 0.1, 0.2"},
      {{"depth 2"}, "depth 2"},
      {{"depth 2", "width 2"}, "depth, width 2"},
      {{"relu", "tanh"}, "relu, tanh"},
      {{"depth 2", "relu"}, "depth 2, relu"},
      {{"type I, 3 layers", "type I, 4 layers"}, "type I, 3 layers, type I, 4 layers"}};
  for (const auto& [names, listed] : lists) {
    std::vector<Verdict> verdicts(names.size(), kYes);
    verdicts.push_back(kOpen);
    Result result = WithCases(verdicts, "other ");
    for (std::size_t i = 0; i < names.size(); ++i) result.checks[i + 1].which = names[i];
    result.decisive = "rotation.d0";
    EXPECT_THAT(AnswerIn(result), HasSubstr(std::to_string(names.size()) + " are consistent (" + listed + "), 0 "));
  }
}

TEST(ReportAnswer, NamesTwelveCasesButNotThirteen) {
  const std::vector<Verdict> twelve(12, kYes), thirteen(13, kYes);
  Result result = WithCases(twelve, "x");
  result.decisive = "rotation.d0";
  EXPECT_THAT(AnswerIn(result), HasSubstr("12 are consistent (x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, x10, x11), 0"));
  result = WithCases(thirteen, "x");
  result.decisive = "rotation.d0";
  EXPECT_THAT(AnswerIn(result), HasSubstr("Of 13 cases 13 are consistent, 0 inconsistent and 0 inconclusive."));
}

TEST(ReportAnswer, IsInTheSummaryIfThereIsButOneResult) {
  EXPECT_THAT(ReportHtml(std::vector{Example("rotation")}), Not(HasSubstr("<h3>Answer</h3>")));
  Result nothing = Example("rotation");
  nothing.checks.clear();
  EXPECT_THAT(AnswerIn(nothing), Not(HasSubstr("rotation")));
}

}  // namespace
}  // namespace hyperwidth
