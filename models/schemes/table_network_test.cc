// SPDX-License-Identifier: Apache-2.0
#include "models/schemes/table_network.h"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "models/pass/per_sample_pass.h"
#include "models/schemes/schemes.h"

namespace hyperwidth {
namespace {

TEST(TableNetwork, CountsThePrimaryNetworkAndTheTable) {
  const TableNetwork network(/*primary_dim=*/2, /*width=*/5, /*embedding_dim=*/3, /*conditions=*/7);
  EXPECT_EQ(network.primary_parameter_count(), 5 * (2 + 3 + 2) + 1);
  EXPECT_EQ(network.parameter_count(), 36 + 21);
  EXPECT_EQ(network.width(), 5);
  EXPECT_EQ(network.embedding_dim(), 3);
}

TEST(TableNetwork, ValuesAreThePrimaryNetworksAtTheTablesEntries) {
  const TableNetwork network(1, 4, 2, 3);
  RandomStream random(1);
  const Vector<double> parameters = network.RandomParameters(1, random);
  const Matrix<double> x = Matrix<double>::Random(1, 6);
  const Matrix<double> values = network.Values(parameters, x);
  ASSERT_EQ(values.rows(), 6);
  ASSERT_EQ(values.cols(), 3);
  for (Index j = 0; j < 3; ++j) {
    for (Index i = 0; i < 6; ++i) {
      double expected = parameters[network.primary_parameter_count() - 1];
      for (Index unit = 0; unit < 4; ++unit) {
        const TableNetwork::Unit u = network.GetUnit(parameters, unit);
        const double sum = u.weights[0] * x(0, i) + u.bias;
        const Index entry = network.primary_parameter_count() + 2 * j;
        expected += u.output_weight *
                    std::max(0.0, sum + u.weights[1] * parameters[entry] + u.weights[2] * parameters[entry + 1]);
      }
      EXPECT_NEAR(values(i, j), expected, 1e-13);
    }
  }
}

// What the experiment rests on: the table is an embedding network, so what is found with it is an embedding method.
TEST(TableNetwork, IsAnEmbeddingSchemeWhoseEmbeddingNetworkTakesTheTablesValues) {
  constexpr Index kConditions = 5;
  const TableNetwork network(1, 6, 2, kConditions);
  RandomStream random(2);
  const Vector<double> parameters = network.RandomParameters(1, random);
  const auto table = parameters.tail(2 * kConditions).reshaped(2, kConditions);
  // e(I) interpolates the table linearly between the conditions I_j = -1 + 2 j / (J - 1): one ReLU per piece.
  constexpr Index kPieces = kConditions - 1;
  const MlpShape embedding{.sizes = {1, kPieces, 2}};
  Vector<double> e = Vector<double>::Zero(embedding.NumParameters());
  const double width = 2.0 / kPieces;
  Vector<double> slope = Vector<double>::Zero(2);
  for (Index piece = 0; piece < kPieces; ++piece) {
    e[piece] = 1;
    e[kPieces + piece] = 1 - width * static_cast<double>(piece);
    const Vector<double> next = (table.col(piece + 1) - table.col(piece)) / width;
    e.segment(2 * kPieces + 2 * piece, 2) = next - slope;
    slope = next;
  }
  e.tail(2) = table.col(0);

  const Model model = Embedding(embedding, {.sizes = {3, 6, 1}});
  Vector<double> theta(model.parameters.size());
  theta << e, parameters.head(network.primary_parameter_count());
  const Matrix<double> x = Matrix<double>::Random(1, 4);
  Batch<double> batch = network.BatchOfAll(x);
  batch.condition_ids.clear();
  batch.condition = Vector<double>::LinSpaced(kConditions, -1, 1).transpose();
  const Matrix<double> outputs = PerSamplePass<double>(model).Forward(theta, batch);
  EXPECT_LT((outputs.reshaped(4, kConditions) - network.Values(parameters, x)).norm(), 1e-12);
}

TEST(TableNetwork, InputsAreThePointsAndTheTablesEntriesConditionByCondition) {
  const TableNetwork network(1, 1, 2, 2);
  Vector<double> parameters(network.parameter_count());
  parameters << Vector<double>::Zero(network.primary_parameter_count()), 3, 4, 5, 6;
  const Matrix<double> expected{{1, 2, 1, 2}, {3, 3, 5, 5}, {4, 4, 6, 6}};
  EXPECT_EQ(network.Inputs(parameters, Eigen::RowVector2d(1, 2)), expected);
}

TEST(TableNetwork, BatchesOfOneConditionArePartsOfTheBatchOfAll) {
  for (const Index embedding_dim : {0, 2}) {
    const TableNetwork network(2, 4, embedding_dim, 3);
    RandomStream random(5);
    const Vector<double> parameters = network.RandomParameters(1, random);
    const Matrix<double> x = Matrix<double>::Random(2, 6);
    const Matrix<double> values = network.Values(parameters, x);
    PerSamplePass<double> pass(network.model());
    for (Index j = 0; j < 3; ++j) {
      const Matrix<double>& of_one = pass.Forward(parameters, network.BatchOf(j, x));
      EXPECT_LT((of_one.transpose() - values.col(j)).norm(), 1e-13) << j;
    }
  }
}

TEST(TableNetwork, ReadsBackUnitsThatWereSet) {
  const TableNetwork network(2, 3, 1, 2);
  Vector<double> parameters = Vector<double>::Zero(network.parameter_count());
  const TableNetwork::Unit unit{.weights = Vector<double>{{1.0, 2.0, 3.0}}, .bias = 4, .output_weight = 5};
  network.SetUnit(1, unit, parameters);
  const TableNetwork::Unit found = network.GetUnit(parameters, 1);
  EXPECT_EQ(found.weights, unit.weights);
  EXPECT_EQ(found.bias, 4);
  EXPECT_EQ(found.output_weight, 5);
  EXPECT_EQ(parameters.cwiseAbs().sum(), 15);  // and nothing else
}

TEST(TableNetwork, RandomUnitsHaveTheirKinkAtTheGivenInput) {
  const TableNetwork network(2, 3, 1, 2);
  RandomStream random(3);
  const Vector<double> input{{0.3, -0.8, 0.1}};
  for (int i = 0; i < 20; ++i) {
    const TableNetwork::Unit unit = network.RandomUnitThrough(input, 2, 0.1, random);
    EXPECT_NEAR(unit.weights.dot(input) + unit.bias, 0, 1e-15);
  }
}

TEST(TableNetwork, WeightsOfRandomUnitsHaveMeanZeroAndTheGivenDeviations) {
  const TableNetwork network(1, 1, 0, 1);
  RandomStream random(4);
  constexpr int kDraws = 100000;
  constexpr double kScale = 2, kOutputScale = 0.1;
  double sum = 0, squares = 0, output_sum = 0, output_squares = 0;
  for (int i = 0; i < kDraws; ++i) {
    const TableNetwork::Unit unit = network.RandomUnitThrough(Vector<double>{{0.5}}, kScale, kOutputScale, random);
    const double weight = unit.weights[0] / kScale;
    const double output_weight = unit.output_weight / kOutputScale;
    sum += weight;
    squares += weight * weight;
    output_sum += output_weight;
    output_squares += output_weight * output_weight;
  }
  // Five standard deviations of the sums: 1 / sqrt(n) and sqrt(2 / n).
  EXPECT_NEAR(sum / kDraws, 0, 5 / std::sqrt(kDraws));
  EXPECT_NEAR(squares / kDraws, 1, 5 * std::sqrt(2.0 / kDraws));
  EXPECT_NEAR(output_sum / kDraws, 0, 5 / std::sqrt(kDraws));
  EXPECT_NEAR(output_squares / kDraws, 1, 5 * std::sqrt(2.0 / kDraws));
}

TEST(TableNetwork, RefusesSizesBelowOne) {
  EXPECT_THROW(TableNetwork(0, 1, 1, 1), std::invalid_argument);
  EXPECT_THROW(TableNetwork(1, 0, 1, 1), std::invalid_argument);
  EXPECT_THROW(TableNetwork(1, 1, -1, 1), std::invalid_argument);
  EXPECT_THROW(TableNetwork(1, 1, 1, 0), std::invalid_argument);
}

}  // namespace
}  // namespace hyperwidth
