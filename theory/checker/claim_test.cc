// SPDX-License-Identifier: Apache-2.0

#include "theory/checker/claim.h"

#include <stdexcept>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "theory/checker/certificate_lines.h"
#include "theory/checker/certificate_text.h"

namespace hyperwidth::checker {
namespace {

// Of depth 4 with a generator of depth 3 and an embedding of dimension 7, weights up to 10 and 100 units in a layer.
Claim ClaimFor(const std::string& statement, bool ignores_condition = false) {
  const HandWritten hand{.depth = 4, .generator_depth = 3, .embedding_dim = 7};
  return ClaimOf(CertificateText(With(hand.Text(), "statement", statement)), ignores_condition);
}

LayerLine Hidden(int layers, bool sees_condition, int from, int times) {
  return {.layers = layers,
          .hidden = true,
          .points = "all",
          .sees_condition = sees_condition,
          .first_degree = from,
          .degree_factor = times};
}

LayerLine Output(bool sees_condition, int from, int times) {
  LayerLine line = Hidden(1, sees_condition, from, times);
  line.hidden = false;
  return line;
}

void ExpectPatterns(const Claim& claim,
                    const std::vector<LayerLine>& layers,
                    const std::string& scalars,
                    const std::string& in_words) {
  EXPECT_EQ(claim.inequality, Inequality::kSignPatterns);
  EXPECT_EQ(claim.layers, layers);
  EXPECT_EQ(claim.scalars, scalars);
  EXPECT_EQ(claim.in_words, in_words);
}

TEST(ClaimOf, ContinuousSelectionAndBitsIsFewerThanPoints) {
  for (const std::string statement : {"certified.continuous_selection", "certified.bits"}) {
    const Claim claim = ClaimFor(statement);
    EXPECT_EQ(claim.inequality, Inequality::kFewerThanPoints);
    EXPECT_TRUE(claim.layers.empty());
    EXPECT_EQ(claim.in_words, "any network");
  }
}

TEST(ClaimOf, ALinearDecoderIsOfARank) {
  const Claim claim = ClaimFor("certified.linear_decoder");
  EXPECT_EQ(claim.inequality, Inequality::kRank);
  EXPECT_TRUE(claim.layers.empty());
  EXPECT_EQ(claim.in_words, "functions of x, their coefficients any functions of I");
}

TEST(ClaimOf, LinearPiecesAreAnAlternativeWithoutAxesOfTheCondition) {
  const HandWritten hand{.depth = 4, .embedding_dim = 7};
  const auto claim = [&](const std::string& statement, bool ignores_condition) {
    const std::string text = With(With(hand.Text(), "statement", statement), "inequality", "linear pieces");
    return ClaimOf(CertificateText(text), ignores_condition);
  };
  for (const std::string statement :
       {"certified.standard", "certified.primary", "certified.embedding", "certified.embedding_any_dimension"}) {
    EXPECT_EQ(claim(statement, true).inequality, Inequality::kLinearPieces);
    EXPECT_TRUE(claim(statement, true).layers.empty());
    EXPECT_THROW(claim(statement, false), std::runtime_error);
  }
  EXPECT_EQ(claim("certified.embedding", true).in_words, "at most 4 weight layers, embedding dimension 7");
  EXPECT_EQ(claim("certified.hypernetwork_total", true).inequality, Inequality::kSignPatterns);
  EXPECT_EQ(claim("certified.bits", true).inequality, Inequality::kFewerThanPoints);
}

TEST(ClaimOf, ContinuousEncoderCountsScalars) {
  EXPECT_EQ(ClaimFor("certified.continuous_encoder", true).inequality, Inequality::kContinuousEncoder);
  EXPECT_THROW(ClaimFor("certified.continuous_encoder", false), std::runtime_error);
}

TEST(ClaimOf, BoundedWeightsIsARounding) {
  const Claim claim = ClaimFor("certified.bounded_weights");
  EXPECT_EQ(claim.inequality, Inequality::kRoundedWeights);
  EXPECT_TRUE(claim.layers.empty());
  EXPECT_EQ(claim.in_words, "at most 4 weight layers, weights at most 10, width at most 100");
}

TEST(ClaimOf, ANetworkHasDegreesFromOneToItsDepth) {
  const std::vector<LayerLine> network = {Hidden(3, false, 1, 1), Output(false, 4, 1)};
  for (const bool ignores_condition : {false, true}) {
    ExpectPatterns(ClaimFor("certified.standard", ignores_condition), network, "0", "at most 4 weight layers");
  }
  ExpectPatterns(ClaimFor("certified.primary", true), network, "0", "at most 4 weight layers");
}

TEST(ClaimOf, AnEmbeddingRaisesAllDegreesByOne) {
  const std::vector<LayerLine> embedded = {Hidden(3, true, 2, 1), Output(true, 5, 1)};
  const std::string words = "at most 4 weight layers, embedding dimension 7";
  const std::string any = "at most 4 weight layers, dense first layer";
  ExpectPatterns(ClaimFor("certified.embedding"), embedded, "7", words);
  ExpectPatterns(ClaimFor("certified.embedding_any_dimension"), embedded, "sqrt(N)", any);
  const std::vector<LayerLine> network = {Hidden(3, false, 1, 1), Output(false, 4, 1)};
  ExpectPatterns(ClaimFor("certified.embedding", true), network, "0", words);
  ExpectPatterns(ClaimFor("certified.embedding_any_dimension", true), network, "0", any);
}

TEST(ClaimOf, AHypernetworkCountsItsGeneratorFirst) {
  LayerLine generator = Hidden(2, false, 1, 1);
  generator.points = "conditions";
  for (const bool ignores_condition : {false, true}) {
    ExpectPatterns(ClaimFor("certified.hypernetwork_total", ignores_condition),
                   {generator, Hidden(3, false, 1, 3), Output(false, 4, 3)},
                   "0",
                   "at most 4 weight layers, generator of at most 3");
  }
}

std::string Refusal(const std::string& statement, const std::string& name, const std::string& value) {
  const HandWritten hand{.statement = "certified.hypernetwork_total"};
  try {
    ClaimOf(CertificateText(With(With(hand.Text(), "statement", statement), name, value)), false);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "";
}

TEST(ClaimOf, RefusesAGridOverConditionsForANetworkOfX) {
  EXPECT_EQ(Refusal("certified.primary", "depth", "2"), "the grid of certified.primary must not have axes of I");
}

TEST(ClaimOf, RefusesOtherStatements) {
  for (const std::string statement : {"certified.film", "standard", "GW20.Thm1"}) {
    EXPECT_EQ(Refusal(statement, "depth", "2"), "'" + statement + "' is not a statement that has certificates");
  }
}

TEST(ClaimOf, RefusesDepthsOutOfRange) {
  for (const std::string name : {"depth", "generator depth"}) {
    for (const std::string depth : {"2", "1000000"}) {
      EXPECT_EQ(Refusal("certified.hypernetwork_total", name, depth), "");
    }
    for (const std::string depth : {"1", "1000001"}) {
      EXPECT_EQ(
          Refusal("certified.hypernetwork_total", name, depth),
          "line '" + name + "' of the certificate: found '" + depth + "', accepted: a whole number from 2 to 1000000");
    }
  }
}

}  // namespace
}  // namespace hyperwidth::checker
