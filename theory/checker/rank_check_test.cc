// SPDX-License-Identifier: Apache-2.0

#include "theory/checker/rank_check.h"

#include <sstream>
#include <stdexcept>
#include <string>

#include "gtest/gtest.h"
#include "theory/checker/certificate_lines.h"
#include "theory/checker/claim.h"
#include "theory/checker/failure.h"

namespace hyperwidth::checker {
namespace {

TEST(HadamardOrderOf, IsMadeFromItsRecipe) {
  EXPECT_EQ(HadamardOrderOf("2^0"), 1);
  EXPECT_EQ(HadamardOrderOf("2^5"), 32);
  EXPECT_EQ(HadamardOrderOf("2^1 * (263 + 1)"), 528);
  EXPECT_EQ(HadamardOrderOf("2^0 * 2 * (17 + 1)"), 36);
  EXPECT_EQ(HadamardOrderOf("2^3 * 2 * (5 + 1)"), 96);
  EXPECT_EQ(HadamardOrderOf("2^0 * (2147483647 + 1)"), Integer(1) << 31);
}

TEST(HadamardOrderOf, NeedsAPrimeWithTheRightRemainder) {
  // 9 = 3 * 3 and 49 = 7 * 7 leave 1, 15 and 35 leave 3; 13 leaves 1, 7 leaves 3.
  for (const char* recipe : {"2^1 * (15 + 1)",
                             "2^1 * (35 + 1)",
                             "2^1 * (13 + 1)",
                             "2^1 * 2 * (7 + 1)",
                             "2^1 * 2 * (9 + 1)",
                             "2^1 * 2 * (49 + 1)",
                             "2^1 * 2 * (1 + 1)",
                             "2^1 * (0 + 1)",
                             "2^1 * (2 + 1)"}) {
    EXPECT_THROW(HadamardOrderOf(recipe), Failure) << recipe;
  }
}

TEST(HadamardOrderOf, SaysWhatItFoundAndWhatItAccepts) {
  const auto message = [](const std::string& recipe) -> std::string {
    try {
      HadamardOrderOf(recipe);
    } catch (const Failure& failure) {
      return failure.why;
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return "accepted";
  };
  EXPECT_EQ(message("2^0 * (13 + 1)"), "13 is no prime that leaves 3 when divided by 4");
  EXPECT_EQ(message("2^0 * 2 * (7 + 1)"), "7 is no prime that leaves 1 when divided by 4");
  EXPECT_EQ(message("3^2"),
            "Hadamard matrix: found '3^2', accepted: 2^D, 2^D * (P + 1) or 2^D * 2 * (P + 1) with D at most 60");
  EXPECT_EQ(message("2^0 * (8589934593 + 1)"), "Hadamard matrix: found the prime 8589934593, accepted: at most 2^33");
}

TEST(HadamardOrderOf, RefusesOtherForms) {
  for (const char* recipe : {"",
                             "528",
                             "2^61",
                             "2^-1",
                             "2^1 * 263",
                             "2^1 * 4 * (17 + 1)",
                             "2^1 * (263 + 2)",
                             " 2^1",
                             "2^1 * (9999999999 + 1)",
                             "2^1 * (263 + 1) "}) {
    EXPECT_THROW(HadamardOrderOf(recipe), std::runtime_error) << recipe;
  }
}

// On 41 x 21 points: 12 - p must exceed 12 (B / 1000)^2.
std::string Text(const std::string& insufficient, const std::string& matrix = "2^0 * (11 + 1) points of I") {
  const HandWritten hand{.statement = "certified.continuous_selection", .insufficient = insufficient};
  const std::string text = With(With(hand.Text(), "statement", "certified.linear_decoder"), "inequality", "rank");
  return With(text, "epsilon", "0.001") + "rows: 12\nHadamard matrix: " + matrix + "\n";
}

std::string WhyNotRank(const std::string& text, const Fraction& norm) {
  try {
    std::ostringstream report;
    const CertificateText certificate(text);
    CheckForm(certificate, ClaimOf(certificate, /*ignores_condition=*/false));
    const Fraction height = norm * Fraction(1, 1000);
    CheckRank(certificate, 41, 21, height * height, report);
    return report.str();
  } catch (const Failure& failure) {
    return failure.why;
  } catch (const std::runtime_error& error) {
    return error.what();
  }
}

TEST(CheckRank, HoldsUpToTheLastFunction) {
  const std::string holds = "rank: 12 singular values are equal, and 8 functions leave 4\n";
  EXPECT_EQ(WhyNotRank(Text("8"), 577), holds) << "12 * 0.577^2 = 3.995";
  EXPECT_EQ(WhyNotRank(Text("8"), 578), "a matrix of that rank may come within epsilon") << "4.009";
  EXPECT_EQ(WhyNotRank(Text("8"), Fraction(500)), holds);
  EXPECT_EQ(WhyNotRank(Text("9"), Fraction(500)), "a matrix of that rank may come within epsilon") << "3 > 3 is false";
}

TEST(CheckRank, NeedsRowsAndAMatrixThatFitTheGrid) {
  EXPECT_EQ(WhyNotRank(Text("1", "2^1 * (11 + 1) points of I"), 100), "the Hadamard matrix is larger than the grid");
  EXPECT_EQ(WhyNotRank(Text("1", "2^1 * (11 + 1) points of x"), 100).substr(0, 5), "rank:");
  EXPECT_EQ(WhyNotRank(Text("1", "2^1 * (19 + 1) points of x"), 100).substr(0, 5), "rank:") << "40 of 41";
  EXPECT_EQ(WhyNotRank(Text("1", "2^0 * (43 + 1) points of x"), 100), "the Hadamard matrix is larger than the grid");
  EXPECT_EQ(WhyNotRank(Text("1", "2^3 points of I"), 100), "there are not as many rows");
  const auto with_rows = [](const std::string& rows) {
    return WhyNotRank(With(Text("1", "2^1 * (19 + 1) points of x"), "rows", rows), 100);
  };
  EXPECT_EQ(with_rows("21").substr(0, 5), "rank:");
  EXPECT_EQ(with_rows("22"), "there are not as many rows");
  EXPECT_EQ(WhyNotRank(With(Text("1"), "left-hand side", "862"), 100),
            "the left-hand side is not the number of points");
  EXPECT_EQ(WhyNotRank(With(Text("1"), "layout", "checkerboard"), 100),
            "the points are no product of those of x and of I");
  EXPECT_EQ(WhyNotRank(With(Text("1"), "inequality", "sign patterns"), 100),
            "the inequality is not that of the statement");
  EXPECT_EQ(WhyNotRank(Text("1", "2^3 points of y"), 100),
            "Hadamard matrix: found '2^3 points of y', accepted: .. points of x, or of I");
}

}  // namespace
}  // namespace hyperwidth::checker
