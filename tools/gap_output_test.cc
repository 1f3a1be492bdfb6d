// SPDX-License-Identifier: Apache-2.0

#include "tools/gap_output.h"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "gtest/gtest.h"

namespace hyperwidth {
namespace {

const Problem kExample{.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 1e-3};

TEST(GapSeriesJson, HasOneObjectPerEpsilon) {
  const auto json = nlohmann::json::parse(GapSeriesJson(kExample, GapOverEpsilon(kExample, 0.1, 4)));
  ASSERT_EQ(json["gaps"].size(), 4u);
  EXPECT_EQ(json["gaps"][3]["epsilon"], 1e-3);
  EXPECT_EQ(json["gaps"][3]["constructed"], 3001);
  EXPECT_GT(json["gaps"][3]["value"], 150);
  EXPECT_GE(json["gaps"][3]["crossover_embedding_dim"], 17);
}

TEST(GapFigureScript, LabelsPowersOfTenFewEnoughToRead) {
  const std::string narrow = GapFigureScript(kExample, GapOverEpsilon(kExample, 0.1, 3));
  EXPECT_NE(narrow.find("set xtics 1\nset format x '10^{%.0f}'"), std::string::npos) << narrow;
  Problem fine = kExample;
  fine.epsilon = 1e-60;
  const std::string wide = GapFigureScript(fine, GapOverEpsilon(fine, 0.1, 3));
  EXPECT_NE(wide.find("set xtics 10\nset format x '10^{%.0f}'"), std::string::npos) << wide;
}

// r = 2, m1 = 3, m2 = 64: no gap at any of these, which a ratio of 0.0002 would hide.
TEST(GapFigureScript, MarksNothingWhereNothingIsProved) {
  const Problem silent{.smoothness = 2, .primary_dim = 3, .condition_dim = 64, .epsilon = 0.2};
  const std::string script = GapFigureScript(silent, GapOverEpsilon(silent, 0.2, 1));
  const GapPoint point = GapOverEpsilon(silent, 0.2, 1).front();
  ASSERT_EQ(point.gap.embedding.value, 1);
  EXPECT_NE(script.find(" NaN 3.16"), std::string::npos) << script;  // the 1,456 that are built
  EXPECT_NE(script.find(" NaN\nEOD"), std::string::npos) << script;
  EXPECT_EQ(GapFigureScript(kExample, GapOverEpsilon(kExample, 0.001, 1)).find("NaN"), std::string::npos);
}

TEST(GapTable, SaysInWordsWhereNoGapIsProvedAndWhereOneBeginsToBe) {
  const Problem silent{.smoothness = 2, .primary_dim = 3, .condition_dim = 64, .epsilon = 0.05};
  const std::string table = GapTable(silent, GapOverEpsilon(silent, 0.5, 3));
  EXPECT_NE(table.find("No gap is proved for any eps of this range."), std::string::npos) << table;
  EXPECT_NE(table.find("begins to be proved at eps = 6.91e-05"), std::string::npos) << table;
  EXPECT_NE(table.find("none     1  none"), std::string::npos) << table;
  EXPECT_EQ(table.find(">= 1 "), std::string::npos) << table;
  const auto json = nlohmann::json::parse(GapSeriesJson(silent, GapOverEpsilon(silent, 0.5, 3)));
  EXPECT_EQ(json["proved_from_epsilon"], 6.91e-05);
  EXPECT_EQ(json["gaps"][0]["proved"], false);
  const std::string example = GapTable(kExample, GapOverEpsilon(kExample, 0.01, 3));
  EXPECT_NE(example.find("at least 972.9 times as many"), std::string::npos) << example;
  EXPECT_EQ(example.find("begins to be"), std::string::npos) << example;
}

TEST(GapTable, ShowsEveryEpsilon) {
  const std::string table = GapTable(kExample, GapOverEpsilon(kExample, 0.1, 3));
  EXPECT_NE(table.find("0.1 "), std::string::npos) << table;
  EXPECT_NE(table.find("0.01 "), std::string::npos) << table;
  EXPECT_NE(table.find("0.001 "), std::string::npos) << table;
}

}  // namespace
}  // namespace hyperwidth
