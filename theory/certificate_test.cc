// SPDX-License-Identifier: Apache-2.0

#include "theory/certificate.h"

#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "theory/checker/certificate_checker.h"
#include "theory/checker/certificate_lines.h"
#include "theory/domain_check.h"
#include "theory/lower_bounds.h"

namespace hyperwidth {
namespace {

using checker::ValueOf;

// All of whose numbers differ.
const Problem kProblem{.smoothness = 2,
                       .primary_dim = 3,
                       .condition_dim = 1,
                       .epsilon = 2.5e-4,
                       .depth = 4,
                       .generator_depth = 5,
                       .embedding_dim = 7,
                       .weight_bound = 2.5,
                       .width = 30};

const Problem kPlain{.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 1e-3};

std::string Of(const Problem& problem, const std::string& statement) {
  return CertificateFor(LowerBounds(problem), "certified." + statement);
}

std::string Refusal(const Problem& problem, const std::string& id) {
  try {
    CertificateFor(LowerBounds(problem), id);
  } catch (const std::domain_error& error) {
    return error.what();
  }
  return "";
}

const std::string kRatio = "right-hand side over left-hand side";

const std::string kProblemLines =
    "smoothness: 2\n"
    "dimension of x: 3\n"
    "dimension of I: 1\n"
    "epsilon: 0.00025\n"
    "radius: 1\n"
    "norm: sum\n"
    "depth: 4\n"
    "generator depth: 5\n"
    "embedding dimension: 7\n"
    "weight bound: 2.5\n"
    "width: 30\n"
    "layout: nodes\n"
    "bump: cosine-power 2\n"
    "seminorms: 1 1.570798 4.934808\n";

// 11 * 12^2 * 11 points; the last line is log2 of the product of Warren's bounds for the eight layers, over them.
TEST(Certificate, OfAHypernetworkIsWrittenOut) {
  EXPECT_EQ(Of(kProblem, "hypernetwork_total"),
            "certificate: 2\nstatement: certified.hypernetwork_total\n" + kProblemLines +
                "axes of x: 1 of 10, 2 of 11\n"
                "axes of I: 1 of 10, 0 of 11\n"
                "inequality: sign patterns\n"
                "scalars per condition: 0\n"
                "layers: 4 units N points conditions condition no degrees from 1 times 1 (hidden layers of the "
                "generator)\n"
                "layers: 3 units N points all condition no degrees from 1 times 5 (hidden layers of the primary "
                "network)\n"
                "layers: 1 units 1 points all condition no degrees from 4 times 5 (output)\n"
                "insufficient: 172\n"
                "left-hand side: 17424\n"
                "right-hand side over left-hand side: 0.995162978067305341326324614234336404\n");
}

TEST(Certificate, OfAnEmbeddingIsWrittenOut) {
  EXPECT_EQ(Of(kProblem, "embedding"),
            "certificate: 2\nstatement: certified.embedding\n" + kProblemLines +
                "axes of x: 2 of 11, 1 of 12\n"
                "axes of I: 1 of 8, 0 of 9\n"
                "inequality: sign patterns\n"
                "scalars per condition: 7\n"
                "layers: 3 units N points all condition yes degrees from 2 times 1 (hidden layers)\n"
                "layers: 1 units 1 points all condition yes degrees from 5 times 1 (output)\n"
                "insufficient: 201\n"
                "left-hand side: 16848\n"
                "right-hand side over left-hand side: 0.997044383617861818268217727223143249\n");
}

TEST(Certificate, OfBitsHasNoLayersAndNoRatio) {
  EXPECT_EQ(Of(kProblem, "bits"),
            "certificate: 2\nstatement: certified.bits\n" + kProblemLines +
                "axes of x: 1 of 10, 2 of 11\n"
                "axes of I: 1 of 10, 0 of 11\n"
                "inequality: fewer than points\n"
                "insufficient: 17423\n"
                "left-hand side: 17424\n");
}

TEST(Certificate, OfBoundedWeightsHasNoLayersButARatio) {
  const std::string text = Of(kProblem, "bounded_weights");
  EXPECT_EQ(text.rfind("certificate: 2\nstatement: certified.bounded_weights\n" + kProblemLines +
                           "axes of x: 1 of 10, 2 of 11\n"
                           "axes of I: 1 of 10, 0 of 11\n"
                           "inequality: rounded weights\n"
                           "insufficient: 414\n"
                           "left-hand side: 17424\n"
                           "right-hand side over left-hand side: 0.9967872406980",
                       0),
            0u)
      << text;
}

// 665 * 667^2 points of a checkerboard, the even half.
TEST(Certificate, NamesTheCheckerboardAndTheSpline) {
  const std::string text = Of(kPlain, "standard");
  EXPECT_EQ(ValueOf(text, "layout"), "checkerboard");
  EXPECT_EQ(ValueOf(text, "bump"), "perfect-spline 1");
  EXPECT_EQ(ValueOf(text, "seminorms"), "1 1");
  EXPECT_EQ(ValueOf(text, "axes of x"), "1 of 332, 0 of 333");
  EXPECT_EQ(ValueOf(text, "axes of I"), "2 of 333, 0 of 334");
  EXPECT_EQ(ValueOf(text, "left-hand side"), "147925593");
}

TEST(Certificate, OfADenseEmbeddingHasTheRootOfNScalars) {
  Problem problem = kPlain;
  problem.primary_dim = 2;  // for one input linear pieces are more
  const std::string text = Of(problem, "embedding_any_dimension");
  EXPECT_EQ(ValueOf(text, "scalars per condition"), "sqrt(N)");
  EXPECT_EQ(ValueOf(text, "layers"), "1 units N points all condition yes degrees from 2 times 1 (hidden layers)");
}

// An embedding so large that the bound for a single I is better: that of a network of x.
TEST(Certificate, OfALargeEmbeddingIsThatOfANetworkOfX) {
  Problem problem = kPlain;
  problem.primary_dim = 3;  // for one input linear pieces are more
  problem.embedding_dim = 1000000000;
  const std::string text = Of(problem, "embedding");
  EXPECT_EQ(text.substr(text.find("layout")), Of(problem, "primary").substr(Of(problem, "primary").find("layout")));
  EXPECT_EQ(ValueOf(text, "axes of I"), "0 of 0, 0 of 1");
  EXPECT_EQ(ValueOf(text, "scalars per condition"), "0");
  EXPECT_EQ(ValueOf(text, "layers"), "1 units N points all condition no degrees from 1 times 1 (hidden layers)");
}

TEST(Certificate, ClaimsThatOneParameterLessThanTheBoundIsInsufficient) {
  for (const Problem& problem : {kProblem, kPlain}) {
    const LowerBounds bounds(problem);
    const auto expect = [&](const std::string& statement, const CertifiedBound& bound) {
      EXPECT_EQ(ValueOf(CertificateFor(bounds, "certified." + statement), "insufficient"),
                std::to_string(*bound.count.value - 1));
    };
    expect("continuous_selection", bounds.ContinuousSelection());
    expect("bits", bounds.ContinuousSelection());
    expect("standard", bounds.Standard());
    expect("primary", bounds.Primary());
    expect("embedding", bounds.Embedding());
    expect("embedding_any_dimension", bounds.DenseEmbedding());
    expect("hypernetwork_total", bounds.HypernetworkTotal());
  }
}

// Every network has a parameter: nothing is to be proved, and no ratio stated.
TEST(Certificate, OfABoundThatSaysNothingHasNoRatio) {
  for (const std::string statement : {"standard", "bounded_weights", "hypernetwork_total"}) {
    const std::string text = Of({.primary_dim = 2, .condition_dim = 2, .epsilon = 0.9}, statement);
    EXPECT_EQ(ValueOf(text, "insufficient"), "0");
    EXPECT_EQ(text.find(kRatio), std::string::npos);
  }
  for (const std::string statement : {"bounded_weights", "hypernetwork_total"}) {
    const std::string text = Of({.epsilon = 0.12}, statement);
    EXPECT_EQ(ValueOf(text, "insufficient"), "1");  // the least of which there is something to say
    EXPECT_TRUE(CheckCertificate(text).holds);
  }
}

TEST(Certificate, HoldsForEveryStatement) {
  EXPECT_EQ(CertifiableStatements(),
            (std::vector<std::string>{"certified.continuous_selection",
                                      "certified.standard",
                                      "certified.primary",
                                      "certified.embedding",
                                      "certified.embedding_any_dimension",
                                      "certified.hypernetwork_total",
                                      "certified.bits",
                                      "certified.bounded_weights",
                                      "certified.continuous_encoder",
                                      "certified.linear_decoder"}));
  const LowerBounds bounds(kProblem);
  for (const std::string& id : CertifiableStatements()) {
    EXPECT_TRUE(CheckCertificate(CertificateFor(bounds, id)).holds) << id;
  }
}

// Two sides of 4000 digits. Counts beyond 2^53 are known by their logarithms: less is claimed by a 10^-12 part of them.
TEST(Certificate, IsWrittenForUpTo4000Digits) {
  const Problem problem{.primary_dim = 199, .condition_dim = 200, .epsilon = 4.8e-13};
  const LowerBounds bounds(problem);
  const double log10_bumps = bounds.ContinuousSelection().count.log10;
  ASSERT_GT(log10_bumps, 3990);
  ASSERT_LT(log10_bumps, 4000);
  const std::string text = CertificateFor(bounds, "certified.bits");
  const std::string insufficient = ValueOf(text, "insufficient");
  const auto log10_of = [](const std::string& digits) {
    return std::log10(std::stod(digits.substr(0, 15))) + static_cast<double>(digits.size()) - 15;
  };
  EXPECT_NEAR(log10_of(ValueOf(text, "left-hand side")), log10_bumps, 1e-10);
  EXPECT_LT(log10_of(insufficient), log10_bumps * (1 - 0.9e-12));
  EXPECT_GT(log10_of(insufficient), log10_bumps * (1 - 1.3e-12));
  EXPECT_TRUE(CheckCertificate(text).holds);
}

TEST(Certificate, IsRefusedBeyond4000Digits) {
  Problem problem{.primary_dim = 201, .condition_dim = 200, .epsilon = 4.95e-13};
  const double log10_count = LowerBounds(problem).Standard().count.log10;
  ASSERT_GT(log10_count, 4000);
  EXPECT_EQ(Refusal(problem, "certified.standard"),
            "a count of 10^" + ShortestDecimal(log10_count) + " has too many digits for a certificate");
  EXPECT_EQ(Refusal(problem, "certified.primary"), "");
  problem.primary_dim = 200;  // the count has fewer digits than that, the bumps have more
  const CertifiedBound bound = LowerBounds(problem).Standard();
  ASSERT_LT(bound.count.log10, 4000);
  const std::string refusal = Refusal(problem, "certified.standard");
  EXPECT_EQ(refusal.rfind("10^4001.", 0), 0u) << refusal;
  EXPECT_NE(refusal.find(" bumps have too many digits for a certificate"), std::string::npos) << refusal;
  EXPECT_NEAR(std::stod(refusal.substr(3)), bound.grid.Log2Points() * std::log10(2), 1e-6);
}

// The same to the digit: 10^3999.7 and 10^4000.7 bumps.
TEST(Certificate, HasItsLimitAt4000Digits) {
  Problem problem{.primary_dim = 200, .condition_dim = 200, .epsilon = 5e-13};
  EXPECT_EQ(Refusal(problem, "certified.bits"), "");
  problem.epsilon = 4.97e-13;
  const std::string refusal = Refusal(problem, "certified.bits");
  EXPECT_EQ(refusal.rfind("a count of 10^4000.7", 0), 0u) << refusal;
}

TEST(Certificate, OfBoundedWeightsIsRefusedForMoreThanAThousandLayers) {
  Problem problem = kPlain;
  problem.depth = 1000;
  EXPECT_EQ(Refusal(problem, "certified.bounded_weights"), "");
  problem.depth = 1001;
  EXPECT_EQ(Refusal(problem, "certified.bounded_weights"),
            "depth, for a certificate of bounded weights, = 1001 is outside the admissible range: an integer from 2 to "
            "1000");
  EXPECT_EQ(Refusal(problem, "certified.standard"), "");
}

TEST(Certificate, OfALinearDecoderHoldsAndClaimsOneFunctionLess) {
  const std::string text =
      CertificateFor(LowerBounds({.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 1e-3}),
                     "certified.linear_decoder");
  EXPECT_EQ(ValueOf(text, "insufficient"), "355");
  const CheckResult result = CheckCertificate(text);
  EXPECT_TRUE(result.holds) << result.report;
  EXPECT_NE(result.report.find("HOLDS: at least 356 (functions of x"), std::string::npos) << result.report;
  const std::string nothing = CertificateFor(LowerBounds({.epsilon = 0.9}), "certified.linear_decoder");
  EXPECT_EQ(ValueOf(nothing, "insufficient"), "0");
  EXPECT_TRUE(CheckCertificate(nothing).holds) << nothing;
}

TEST(Certificate, IsRefusedForStatementsWithoutOne) {
  EXPECT_EQ(Refusal(kPlain, "GW20.Thm1"), "statement = 'GW20.Thm1' has no certificate");
}

}  // namespace
}  // namespace hyperwidth
