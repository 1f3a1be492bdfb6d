// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/figure.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <regex>
#include <set>
#include <stdexcept>

#include "experiments/report/markup_check.h"

namespace hyperwidth {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

Series Measured(std::vector<double> x, std::vector<double> y) {
  return {.name = "measured", .x_name = "width", .x = std::move(x), .y_name = "sup_error", .y = std::move(y)};
}

Figure Example() {
  Series measured = Measured({1, 2, 3}, {0.5, 0.25, 0.2});
  measured.y_ci95 = {{.low = 0.4, .high = 0.6}, {.low = 0.2, .high = 0.3}, {}};
  Series predicted = Measured({1, 3}, {0.5, 0.1});
  predicted.name = "predicted slope";
  predicted.style = SeriesStyle::kLine;
  return {.id = "figure-1", .series = {measured, predicted}};
}

// Markers of a colour, without the one in the legend.
std::ptrdiff_t CountMarkers(const std::string& svg, const std::string& colour) {
  const std::regex marker("<use href='#[^']*' transform='[^']*' color='" + colour + "'/>");
  return std::distance(std::sregex_iterator(svg.begin(), svg.end(), marker), std::sregex_iterator()) - 1;
}

TEST(DrawSvg, ShowsEveryPointNameAndLabel) {
  const std::string svg = DrawSvg(Example());
  EXPECT_EQ(CountMarkers(svg, "#0072b2"), 3);
  EXPECT_THAT(svg,
              AllOf(HasSubstr("measured"),
                    HasSubstr("predicted slope"),
                    HasSubstr("sup error"),
                    HasSubstr("width"),
                    HasSubstr("stroke-dasharray"),
                    HasSubstr("aria-label=\"sup error against width\"")));
  // The marks: every x, and round numbers of y.
  for (const char* label : {">1<", ">2<", ">3<", ">0<", ">0.1<", ">0.6<"}) EXPECT_THAT(svg, HasSubstr(label));
  EXPECT_THAT(MarkupProblems(svg), IsEmpty());
}

TEST(DrawSvg, PredictionsHaveNoColourAndTakeNoneFromMeasuredSeries) {
  Figure figure = Example();
  figure.series.push_back(figure.series[0]);  // another measured series after the prediction
  figure.series.push_back(figure.series[1]);
  const std::string svg = DrawSvg(figure);
  EXPECT_EQ(CountMarkers(svg, "#0072b2"), 3);
  EXPECT_EQ(CountMarkers(svg, "#d55e00"), 3);
  const std::regex dashed("stroke='?\"?([^'\" ]*)'?\"? +stroke-dasharray='([^']*)'");
  std::set<std::string> colours, dashes;
  for (std::sregex_iterator match(svg.begin(), svg.end(), dashed), end; match != end; ++match) {
    colours.insert((*match)[1]);
    dashes.insert((*match)[2]);
  }
  EXPECT_THAT(colours, ::testing::ElementsAre("currentColor"));
  EXPECT_EQ(dashes.size(), 2u);
}

TEST(DrawSvg, JoinsNoMarks) {
  // Whether a line leads to the second marker.
  const auto is_joined = [](SeriesStyle style, bool has_intervals) {
    Figure figure = Example();
    figure.series.pop_back();
    figure.series[0].style = style;
    if (!has_intervals) figure.series[0].y_ci95.clear();
    figure.has_legend = false;
    const std::string svg = DrawSvg(figure);
    EXPECT_EQ(CountMarkers(svg, "#0072b2"), 2) << "three points and no sample";
    const std::regex marker("<use href='#[^']*' transform='translate\\(([0-9.]+,[0-9.]+)\\)[^']*' color='#0072b2'/>");
    const auto second = std::next(std::sregex_iterator(svg.begin(), svg.end(), marker));
    return svg.find("L" + (*second)[1].str()) != std::string::npos;
  };
  for (const bool has_intervals : {false, true}) {
    EXPECT_TRUE(is_joined(SeriesStyle::kPoints, has_intervals)) << has_intervals;
    EXPECT_FALSE(is_joined(SeriesStyle::kMarks, has_intervals)) << has_intervals;
  }
}

TEST(Spaced, WritesUnderscoresAsBlanksAndWordsAsTheyAreCalled) {
  EXPECT_EQ(Spaced("test_error"), "test error");
  EXPECT_EQ(Spaced("relative_l2_error"), "relative L2 error");
  EXPECT_EQ(Spaced("l2"), "L2");
  EXPECT_EQ(Spaced("embedding_dim"), "embedding dimension");
  EXPECT_EQ(Spaced("l20_l2a__dims"), "l20 l2a  dims");
  EXPECT_EQ(Spaced(""), "");
}

TEST(DrawSvg, DrawsTheSameWithoutALegendIfNoneIsWanted) {
  Figure figure = Example();
  figure.has_legend = false;
  const std::string svg = DrawSvg(figure);
  EXPECT_EQ(CountMarkers(svg, "#0072b2"), 2) << "three points and no sample";
  EXPECT_THAT(svg, AllOf(HasSubstr("<title>predicted slope</title>"), HasSubstr("viewBox=\"0 0 500 340\"")));
  EXPECT_EQ(svg.find("predicted slope"), svg.rfind("predicted slope")) << "in the title of the curve alone";
  const std::string with_legend = DrawSvg(Example());
  EXPECT_NE(with_legend.find("predicted slope"), with_legend.rfind("predicted slope"));
}

TEST(DrawSvg, ASeriesKeepsItsColourWhereAnotherHasNoPoint) {
  Figure figure{.id = "f", .series = {Measured({1}, {kNan}), Measured({1, 2}, {1, 2})}};
  EXPECT_EQ(CountMarkers(DrawSvg(figure), "#d55e00"), 2);
}

TEST(DrawSvg, WritesPowersOfTenWithTheExponentRaised) {
  const std::string svg = DrawSvg({.id = "f", .series = {Measured({1, 2, 3}, {1e-6, 1e-3, 1})}});
  EXPECT_THAT(svg, ::testing::ContainsRegex(">10</tspan><tspan  *font-size=\"11.2\" dy=\"-7.00px\">-6</tspan>"));
}

TEST(DrawSvg, IsTheSameEveryTimeAndSharesNoIdWithAnotherFigure) {
  Figure other = Example();
  other.id = "figure-2";
  EXPECT_EQ(DrawSvg(Example()), DrawSvg(Example()));
  EXPECT_THAT(MarkupProblems(DrawSvg(Example()) + DrawSvg(other)), IsEmpty());
  EXPECT_THAT(MarkupProblems(DrawSvg(Example()) + DrawSvg(Example())), Not(IsEmpty()));  // the check can fail
}

TEST(DrawSvg, LeavesOutWhatHasNoPlace) {
  EXPECT_EQ(CountMarkers(DrawSvg({.id = "f", .series = {Measured({1, 2, 3, 4}, {0.1, kNan, 0.3, 0.2})}}), "#0072b2"),
            3);
  Series logarithmic = Measured({1, 2, 3, 4}, {0.1, 0, 0.3, -1});
  logarithmic.y_scale = AxisScale::kLogarithmic;
  EXPECT_EQ(CountMarkers(DrawSvg({.id = "f", .series = {logarithmic}}), "#0072b2"), 2);
  // A series without any finite point is not in the legend either.
  Series nothing = Measured({1, 2}, {kNan, kNan});
  nothing.name = "absent";
  EXPECT_THAT(DrawSvg({.id = "f", .series = {Measured({1, 2}, {1, 2}), nothing}}), Not(HasSubstr("absent")));
}

TEST(DrawSvg, AnIntervalDownToZeroFitsALogarithmicAxis) {
  Series series = Measured({1, 2, 3}, {0.5, 0.01, 0.002});
  series.y_ci95 = {{.low = 0.4, .high = 0.6}, {.low = -0.01, .high = 0.03}, {.low = 0, .high = 0.004}};
  series.y_scale = AxisScale::kLogarithmic;
  EXPECT_EQ(CountMarkers(DrawSvg({.id = "f", .series = {series}}), "#0072b2"), 3);
}

TEST(DrawSvg, WritesNamesAsTextWhateverTheyContain) {
  Figure figure = Example();
  figure.title = "<script>alert('1')</script> & \"more\" `ls` $x {sub}_y^z \\n";
  figure.series[0].name = "it's </text><g id='x'>";
  figure.series[1].name = "@macro %d ~";
  figure.x_label = "x'\nset output '/tmp/no'";
  const std::string svg = DrawSvg(figure);
  EXPECT_THAT(MarkupProblems(svg), IsEmpty());
  EXPECT_THAT(svg,
              AllOf(HasSubstr("&lt;script>"),
                    HasSubstr("`ls` $x {sub}_y^z \\n"),
                    HasSubstr("@macro %d ~"),
                    HasSubstr("x' set output '/tmp/no'")));
}

TEST(DrawSvg, CutsLongNamesBetweenCharacters) {
  Figure figure = Example();
  figure.series[0].name.clear();
  for (int i = 0; i < 60; ++i) figure.series[0].name += "é";
  const std::string svg = DrawSvg(figure);
  EXPECT_THAT(svg, HasSubstr("é..."));
  EXPECT_THAT(svg, Not(HasSubstr("\xc3...")));
}

TEST(DrawSvg, RefusesWhatCannotBeDrawn) {
  EXPECT_THROW(DrawSvg({.id = "f"}), std::invalid_argument);
  EXPECT_THROW(DrawSvg({.id = "f", .series = {Measured({1}, {kNan})}}), std::invalid_argument);
  EXPECT_THROW(DrawSvg({.id = "f", .series = {Measured({1, 2}, {1})}}), std::invalid_argument);
  EXPECT_THROW(DrawSvg({.id = "no good", .series = {Measured({1}, {1})}}), std::invalid_argument);
}

}  // namespace
}  // namespace hyperwidth
