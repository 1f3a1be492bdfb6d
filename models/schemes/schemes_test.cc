// SPDX-License-Identifier: Apache-2.0
//
// Every scheme against its formula, written down with Eigen's matrices: a row of a table for each.

#include "models/schemes/schemes.h"

#include <functional>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "models/gradient_check.h"
#include "models/graph/cost.h"
#include "models/graph/interpreter.h"
#include "models/random_stream.h"

namespace hyperwidth {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using Vec = Vector<double>;
using Mat = Matrix<double>;

// theta by names, for formulas.
class Named {
 public:
  Named(const Model& model, const Vec& theta) : layout_(model.parameters), theta_(theta) {}

  Mat operator()(const std::string& name) const {
    const Tensor& tensor = layout_.Find(name);
    return Eigen::Map<const Mat>(theta_.data() + tensor.first, tensor.rows, tensor.cols);
  }
  // The layers "NAME.0" .. "NAME.(n-1)" with a function between them.
  Vec Mlp(const std::string& name, int layers, const Vec& input, Function function = Function::kTanh) const {
    Vec value = input;
    for (int i = 0; i < layers; ++i) {
      if (i > 0) value = value.unaryExpr([&](double t) { return ValueOf(function, t); });
      value = (*this)(name + "." + std::to_string(i) + ".weight") * value +
              (*this)(name + "." + std::to_string(i) + ".bias");
    }
    return value;
  }

 private:
  const ParameterLayout& layout_;
  const Vec& theta_;
};

Vec Joined(const Vec& a, const Vec& b) {
  Vec joined(a.size() + b.size());
  joined << a, b;
  return joined;
}

Vec Tanh(const Vec& v) { return v.array().tanh(); }

// Two dense layers with given weights and tanh between them, as g.
Vec TwoLayers(const Mat& w0, const Vec& b0, const Mat& w1, const Vec& b1, const Vec& x) {
  return w1 * Tanh(w0 * x + b0) + b1;
}

struct Row {
  Model model;
  Index kappa;
  Index primary_parameters;
  Index condition_parameters;
  Index generated_parameters;
  std::function<Vec(const Named&, const Vec& x, const Vec& condition, Index id)> formula;
};

// x has 3 entries, I has 40 (so that no other cut is narrower), y has 2.
constexpr Index kX = 3, kI = 40;

MlpShape Shape(std::vector<Index> sizes) { return {.sizes = std::move(sizes), .function = Function::kTanh}; }
Index Size(std::vector<Index> sizes) { return Shape(std::move(sizes)).NumParameters(); }

std::vector<Row> AllRows() {
  std::vector<Row> rows;
  rows.push_back(
      {Concat(Shape({kX + kI, 5, 2}), kI),
       kI,
       Size({43, 5, 2}),
       0,
       0,
       [](const Named& w, const Vec& x, const Vec& condition, Index) { return w.Mlp("h", 2, Joined(x, condition)); }});
  rows.push_back({Embedding(Shape({kI, 30, 4}), Shape({kX + 4, 5, 2})),
                  4,
                  Size({7, 5, 2}),
                  Size({kI, 30, 4}),
                  0,
                  [](const Named& w, const Vec& x, const Vec& condition, Index) {
                    return w.Mlp("q", 2, Joined(x, w.Mlp("e", 2, condition)));
                  }});
  rows.push_back({Nomad(Shape({kI, 30, 4}), Shape({kX + 4, 5, 6, 2})),
                  4,
                  Size({7, 5, 6, 2}),
                  Size({kI, 30, 4}),
                  0,
                  [](const Named& w, const Vec& x, const Vec& condition, Index) {
                    return w.Mlp("q", 3, Joined(x, w.Mlp("beta", 2, condition)));
                  }});
  rows.push_back({Table(4, 6, Shape({kX + 4, 5, 2})),
                  4,
                  Size({7, 5, 2}),
                  0,
                  0,
                  [](const Named& w, const Vec& x, const Vec&, Index id) {
                    return w.Mlp("q", 2, Joined(x, w("table.weight").col(id)));
                  }});
  rows.push_back({ConditionalBias(Shape({kI, 5}), Shape({kX, 5, 2})),
                  5,
                  3 * 5 + 5 * 2 + 2,
                  Size({kI, 5}),
                  0,
                  [](const Named& w, const Vec& x, const Vec& condition, Index) -> Vec {
                    const Vec hidden = Tanh(w("q.0.weight") * x + w.Mlp("e", 1, condition));
                    return w("q.1.weight") * hidden + w("q.1.bias");
                  }});
  rows.push_back({Film(Shape({kI, 18}), Shape({kX, 5, 4, 2})),
                  18,
                  Size({kX, 5, 4, 2}),
                  Size({kI, 18}),
                  0,
                  [](const Named& w, const Vec& x, const Vec& condition, Index) -> Vec {
                    const Vec film = w.Mlp("e", 1, condition);
                    Vec v = w("q.0.weight") * x + w("q.0.bias");
                    v = Tanh((1 + film.head(5).array()) * v.array() + film.segment(9, 5).array());
                    v = w("q.1.weight") * v + w("q.1.bias");
                    v = Tanh((1 + film.segment(5, 4).array()) * v.array() + film.tail(4).array());
                    return w("q.2.weight") * v + w("q.2.bias");
                  }});
  rows.push_back({Multiplicative(Shape({kI, 4}), Shape({kX, 5, 2})),
                  4,
                  Size({kX, 5, 2}) + 5 * 3 * 4 + 5 * 4,
                  Size({kI, 4}),
                  5 * 3 + 5,
                  [](const Named& w, const Vec& x, const Vec& condition, Index) -> Vec {
                    const Vec z = w.Mlp("e", 1, condition);
                    Vec first = w("q.0.condition.weight") * z + w("q.0.weight") * x + w("q.0.bias");
                    const Mat interaction = w("q.0.interaction");  // row (unit + 5 * entry of x), column entry of z
                    for (Index unit = 0; unit < 5; ++unit) {
                      for (Index i = 0; i < kX; ++i) first[unit] += x[i] * interaction.row(unit + 5 * i).dot(z);
                    }
                    return w("q.1.weight") * Tanh(first) + w("q.1.bias");
                  }});
  rows.push_back({LowRank(Shape({kI, 4}), *MlpPrimary(Shape({kX, 5, 2}))),
                  4,
                  Size({kX, 5, 2}) * 5,
                  Size({kI, 4}),
                  Size({kX, 5, 2}),
                  [](const Named& w, const Vec& x, const Vec& condition, Index) {
                    const Vec z = w.Mlp("z", 1, condition);
                    const auto weight = [&](const std::string& name) -> Mat {
                      Mat all = w("g." + name);
                      const Vec delta = w("g." + name + ".directions") * z;
                      return all + Eigen::Map<const Mat>(delta.data(), all.rows(), all.cols());
                    };
                    return TwoLayers(weight("0.weight"), weight("0.bias"), weight("1.weight"), weight("1.bias"), x);
                  }});
  rows.push_back({LowRank(Shape({kI, 4}), *MlpPrimary(Shape({kX, 5, 2})), {"0.bias", "1.weight"}),
                  4,
                  Size({kX, 5, 2}) + 4 * (5 + 5 * 2),
                  Size({kI, 4}),
                  5 + 5 * 2,
                  [](const Named& w, const Vec& x, const Vec& condition, Index) {
                    const Vec z = w.Mlp("z", 1, condition);
                    const Vec bias = w("g.0.bias") + w("g.0.bias.directions") * z;
                    const Vec delta = w("g.1.weight.directions") * z;
                    const Mat last = w("g.1.weight") + Eigen::Map<const Mat>(delta.data(), 2, 5);
                    return TwoLayers(w("g.0.weight"), bias, last, w("g.1.bias"), x);
                  }});
  rows.push_back({DeepOnet(Shape({kI, 6}), Shape({kX, 5, 6}), 2),
                  6,
                  Size({kX, 5, 6}) + 2,
                  Size({kI, 6}),
                  0,
                  [](const Named& w, const Vec& x, const Vec& condition, Index) -> Vec {
                    const Vec products = w.Mlp("b", 1, condition).array() * w.Mlp("t", 2, x).array();
                    return Vec{{products.head(3).sum(), products.tail(3).sum()}} + w("bias");
                  }});
  rows.push_back({ShiftDeepOnet(Shape({kI, 3}), Shape({kI, 9}), Shape({kI, 9}), Shape({kX, 5, 3})),
                  21,
                  Size({kX, 5, 3}) + 1,
                  Size({kI, 3}) + 2 * Size({kI, 9}),
                  0,
                  [](const Named& w, const Vec& x, const Vec& condition, Index) -> Vec {
                    const Vec b = w.Mlp("b", 1, condition), s = w.Mlp("s", 1, condition), d = w.Mlp("d", 1, condition);
                    double sum = w("bias")(0);
                    for (Index l = 0; l < 3; ++l) {
                      const Vec moved = s.segment(3 * l, 3).array() * x.array() + d.segment(3 * l, 3).array();
                      const Vec features = Tanh(w.Mlp("t", 1, moved));
                      sum += b[l] * (w("t.1.columns").col(l).dot(features) + w("t.1.bias")(l));
                    }
                    return Vec::Constant(1, sum);
                  }});
  rows.push_back({ShiftDeepOnet(Shape({kI, 4}), Shape({kI, 12}), Shape({kI, 12}), Shape({kX, 5, 4}), 2),
                  28,
                  Size({kX, 5, 4}) + 2,
                  Size({kI, 4}) + 2 * Size({kI, 12}),
                  0,
                  [](const Named& w, const Vec& x, const Vec& condition, Index) -> Vec {
                    const Vec b = w.Mlp("b", 1, condition), s = w.Mlp("s", 1, condition), d = w.Mlp("d", 1, condition);
                    Vec y = w("bias");
                    for (Index l = 0; l < 4; ++l) {
                      const Vec moved = s.segment(3 * l, 3).array() * x.array() + d.segment(3 * l, 3).array();
                      const Vec features = Tanh(w.Mlp("t", 1, moved));
                      y[l / 2] += b[l] * (w("t.1.columns").col(l).dot(features) + w("t.1.bias")(l));
                    }
                    return y;
                  }});
  rows.push_back({FlexDeepOnet(Shape({kI, 4}), Shape({kI, 6}), Shape({kX, 5, 4})),
                  10,
                  Size({kX, 5, 4}) + 1,
                  Size({kI, 4}) + Size({kI, 6}),
                  0,
                  [](const Named& w, const Vec& x, const Vec& condition, Index) -> Vec {
                    const Vec c = w.Mlp("c", 1, condition);
                    const Vec moved = c.head(3).array() * x.array() + c.tail(3).array();
                    return w.Mlp("b", 1, condition).transpose() * w.Mlp("t", 2, moved) + w("bias");
                  }});
  rows.push_back(
      {FlexDeepOnet(Shape({kI, 6}), Shape({kI, 6}), Shape({kX, 5, 6}), 3),
       12,
       Size({kX, 5, 6}) + 3,
       2 * Size({kI, 6}),
       0,
       [](const Named& w, const Vec& x, const Vec& condition, Index) -> Vec {
         const Vec c = w.Mlp("c", 1, condition);
         const Vec moved = c.head(3).array() * x.array() + c.tail(3).array();
         const Vec products = w.Mlp("b", 1, condition).array() * w.Mlp("t", 2, moved).array();
         return Vec{{products.head(2).sum(), products.segment(2, 2).sum(), products.tail(2).sum()}} + w("bias");
       }});
  const auto heads = [](const Named& w, const Vec& hidden, const std::string& name, Index height, Index width) -> Mat {
    const Vec flat = w("f.head." + name + ".weight") * hidden + w("f.head." + name + ".bias");
    return Eigen::Map<const Mat>(flat.data(), height, width);
  };
  rows.push_back({Hypernetwork(Shape({kI, 50, 32}), *MlpPrimary(Shape({kX, 5, 2}))),
                  32,
                  0,
                  Size({kI, 50, 32}),
                  32,
                  [heads](const Named& w, const Vec& x, const Vec& condition, Index) {
                    const Vec h = Tanh(w.Mlp("f", 1, condition));
                    return TwoLayers(heads(w, h, "0.weight", 5, 3),
                                     heads(w, h, "0.bias", 5, 1),
                                     heads(w, h, "1.weight", 2, 5),
                                     heads(w, h, "1.bias", 2, 1),
                                     x);
                  }});
  rows.push_back(
      {Hypernetwork(
           Shape({kI, 50, 10}), *MlpPrimary(Shape({kX, 5, 2})), {.names = {"1.weight"}, .adds_to_trained = true}),
       10,
       Size({kX, 5, 2}),
       Size({kI, 50, 10}),
       10,
       [heads](const Named& w, const Vec& x, const Vec& condition, Index) {
         const Vec h = Tanh(w.Mlp("f", 1, condition));
         return TwoLayers(
             w("g.0.weight"), w("g.0.bias"), w("g.1.weight") + heads(w, h, "1.weight", 2, 5), w("g.1.bias"), x);
       }});
  rows.push_back({ChunkedHypernetwork(Shape({kI, 4}), Shape({4 + 3, 6, 10}), *MlpPrimary(Shape({kX, 5, 2}))),
                  4,
                  0,
                  Size({kI, 4}) + Size({7, 6, 10}) + 4 * 3,
                  32,
                  [](const Named& w, const Vec& x, const Vec& condition, Index) {
                    const Vec z = w.Mlp("z", 1, condition);
                    Vec all(40);
                    for (int j = 0; j < 4; ++j) {
                      all.segment(10 * j, 10) = w.Mlp("f", 2, Joined(z, w("chunk." + std::to_string(j))));
                    }
                    const double* const at = all.data();
                    return TwoLayers(Eigen::Map<const Mat>(at, 5, 3),
                                     Eigen::Map<const Vec>(at + 15, 5),
                                     Eigen::Map<const Mat>(at + 20, 2, 5),
                                     Eigen::Map<const Vec>(at + 30, 2),
                                     x);
                  }});
  return rows;
}

Vec RandomVector(RandomStream& random, Index size) {
  Vec vector(size);
  for (Index i = 0; i < size; ++i) vector[i] = random.Uniform(-1, 1);
  return vector;
}

SampleInputs InputsFor(const Model& model, RandomStream& random) {
  return {.x = RandomVector(random, model.graph.x_size()),
          .condition = RandomVector(random, model.graph.condition_size()),
          .condition_id = model.graph.condition_count() > 0 ? 3 : 0};
}

TEST(Schemes, ComputeTheirFormulas) {
  for (const Row& row : AllRows()) {
    RandomStream random(7);
    const Vec theta = RandomVector(random, row.model.parameters.size());
    const SampleInputs inputs = InputsFor(row.model, random);
    const Vec found = Interpreter(row.model).Forward(theta, inputs);
    const Vec expected = row.formula(Named(row.model, theta), inputs.x, inputs.condition, inputs.condition_id);
    ASSERT_EQ(found.size(), expected.size()) << row.model.name;
    EXPECT_LT((found - expected).norm(), 1e-13 * (1 + expected.norm())) << row.model.name;
    EXPECT_GT(expected.norm(), 1e-3) << row.model.name;
  }
}

TEST(Schemes, CostWhatTheyAreMadeOf) {
  for (const Row& row : AllRows()) {
    const Cost cost = CostOf(row.model);
    EXPECT_EQ(cost.kappa, row.kappa) << row.model.name;
    EXPECT_EQ(cost.primary_parameters, row.primary_parameters) << row.model.name;
    EXPECT_EQ(cost.condition_parameters, row.condition_parameters) << row.model.name;
    EXPECT_EQ(cost.generated_parameters, row.generated_parameters) << row.model.name;
  }
}

TEST(Schemes, GradientsAreThoseOfFiniteDifferences) {
  for (const Row& row : AllRows()) {
    RandomStream random(11);
    Vec theta(row.model.parameters.size());
    row.model.parameters.Initialize<double>(1, theta);
    const SampleInputs inputs = InputsFor(row.model, random);
    Interpreter interpreter(row.model);
    const Vec direction = RandomVector(random, interpreter.Forward(theta, inputs).size());
    const SampleGradients gradients = interpreter.Backward(direction);
    Interpreter probe(row.model);
    const auto output = [&](const Vec& point) { return direction.dot(probe.Forward(point, inputs)); };
    EXPECT_LT(RelativeError(gradients.theta, FiniteDifferenceGradient(output, theta)), 1e-6) << row.model.name;
    // No tensor is left without a gradient at its start, or it would never be trained.
    for (const Tensor& tensor : row.model.parameters.tensors()) {
      EXPECT_GT(gradients.theta.segment(tensor.first, tensor.size()).norm(), 0) << row.model.name << " " << tensor.name;
    }
  }
}

TEST(Schemes, HaveTheNamesThatCommandsUse) {
  std::set<std::string> names;
  for (const Row& row : AllRows()) names.insert(row.model.name);
  EXPECT_THAT(names,
              ::testing::UnorderedElementsAre("concat",
                                              "embedding",
                                              "nomad",
                                              "table",
                                              "conditional-bias",
                                              "film",
                                              "multiplicative",
                                              "low-rank",
                                              "deeponet",
                                              "shift-deeponet",
                                              "flex-deeponet",
                                              "hypernetwork",
                                              "chunked-hypernetwork"));
}

std::string MessageOf(const std::function<Model()>& call) {
  try {
    call();
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "accepted";
}

TEST(Schemes, NameWhatDoesNotFit) {
  const MlpShape q = Shape({kX, 5, 2});
  const auto g = MlpPrimary(q);
  EXPECT_THAT(MessageOf([&] {
                return Film(Shape({kI, 11}), q);
              }),
              AllOf(HasSubstr("found 11"), HasSubstr("accepted: 10")));
  EXPECT_THAT(MessageOf([&] { return ConditionalBias(Shape({kI, 4}), q); }), HasSubstr("accepted: 5"));
  EXPECT_THAT(MessageOf([&] { return ConditionalBias(Shape({kI, 5}), q, {}); }), HasSubstr("accepted: 0"));
  EXPECT_THAT(MessageOf([&] { return Hypernetwork(Shape({kI, 31}), *g); }), HasSubstr("accepted: 32"));
  EXPECT_THAT(MessageOf([&] {
                return Hypernetwork(Shape({kI, 5}), *g, {.names = {"2.bias"}});
              }),
              AllOf(HasSubstr("'2.bias'"), HasSubstr("0.weight, 0.bias, 1.weight, 1.bias")));
  EXPECT_THAT(MessageOf([&] { return Embedding(Shape({kI, 4}), Shape({4, 2})); }), HasSubstr("size of x: found 0"));
  EXPECT_THAT(MessageOf([&] { return DeepOnet(Shape({kI, 4}), Shape({kX, 5})); }), HasSubstr("accepted: 5"));
  EXPECT_THAT(MessageOf([&] { return DeepOnet(Shape({kI, 5}), Shape({kX, 5}), 2); }), HasSubstr("left over"));
  EXPECT_THAT(MessageOf([&] { return DeepOnet(Shape({kI, 5}), Shape({kX, 5}), 0); }), HasSubstr("found 0"));
  EXPECT_THAT(MessageOf([&] {
                return ShiftDeepOnet(Shape({kI, 5}), Shape({kI, 15}), Shape({kI, 15}), Shape({kX, 5}), 2);
              }),
              HasSubstr("left over: found 1"));
  EXPECT_THAT(MessageOf([&] {
                return FlexDeepOnet(Shape({kI, 5}), Shape({kI, 6}), Shape({kX, 5}), 3);
              }),
              HasSubstr("left over: found 2"));
  EXPECT_THAT(MessageOf([&] {
                return ChunkedHypernetwork(Shape({kI, 4}), Shape({4, 5}), *g);
              }),
              HasSubstr("more than the 4"));
  EXPECT_THAT(MessageOf([&] { return Concat(Shape({kX, 0, 2}), 1); }), HasSubstr("layer size 1: found 0"));
  EXPECT_THAT(MessageOf([&] { return Embedding(Shape({kI}), q); }), HasSubstr("e has 1 layer sizes"));
}

}  // namespace
}  // namespace hyperwidth
