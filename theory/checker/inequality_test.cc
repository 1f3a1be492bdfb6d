// SPDX-License-Identifier: Apache-2.0
//
// The inequalities of all statements at their edge, by formulas written down anew: as many parameters as are
// insufficient, and one more.

#include <cmath>
#include <cstdint>
#include <functional>
#include <numbers>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "theory/checker/certificate_checker.h"
#include "theory/checker/certificate_lines.h"

namespace hyperwidth::checker {
namespace {

struct Points {
  std::int64_t all = 0, conditions = 0;
};

// One by one.
Points Counted(const HandWritten& hand) {
  const bool is_checkerboard = hand.layout == "checkerboard";
  const auto per_axis = [&](int cells) {
    return is_checkerboard ? 2 * cells + 1 : hand.layout == "nodes" ? cells + 1 : std::max(cells, 1);
  };
  Points points;
  for (int i = 0; i < (hand.ignores_condition ? 1 : per_axis(hand.condition_cells)); ++i) {
    const std::int64_t before = points.all;
    for (int x = 0; x < per_axis(hand.x_cells); ++x) points.all += is_checkerboard ? (x + i + 1) % 2 : 1;
    points.conditions += points.all > before ? 1 : 0;
  }
  return points;
}

// log2 of Warren's bound 2 (2 e p D / V)^V.
long double Warren(long double polynomials, long double degree, long double variables) {
  return 1 + variables * std::log2(2 * std::numbers::e_v<long double> * polynomials * degree / variables);
}

long double PatternBits(const HandWritten& hand, const Points& points, std::int64_t parameters) {
  const bool is_total = hand.statement == "certified.hypernetwork_total";
  const bool is_embedded = hand.statement.starts_with("certified.embedding") && !hand.ignores_condition;
  std::int64_t kappa = 0;
  if (is_embedded) kappa = hand.embedding_dim;
  if (is_embedded && hand.statement == "certified.embedding_any_dimension") {
    while ((kappa + 1) * (kappa + 1) <= parameters) ++kappa;
    while (kappa * kappa > parameters) --kappa;
  }
  long double bits = 0;
  for (int i = 1; is_total && i < hand.generator_depth; ++i) {
    bits += Warren(parameters * points.conditions, i, parameters);
  }
  for (int i = 1; i <= hand.depth; ++i) {
    const std::int64_t units = i < hand.depth ? parameters : 1;
    const int degree = is_total ? i * hand.generator_depth : is_embedded ? i + 1 : i;
    bits += Warren(units * points.all, degree, parameters + kappa * points.conditions);
  }
  return bits;
}

// Every weight to a multiple of 2 (rho - epsilon) / Lambda, for the weights and widths of HandWritten.
long double RoundingBits(const HandWritten& hand, std::int64_t parameters) {
  long double power = 1;
  long double sum = 0;
  for (int layer = 0; layer < hand.depth; ++layer, power *= 10 * 100) sum += power;
  const long double rho = 1.0L / (1 + hand.x_cells + hand.condition_cells);
  return parameters * std::log2(1 + 10 * (101 * sum) / (rho - 1e-6L));
}

void ExpectEdge(HandWritten hand, const std::function<long double(std::int64_t)>& bits) {
  const Points points = Counted(hand);
  hand.left = std::to_string(points.all);
  std::int64_t most = 0;
  while (bits(most + 1) < points.all) ++most;
  ASSERT_GT(most, 0);
  hand.insufficient = std::to_string(most);
  EXPECT_EQ(WhyNot(hand.Text()), "") << hand.Text();
  hand.insufficient = std::to_string(most + 1);
  EXPECT_NE(WhyNot(hand.Text()).find(" are not excluded"), std::string::npos) << hand.Text() << WhyNot(hand.Text());
}

void ExpectPatternEdge(const HandWritten& hand) {
  const Points points = Counted(hand);
  ExpectEdge(hand, [&](std::int64_t parameters) { return PatternBits(hand, points, parameters); });
}

TEST(Inequality, OfSignPatternsHoldsUpToItsEdge) {
  for (const std::string statement : {"certified.standard",
                                      "certified.embedding",
                                      "certified.embedding_any_dimension",
                                      "certified.hypernetwork_total"}) {
    for (const std::string layout : {"nodes", "cells", "checkerboard"}) {
      for (const int depth : {2, 3, 5}) {
        HandWritten hand{.statement = statement, .layout = layout, .x_cells = 203, .condition_cells = 7};
        hand.depth = depth;
        hand.generator_depth = depth == 3 ? 4 : 2;
        hand.embedding_dim = depth == 3 ? 1 : 3;
        ExpectPatternEdge(hand);
      }
    }
  }
}

TEST(Inequality, OfANetworkOfXHoldsUpToItsEdge) {
  for (const std::string statement :
       {"certified.primary", "certified.standard", "certified.embedding", "certified.embedding_any_dimension"}) {
    for (const int depth : {2, 4}) {
      ExpectPatternEdge({.statement = statement,
                         .x_cells = 700,
                         .condition_cells = 0,
                         .ignores_condition = true,
                         .depth = depth,
                         .embedding_dim = 5});
    }
  }
}

// Without axes of x, only every second condition has a bump, or all do where there are no axes of either kind.
TEST(Inequality, OfAGeneratorCountsTheConditionsThatHaveBumps) {
  for (const int x_cells : {0, 1}) {
    for (const std::string layout : {"nodes", "cells", "checkerboard"}) {
      ExpectPatternEdge({.statement = "certified.hypernetwork_total",
                         .layout = layout,
                         .x_cells = x_cells,
                         .condition_cells = 900,
                         .generator_depth = 5});
    }
  }
}

TEST(Inequality, OfRoundedWeightsHoldsUpToItsEdge) {
  for (const int depth : {2, 3, 7}) {
    const HandWritten hand{.statement = "certified.bounded_weights", .depth = depth};
    ExpectEdge(hand, [&](std::int64_t parameters) { return RoundingBits(hand, parameters); });
  }
}

// Units have at least as many inputs as there are coordinates, however narrow the network.
TEST(Inequality, OfRoundedWeightsTakesTheInputsForAWidth) {
  const std::string text = HandWritten{.statement = "certified.bounded_weights", .insufficient = "30"}.Text();
  EXPECT_EQ(WhyNot(text), "");
  EXPECT_NE(WhyNot(With(With(text, "axes of I", "0 of 0, 0 of 0"), "left-hand side", "41")), "");
  const std::string narrow = With(With(text, "width", "1"), "weight bound", "1");
  // With h = 2 and B = 1, Lambda is 3 (1 + 2), and the logarithm that of 1 + 9 / (1 / 61 - 10^-6) = 550.03: the 861
  // points are more than 94 of them. With h = 1 (Lambda = 4) they would be more than 107, with h = 3 (16) than 86.
  EXPECT_EQ(WhyNot(With(narrow, "insufficient", "94")), "");
  EXPECT_NE(WhyNot(With(narrow, "insufficient", "95")), "");
  // The same for h = 2 stated, with the two kinds of inputs counted together.
  EXPECT_EQ(WhyNot(With(With(narrow, "width", "2"), "insufficient", "94")), "");
  EXPECT_NE(WhyNot(With(With(narrow, "width", "3"), "insufficient", "87")), "");
}

TEST(Inequality, OfPointsHoldsUpToAllButOne) {
  for (const std::string statement : {"certified.bits", "certified.continuous_selection"}) {
    for (const std::string layout : {"nodes", "cells", "checkerboard"}) {
      HandWritten hand{.statement = statement, .layout = layout};
      const std::int64_t all = Counted(hand).all;
      hand.left = std::to_string(all);
      hand.insufficient = std::to_string(all - 1);
      EXPECT_EQ(WhyNot(hand.Text()), "");
      hand.insufficient = hand.left;
      EXPECT_NE(WhyNot(hand.Text()).find("FAILS: as many parameters as points"), std::string::npos);
    }
  }
}

TEST(Inequality, HasTheNumberOfPointsOnItsLeft) {
  for (const std::string layout : {"nodes", "cells", "checkerboard"}) {
    HandWritten hand{.layout = layout};
    const std::int64_t all = Counted(hand).all;
    for (const int change : {-1, 0, 1}) {
      hand.left = std::to_string(all + change);
      const std::string expected = change == 0 ? "" : "the left-hand side is not the number of points";
      EXPECT_EQ(Holds(hand.Text()), change == 0) << layout;
      EXPECT_NE(WhyNot(hand.Text()).find(expected), std::string::npos) << layout << WhyNot(hand.Text());
    }
  }
}

// The output layer has as many polynomials as there are points, 861. 41 scalars for each of 21 conditions are as many
// variables, besides the parameters.
TEST(Inequality, IsRefusedForMoreVariablesThanPolynomials) {
  HandWritten hand{.statement = "certified.embedding", .embedding_dim = 41, .insufficient = "1"};
  EXPECT_NE(WhyNot(hand.Text()).find("FAILS: more variables than polynomials: Warren's lemma"), std::string::npos);
  hand.embedding_dim = 40;  // 840, so that up to 21 parameters are counted
  hand.insufficient = "21";
  EXPECT_NE(WhyNot(hand.Text()).find(" are not excluded"), std::string::npos) << WhyNot(hand.Text());
  hand.insufficient = "22";
  EXPECT_NE(WhyNot(hand.Text()).find("more variables than polynomials"), std::string::npos) << WhyNot(hand.Text());
}

TEST(Inequality, NeedsARatioBelowOneAndNoSmallerThanItIs) {
  const std::string text = HandWritten{.insufficient = "20"}.Text();
  const std::string name = "right-hand side over left-hand side";
  const HandWritten hand;
  const long double ratio = PatternBits(hand, {861, 21}, 20) / 861;
  EXPECT_TRUE(Holds(With(text, name, std::to_string(ratio + 2e-6L))));
  EXPECT_NE(WhyNot(With(text, name, std::to_string(ratio - 2e-6L))).find("FAILS: the right-hand side is stated too"),
            std::string::npos);
  EXPECT_TRUE(Holds(With(text, name, "0.99999999999999999999")));
  for (const std::string stated : {"1", "1.5"}) {
    EXPECT_NE(WhyNot(With(text, name, stated)).find("FAILS: the right-hand side is stated to be no smaller than the"),
              std::string::npos);
  }
}

}  // namespace
}  // namespace hyperwidth::checker
