// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/series_look.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "experiments/report/markup_check.h"

namespace hyperwidth {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::vector<Series> Many(std::size_t measured, std::size_t predicted) {
  std::vector<Series> series(measured + predicted);
  for (std::size_t i = measured; i < series.size(); ++i) series[i].style = SeriesStyle::kLine;
  return series;
}

// Of a colour "#rrggbb", as the Web Content Accessibility Guidelines 2.1 define it.
double RelativeLuminance(const std::string& colour) {
  double luminance = 0;
  const double weights[] = {0.2126, 0.7152, 0.0722};
  for (std::size_t i = 0; i < 3; ++i) {
    const double value = std::stoi(colour.substr(1 + 2 * i, 2), nullptr, 16) / 255.0;
    luminance += weights[i] * (value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4));
  }
  return luminance;
}

TEST(LooksOf, TellsTwentyFourMeasuredSeriesAndEightPredictionsApart) {
  std::set<std::tuple<std::string, int, int>> looks;
  for (const SeriesLook& look : LooksOf(Many(24, 8))) looks.insert({look.colour, look.marker, look.dash});
  EXPECT_EQ(looks.size(), 32u);
}

TEST(LooksOf, DoesNotJoinMarks) {
  std::vector<Series> series = Many(2, 0);
  series[1].style = SeriesStyle::kMarks;
  const std::vector<SeriesLook> looks = LooksOf(series);
  EXPECT_TRUE(looks[0].is_joined);
  EXPECT_FALSE(looks[1].is_joined);
  EXPECT_EQ(looks[1].colour, LooksOf(Many(2, 0))[1].colour);
  EXPECT_THAT(Swatch(looks[0]), HasSubstr("M1,6H29"));
  EXPECT_THAT(Swatch(looks[1]), Not(HasSubstr("M1,6H29")));
}

TEST(LooksOf, GivesTheFirstEightMeasuredSeriesAColourEach) {
  std::set<std::string> colours;
  for (const SeriesLook& look : LooksOf(Many(8, 0))) colours.insert(look.colour);
  EXPECT_EQ(colours.size(), 8u);
}

TEST(LooksOf, CountsMeasuredSeriesAndPredictionsApart) {
  std::vector<Series> series = Many(2, 0);
  series.insert(series.begin() + 1, Series{.style = SeriesStyle::kLine});
  const std::vector<SeriesLook> mixed = LooksOf(series), measured = LooksOf(Many(2, 0));
  EXPECT_EQ(mixed[0].colour, measured[0].colour);
  EXPECT_EQ(mixed[2].colour, measured[1].colour);
  EXPECT_TRUE(mixed[1].is_line());
  EXPECT_FALSE(mixed[2].is_line());
}

TEST(LooksOf, AModelLooksTheSameWhoeverElseIsInTheFigure) {
  const auto look = [](const std::vector<std::string>& names, std::size_t at) {
    std::vector<Series> series(names.size());
    for (std::size_t i = 0; i < names.size(); ++i) series[i].name = names[i];
    const SeriesLook found = LooksOf(series).at(at);
    return std::pair(found.colour, found.marker);
  };
  const auto hypernetwork = look({"hypernetwork", "embedding"}, 0), embedding = look({"hypernetwork", "embedding"}, 1);
  EXPECT_EQ(look({"embedding"}, 0), embedding);
  EXPECT_EQ(look({"concat", "embedding", "film", "hypernetwork"}, 1), embedding);
  EXPECT_EQ(look({"concat", "embedding", "film", "hypernetwork"}, 3), hypernetwork);
  EXPECT_NE(look({"concat", "embedding", "film", "hypernetwork"}, 0), hypernetwork);
  EXPECT_NE(look({"hypernetwork", "hypernetwork"}, 1), hypernetwork);
  EXPECT_EQ(look({"relu"}, 0), hypernetwork) << "where there is none, others have its colour";
}

TEST(LooksOf, LeavesNoTwoAlikeWhereSomeHaveTheirPlace) {
  std::vector<Series> series = Many(24, 0);
  series[7].name = "embedding";
  series[23].name = "hypernetwork";
  std::set<std::pair<std::string, int>> looks;
  for (const SeriesLook& look : LooksOf(series)) looks.insert({look.colour, look.marker});
  EXPECT_EQ(looks.size(), 24u);
}

TEST(ColouredLooks, AreLighterOnADarkPage) {
  const std::vector<SeriesLook> looks = ColouredLooks();
  EXPECT_EQ(looks.size(), 8u);
  for (const SeriesLook& look : looks) {
    EXPECT_GT(RelativeLuminance(look.dark), RelativeLuminance(look.colour)) << look.colour;
    // Graphics need a contrast of 3 : 1 [Web Content Accessibility Guidelines 2.1, 1.4.11], here to the dark page.
    EXPECT_GT((RelativeLuminance(look.dark) + 0.05) / (RelativeLuminance("#14171c") + 0.05), 3) << look.dark;
  }
}

TEST(Swatch, HasTheColourAndMarkerOrDashesOfItsSeries) {
  const std::vector<SeriesLook> looks = LooksOf(Many(9, 2));
  EXPECT_THAT(MarkupProblems(Swatch(looks[0])), IsEmpty());
  EXPECT_THAT(Swatch(looks[0]), HasSubstr("fill=\"#0072b2\" stroke=\"#0072b2\""));
  EXPECT_THAT(Swatch(looks[0]), Not(HasSubstr("dasharray")));
  EXPECT_THAT(Swatch(looks[8]), HasSubstr("fill=\"none\" stroke=\"#0072b2\" stroke-width=\"1.2\"")) << "open";
  EXPECT_THAT(MarkupProblems(Swatch(looks[9])), IsEmpty());
  EXPECT_THAT(Swatch(looks[9]), HasSubstr("stroke=\"currentColor\""));
  EXPECT_THAT(Swatch(looks[9]), HasSubstr("dasharray"));
  std::set<std::string> swatches;
  for (const SeriesLook& look : LooksOf(Many(24, 8))) swatches.insert(Swatch(look));
  EXPECT_EQ(swatches.size(), 32u);
}

}  // namespace
}  // namespace hyperwidth
