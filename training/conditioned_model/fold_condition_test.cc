// SPDX-License-Identifier: Apache-2.0
#include "training/conditioned_model/fold_condition.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>

namespace hyperwidth {
namespace {

using ::testing::HasSubstr;

// A graph of x [2] and I [2], and what it gives for I = (3, 5).
struct Small {
  ParameterLayout parameters;
  Graph graph;
  Value x = graph.X(2), condition = graph.Condition(2);
  Value w = graph.Parameter(parameters.Add("w", 3, 2, Role::kPrimary, {}));

  Model ModelOf(Value output) const {
    return {.name = "small", .parameters = parameters, .graph = graph, .output = output};
  }
};

const Vector<double> kTheta = (Vector<double>(6) << 1, -2, 3, 0.5, 4, -1).finished();
const Vector<double> kCondition = (Vector<double>(2) << 3, 5).finished();

GeneratedMlp Fold(const Model& model) {
  return FoldCondition(model, kTheta, {.x = Vector<double>::Zero(2), .condition = kCondition});
}

void ExpectFolds(const Model& model, std::size_t layers) {
  const GeneratedMlp mlp = Fold(model);
  EXPECT_EQ(mlp.layers.size(), layers);
  Interpreter interpreter(model);
  for (const auto& [a, b] : {std::pair(0.3, -0.7), std::pair(-2.0, 1.5)}) {
    const Vector<double> x = (Vector<double>(2) << a, b).finished();
    const Vector<double> y = interpreter.Forward(kTheta, {.x = x, .condition = kCondition});
    ASSERT_EQ(Evaluate(mlp, x).size(), y.size());
    EXPECT_LT((Evaluate(mlp, x) - y).cwiseAbs().maxCoeff(), 1e-13 * (1 + y.cwiseAbs().maxCoeff()));
  }
}

std::string Refusal(const Model& model) {
  try {
    Fold(model);
  } catch (const NoMlp& error) {
    return error.what();
  }
  return "nothing was thrown";
}

TEST(FoldCondition, TakesSumsAndProductsWithWhatTheConditionGives) {
  Small s;
  Graph& g = s.graph;
  const Value wx = g.Affine(s.w, s.x, g.Affine(s.w, s.condition));
  const Value one = g.Slice(s.condition, 1, 1);
  const Value both_ways = g.Add(g.Multiply(one, wx), g.Multiply(wx, one));
  const Value sum = g.Add(g.Sum(both_ways), g.Slice(s.x, 1, 1));
  const Value doubled = g.Add(both_ways, sum);  // a single number meets a vector
  const Value all = g.Concatenate({one, doubled, s.condition, s.x});
  ExpectFolds(s.ModelOf(all), 1);
  ExpectFolds(s.ModelOf(g.Multiply(one, g.Apply(Function::kTanh, all))), 2);
  ExpectFolds(s.ModelOf(g.Multiply(g.Sum(wx), s.condition)), 1);  // a single number is repeated
}

TEST(FoldCondition, OfAnAffineMapWithABiasThatVariesWithX) {
  Small s;
  const Value hidden = s.graph.Affine(s.w, s.condition, s.graph.Affine(s.w, s.x));
  ExpectFolds(s.ModelOf(hidden), 1);
}

TEST(FoldCondition, RefusesWhatIsNoMlp) {
  const auto refusal = [](const std::function<Value(Small&)>& output) {
    Small s;
    const Value value = output(s);
    return Refusal(s.ModelOf(s.graph.Add(s.graph.Sum(s.graph.Affine(s.w, s.condition)), value)));
  };
  const auto relu = [](Small& s, Value value) { return s.graph.Apply(Function::kRelu, value); };
  const std::string several = "side by side or skip a layer";
  EXPECT_THAT(refusal([&](Small& s) { return s.graph.Add(s.x, relu(s, s.x)); }), HasSubstr(several));
  EXPECT_THAT(refusal([&](Small& s) { return s.graph.Concatenate({s.x, relu(s, s.x)}); }), HasSubstr(several));
  EXPECT_THAT(refusal([&](Small& s) { return s.graph.Add(relu(s, s.x), relu(s, s.x)); }), HasSubstr(several));
  EXPECT_THAT(refusal([&](Small& s) {
                relu(s, s.x);
                const Value unused = s.graph.Multiply(relu(s, s.x), s.graph.Constant(0));
                return s.graph.Affine(s.graph.Constant(1, 1, 2), s.graph.Add(unused, s.x));
              }),
              HasSubstr(several));
  EXPECT_THAT(refusal([&](Small& s) { return s.graph.Multiply(s.x, s.x); }), HasSubstr("multiplies functions of x"));
  EXPECT_THAT(refusal([&](Small& s) { return s.graph.Apply(Function::kTanh, relu(s, s.x)); }),
              HasSubstr("several functions"));
  EXPECT_THAT(refusal([&](Small& s) { return s.graph.Affine(s.graph.Slice(s.x, 0, 1, 2), s.condition); }),
              HasSubstr("matrix for each x"));
  EXPECT_THAT(refusal([&](Small& s) { return s.graph.Affine(s.x, s.graph.Slice(s.condition, 0, 1)); }),
              HasSubstr("weights vary with x"));
  EXPECT_THAT(refusal([&](Small& s) { return s.graph.Product(s.x, s.graph.Slice(s.condition, 0, 1)); }),
              HasSubstr("no layer"));
}

}  // namespace
}  // namespace hyperwidth
