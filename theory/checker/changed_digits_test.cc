// SPDX-License-Identifier: Apache-2.0
//
// A certificate with a few other digits must not keep the checker busy. What it says of each is not the point, only how
// long all together take.

#include <gtest/gtest.h>

#include <ctime>
#include <string>
#include <vector>

#include "theory/checker/certificate_lines.h"

namespace hyperwidth::checker {
namespace {

constexpr double kSeconds = 10;  // of processor time, for all, also under a sanitizer

std::string Nines(int digits) { return std::string(static_cast<std::size_t>(digits), '9'); }

// Smooth bumps of the highest order on as many axes as a file may have.
std::string OfManyAxes(const std::string& cells, const std::string& epsilon) {
  std::string text = HandWritten{.statement = "certified.bits"}.Text();
  std::string seminorms = "1";
  for (int i = 0; i < 64; ++i) seminorms += " " + Nines(30) + "." + Nines(300);
  for (const auto& [name, value] :
       std::vector<std::pair<std::string, std::string>>{{"smoothness", "64"},
                                                        {"dimension of x", "20000"},
                                                        {"dimension of I", "20000"},
                                                        {"bump", "perfect-spline 64"},
                                                        {"seminorms", seminorms},
                                                        {"epsilon", epsilon},
                                                        {"axes of x", "10000 of " + cells + ", 10000 of " + cells},
                                                        {"axes of I", "10000 of " + cells + ", 10000 of " + cells}}) {
    text = With(text, name, value);
  }
  return text;
}

std::string OfDepth(const std::string& depth, const std::string& parameters) {
  std::string text = HandWritten{.statement = "certified.standard", .depth = std::stoi(depth)}.Text();
  text = With(text, "insufficient", parameters);
  return text;
}

TEST(ChangedDigits, DoNotKeepTheCheckerBusy) {
  const std::clock_t start = std::clock();
  for (const std::string& text :
       {OfManyAxes("1", "1e-400"),
        OfManyAxes("0", "1e-400"),
        OfManyAxes(Nines(4000), "1e-400"),
        OfDepth("1000000", "1"),
        OfDepth("1000000", Nines(4000)),
        With(HandWritten{.statement = "certified.bits"}.Text() + "error: rms\nmean square: 0." + Nines(390) + "\n",
             "axes of x",
             "20000 of 1, 0 of 0")}) {
    EXPECT_FALSE(Holds(text));
  }
  EXPECT_LT(static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC, kSeconds);
}

}  // namespace
}  // namespace hyperwidth::checker
