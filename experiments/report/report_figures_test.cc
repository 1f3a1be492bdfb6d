// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <regex>
#include <set>
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

TEST(ReportFigures, HasAFigureForEachXAndYAndFigureInOrderOfAppearanceButDetailsLast) {
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

TEST(ReportFigures, ANoteMakesAFigureADetail) {
  Result result = WithNotes();
  result.figures[1].is_detail = true;
  const std::string details =
      Between(ReportHtml(std::vector{result}), "<summary>Further figures</summary>", "</details>");
  EXPECT_THAT(details, AllOf(HasSubstr("Title of glyphs"), Not(HasSubstr("other data"))));
}

TEST(ReportFigures, ShowsATitleAboveAFigureAndItsCaptionBelow) {
  const std::string html = ReportHtml(std::vector{WithNotes()});
  EXPECT_THAT(html, HasSubstr("<figure><h4>Title of glyphs</h4>\n<ul class=\"legend\">"));
  EXPECT_THAT(
      html,
      HasSubstr("</svg>\n\n<figcaption><p><b>Figure 1.</b> On glyphs.</p>\n<p class=\"note\">Test error against "
                "depth. Bars are 95 % confidence intervals.</p></figcaption></figure>"));
  EXPECT_THAT(html,
              HasSubstr("</svg>\n\n<figcaption><p><b>Figure 2.</b> What is claimed.</p>\n<p>What was &amp; is "
                        "concluded.</p>\n<p class=\"note\">Test error against depth. Dashed lines are "
                        "predictions or references.</p></figcaption>"));
  EXPECT_THAT(html, HasSubstr("<caption>Figure 2: Title &lt;of&gt; other data</caption>"));
  EXPECT_THAT(MarkupProblems(html), IsEmpty());
}

TEST(ReportFigures, NumbersFiguresThroughAndRefersToThem) {
  const std::string html = ReportHtml(std::vector{WithNotes(), Example("other")});
  EXPECT_THAT(html,
              AllOf(HasSubstr("shown in <a href=\"#figure-1-1\">Figures 1 and 2</a>, and more of it in "
                              "<a href=\"#figure-1-3\">Figure 3</a> among the details"),
                    HasSubstr("shown in <a href=\"#figure-2-1\">Figures 4 and 5</a>."),
                    HasSubstr("Title of rotation</a>: <a href=\"#figure-1-1\">Figures 1 to 3</a></li>")));
}

TEST(ReportFigures, NeighboursWithTheSameSeriesHaveOneLegendAboveThem) {
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

TEST(ReportFigures, ShowsAFigureWithoutANoteUnderItsName) {
  Result result = WithNotes();
  result.figures.erase(result.figures.begin());
  const std::string html = ReportHtml(std::vector{result});
  EXPECT_THAT(html, HasSubstr("<figure><h4>Other data</h4>\n<ul"));
  EXPECT_THAT(html, HasSubstr("<figure><ul"));  // loss against epoch has neither a note nor a name
}

TEST(ReportFigures, KeepsTheNoteOfAFigureThatCannotBeDrawn) {
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

TEST(ReportFigures, EveryColourOfAFigureHasALighterOneForDarkPages) {
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

// Three figures of error against depth, one below the other.
Result WithCaptions(const std::vector<std::string>& captions) {
  Result result = Example("rotation");
  const Series series = result.series[0];
  result.series.clear();
  for (const std::string& caption : captions) {
    result.series.push_back(series);
    result.series.back().figure = "figure " + std::to_string(result.series.size());
    result.figures.push_back(
        {.x_name = "depth", .y_name = "test_error", .figure = result.series.back().figure, .caption = caption});
  }
  return result;
}

TEST(ReportFigures, SayOnceWhatCaptionsRepeat) {
  const std::string said = std::string(75, 'a') + " <b>.";  // 80 characters
  const std::string html =
      ReportHtml(std::vector{WithCaptions({said, said, said + " More & more.", said + "\nBelow.", said + ".."})});
  const std::string as = "As in <a href=\"#figure-1-1\">Figure 1</a>.";
  EXPECT_THAT(html, HasSubstr("<b>Figure 1.</b> " + std::string(75, 'a') + " &lt;b&gt;.</p>"));
  EXPECT_THAT(html, HasSubstr("<b>Figure 2.</b> " + as + "</p>"));
  EXPECT_THAT(html, HasSubstr("<b>Figure 3.</b> " + as + " More &amp; more.</p>"));
  EXPECT_THAT(html, HasSubstr("<b>Figure 4.</b> " + as + "</p>\n<p>Below.</p>"));
  EXPECT_THAT(html, HasSubstr("<b>Figure 5.</b> " + std::string(75, 'a') + " &lt;b&gt;...</p>")) << "another word";
  EXPECT_THAT(MarkupProblems(html), IsEmpty());
  const std::string details = "as long as those that are referred to, but among the details, which are folded away";
  Result folded = WithCaptions({details, details});
  folded.figures[1].is_detail = true;
  EXPECT_THAT(ReportHtml(std::vector{folded}), HasSubstr("<b>Figure 2.</b> as long"));
}

TEST(ReportFigures, RepeatShortCaptions) {
  const std::string said(79, 'a');
  EXPECT_THAT(ReportHtml(std::vector{WithCaptions({said, said})}), HasSubstr("<b>Figure 2.</b> " + said + "</p>"));
}

TEST(ReportFigures, DoNotReferToOneThatCannotBeDrawn) {
  const std::string said(80, 'a');
  Result result = WithCaptions({said, said, said});
  result.series[0].y.assign(2, std::numeric_limits<double>::quiet_NaN());
  const std::string html = ReportHtml(std::vector{result});
  EXPECT_THAT(html, HasSubstr("<b>Figure 1.</b> " + said + "</p>"));
  EXPECT_THAT(html, HasSubstr("<b>Figure 2.</b> As in <a href=\"#figure-1-2\">Figure 1</a>.</p>"));
}

}  // namespace
}  // namespace hyperwidth
