// SPDX-License-Identifier: Apache-2.0

#include "models/graph/cost.h"

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "gtest/gtest.h"
#include "models/graph/narrowest_cut.h"
#include "models/graph/random_graph.h"

namespace hyperwidth {
namespace {

struct Built {
  ParameterLayout layout;
  Graph graph;

  Value Weights(const std::string& name, Index rows, Index cols, Role role) {
    return graph.Parameter(layout.Add(name, rows, cols, role, Initialization::Uniform(1)));
  }
  Value Dense(const std::string& name, Value input, Index units, Role role) {
    const Value weights = Weights(name + ".weight", units, graph.shape(input).rows, role);
    return graph.Affine(weights, input, Weights(name + ".bias", units, 1, role));
  }
};

// q([x; e(I)]): x of 5, I of 7, e with a hidden layer of 11 and k outputs.
Model Embedding(Index k) {
  Built b;
  const Value hidden = b.graph.Apply(Function::kRelu, b.Dense("e.0", b.graph.Condition(7), 11, Role::kCondition));
  const Value embedding = b.Dense("e.1", hidden, k, Role::kCondition);
  const Value first = b.Dense("q.0", b.graph.Concatenate({b.graph.X(5), embedding}), 13, Role::kPrimary);
  const Value y = b.Dense("q.1", b.graph.Apply(Function::kRelu, first), 2, Role::kPrimary);
  return {"embedding", b.layout, b.graph, y};
}

TEST(CostOf, CountsAnEmbeddingMethodByHand) {
  const Cost cost = CostOf(Embedding(3));
  EXPECT_EQ(cost.condition_parameters, 7 * 11 + 11 + 11 * 3 + 3);
  EXPECT_EQ(cost.primary_parameters, 8 * 13 + 13 + 13 * 2 + 2);
  EXPECT_EQ(cost.table_parameters, 0);
  EXPECT_EQ(cost.trainable_parameters, cost.condition_parameters + cost.primary_parameters);
  EXPECT_EQ(cost.kappa, 3);
  EXPECT_EQ(cost.generated_parameters, 0);
  EXPECT_EQ(cost.multiply_adds_per_step, 0);
  EXPECT_EQ(cost.multiply_adds_per_condition, 7 * 11 + 11 * 3);
  EXPECT_EQ(cost.multiply_adds_per_sample, 8 * 13 + 13 * 2);
  EXPECT_EQ(cost.MultiplyAdds(), 7 * 11 + 11 * 3 + 8 * 13 + 13 * 2);
  EXPECT_EQ(cost.MultiplyAddsReusing(), 8 * 13 + 13 * 2);
  EXPECT_EQ(cost.values_per_step, 0);
  EXPECT_EQ(cost.values_per_condition, 7 + 11 + 11 + 3);
  EXPECT_EQ(cost.values_per_sample, 5 + 8 + 13 + 13 + 2);
  EXPECT_EQ(cost.BytesAtPeak(10, 4, 8), 16 * (4 * 32 + 10 * 41 + cost.trainable_parameters));
}

// A wide embedding behind a narrow layer carries no more than that layer, and never more than I itself.
TEST(NarrowestCut, IsTheNarrowestLayerOnTheWay) {
  EXPECT_EQ(CostOf(Embedding(5)).kappa, 5);
  EXPECT_EQ(CostOf(Embedding(9)).kappa, 7);
  Built b;
  const Value narrow = b.graph.Apply(Function::kRelu, b.Dense("f.0", b.graph.Condition(20), 4, Role::kCondition));
  const Value generated = b.Dense("f.1", narrow, 30, Role::kCondition);
  const Value weights = b.graph.Slice(generated, 0, 6, 4);
  const Value y = b.graph.Affine(weights, b.graph.X(4), b.graph.Slice(generated, 24, 6));
  const NarrowestCut cut = FindNarrowestCut(b.graph, y);
  EXPECT_EQ(cut.kappa, 4);
  ASSERT_EQ(cut.values.size(), 1u);
  EXPECT_EQ(cut.values[0].index, narrow.index);  // of the two values of that size, the one nearer to the samples
  const Cost cost = CostOf({"hypernetwork", b.layout, b.graph, y});
  EXPECT_EQ(cost.generated_parameters, 30);
  EXPECT_EQ(cost.primary_parameters, 0);
  EXPECT_EQ(cost.multiply_adds_per_condition, 20 * 4 + 4 * 30);
  EXPECT_EQ(cost.multiply_adds_per_sample, 24);
}

TEST(NarrowestCut, OfATableIsItsColumn) {
  Built b;
  const Value looked_up = b.graph.Gather(b.Weights("table", 6, 1000, Role::kTable), b.graph.ConditionId(1000));
  const Value y = b.graph.Add(b.Dense("q", b.graph.X(2), 6, Role::kPrimary), looked_up);
  EXPECT_EQ(FindNarrowestCut(b.graph, y).kappa, 6);
  EXPECT_EQ(CostOf({"table", b.layout, b.graph, y}).table_parameters, 6000);
}

TEST(NarrowestCut, IsEmptyWithoutACondition) {
  Built b;
  const Value y = b.Dense("h", b.graph.X(2), 1, Role::kPrimary);
  EXPECT_EQ(FindNarrowestCut(b.graph, y).kappa, 0);
  EXPECT_TRUE(FindNarrowestCut(b.graph, y).values.empty());
}

TEST(NarrowestCut, OfAnOutputThatSeesNoSampleIsBeforeTheOutput) {
  Built b;
  const Value y = b.Dense("f", b.graph.Condition(5), 3, Role::kCondition);
  EXPECT_EQ(FindNarrowestCut(b.graph, y).kappa, 3);
}

TEST(NarrowestCut, RefusesAnIdThatSamplesSee) {
  Graph graph;
  const Value y = graph.Add(graph.X(1), graph.ConditionId(4));
  EXPECT_THROW(FindNarrowestCut(graph, y), std::invalid_argument);
}

// Whether samples still see the condition when these values are cut.
bool Separates(const Graph& graph, Value output, const std::vector<bool>& is_cut) {
  const std::vector<bool> needed = IsNeededFor(graph, output);
  std::vector<bool> sees(graph.nodes().size(), false);
  for (std::size_t i = 0; i < sees.size(); ++i) {
    const Node& node = graph.nodes()[i];
    bool is_reached = node.operation == Operation::kCondition || node.operation == Operation::kConditionId;
    for (const Value input : node.inputs) is_reached = is_reached || sees[static_cast<std::size_t>(input.index)];
    sees[i] = is_reached && !is_cut[i];
    if (sees[i] && needed[i] && node.axis == Axis::kSample) return false;
  }
  return true;
}

// All sets of values that vary with the condition: none that separates is smaller than the cut found, which separates.
TEST(NarrowestCut, IsTheSmallestOfAllSetsThatSeparate) {
  int compared = 0;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const Model model = RandomModel(seed, 3);
    const Graph& graph = model.graph;
    const std::vector<bool> needed = IsNeededFor(graph, model.output);
    std::vector<std::size_t> candidates;
    for (std::size_t i = 0; i < needed.size(); ++i) {
      const Node& node = graph.nodes()[i];
      if (needed[i] && node.axis == Axis::kCondition && node.operation != Operation::kConditionId)
        candidates.push_back(i);
    }
    if (candidates.size() > 12) continue;
    ++compared;
    Index smallest = -1;
    for (std::size_t set = 0; set < std::size_t{1} << candidates.size(); ++set) {
      std::vector<bool> is_cut(needed.size(), false);
      Index size = 0;
      for (std::size_t j = 0; j < candidates.size(); ++j) {
        if ((set >> j & 1) == 0) continue;
        is_cut[candidates[j]] = true;
        size += graph.nodes()[candidates[j]].shape.size();
      }
      if ((smallest < 0 || size < smallest) && Separates(graph, model.output, is_cut)) smallest = size;
    }
    const NarrowestCut cut = FindNarrowestCut(graph, model.output);
    EXPECT_EQ(cut.kappa, smallest) << seed;
    std::vector<bool> is_cut(needed.size(), false);
    Index size = 0;
    for (const Value value : cut.values) {
      is_cut[static_cast<std::size_t>(value.index)] = true;
      size += graph.shape(value).size();
    }
    EXPECT_EQ(size, cut.kappa) << seed;
    EXPECT_TRUE(Separates(graph, model.output, is_cut)) << seed;
  }
  EXPECT_GT(compared, 100);
}

}  // namespace
}  // namespace hyperwidth
