// SPDX-License-Identifier: Apache-2.0
//
// theory/ counts what a scheme carries per condition and what its primary network trains; models/ builds it. Neither
// sees the other, so this is where they meet.

#include "models/schemes/schemes.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "models/graph/cost.h"
#include "theory/error_floor.h"
#include "theory/schemes.h"

namespace hyperwidth {
namespace {

// I has many coordinates and the network that sees it wide layers, so that no cut is narrower than the scheme's own.
constexpr Index kCondition = 3000;

MlpShape Encoder(Index outputs) { return {.sizes = {kCondition, 2900, outputs}}; }

MlpShape PrimaryShape(Index inputs, Index width, Index depth) {
  MlpShape shape{.sizes = {inputs}};
  for (Index layer = 1; layer < depth; ++layer) shape.sizes.push_back(width);
  shape.sizes.push_back(1);
  return shape;
}

struct Shape {
  int depth = 2;
  int primary_dim = 1;
  Index width = 10;
  Index scalars = 4;  // of an embedding or a rank
};

// The model of a scheme with a primary network of this depth and width, x of this dimension.
Model Build(Scheme scheme, const Shape& shape) {
  const MlpShape q = PrimaryShape(shape.primary_dim, shape.width, shape.depth);
  switch (scheme) {
    case Scheme::kEmbedding:
      return Embedding(Encoder(shape.scalars),
                       PrimaryShape(shape.primary_dim + shape.scalars, shape.width, shape.depth));
    case Scheme::kConditionalBias:
      return ConditionalBias(Encoder(shape.width), q);
    case Scheme::kFilm:
      return Film(Encoder(2 * q.HiddenUnits()), q);
    case Scheme::kDeepOnet: {
      MlpShape trunk = q;
      trunk.sizes.back() = shape.width;
      return DeepOnet(Encoder(shape.width), trunk);
    }
    case Scheme::kLowRank:
      return LowRank(Encoder(shape.scalars), *MlpPrimary(q));
    case Scheme::kHypernetwork:
      return Hypernetwork(Encoder(q.NumParameters()), *MlpPrimary(q));
  }
  return {};
}

const std::vector<Shape> kShapes = {
    {}, {.depth = 3, .primary_dim = 2}, {.depth = 4, .primary_dim = 3, .width = 17, .scalars = 7}};

TEST(Schemes, CarryTheScalarsThatTheoryCounts) {
  for (const Shape& shape : kShapes) {
    for (const Scheme scheme : AllSchemes()) {
      const double expected = ScalarsAtWidth(
          scheme, shape.depth, shape.primary_dim, static_cast<double>(shape.width), static_cast<double>(shape.scalars));
      EXPECT_EQ(static_cast<double>(CostOf(Build(scheme, shape)).kappa), expected) << Name(scheme);
    }
  }
}

TEST(Schemes, TrainThePrimaryParametersThatTheoryCounts) {
  for (const Shape& shape : kShapes) {
    const auto parameters = [&](std::int64_t inputs, std::int64_t outputs = 1) {
      LayerSizes sizes = {inputs};
      for (int layer = 1; layer < shape.depth; ++layer) sizes.push_back(shape.width);
      sizes.push_back(outputs);
      return static_cast<Index>(*NumParameters(sizes).value);
    };
    const auto trained = [&](Scheme scheme) { return CostOf(Build(scheme, shape)).primary_parameters; };
    const Index whole = parameters(shape.primary_dim);
    EXPECT_EQ(trained(Scheme::kEmbedding), parameters(shape.primary_dim + shape.scalars));
    EXPECT_EQ(trained(Scheme::kConditionalBias), whole - shape.width);  // these biases are generated
    EXPECT_EQ(trained(Scheme::kFilm), whole);
    EXPECT_EQ(trained(Scheme::kDeepOnet), parameters(shape.primary_dim, shape.width) + 1);  // and a bias of the output
    EXPECT_EQ(trained(Scheme::kLowRank), whole * (1 + shape.scalars));                      // theta_0 and P
    EXPECT_EQ(trained(Scheme::kHypernetwork), 0);
    EXPECT_EQ(CostOf(Build(Scheme::kHypernetwork, shape)).generated_parameters, whole);
  }
}

TEST(Schemes, HaveTheSameNames) {
  for (const Scheme scheme : AllSchemes()) EXPECT_EQ(Build(scheme, {}).name, Name(scheme));
}

}  // namespace
}  // namespace hyperwidth
