// SPDX-License-Identifier: Apache-2.0
//
// That the graph carries more than the schemes: a recurrent cell whose weights are shared by all steps and scaled by
// generated factors (Ha, Dai and Le 2017), and a coupling layer of a conditional flow with its log-determinant and its
// inverse (Dinh, Sohl-Dickstein and Bengio 2017). Both are a few lines, and need nothing that is not there.

#include <cmath>
#include <functional>

#include "gtest/gtest.h"
#include "models/gradient_check.h"
#include "models/graph/cost.h"
#include "models/graph/interpreter.h"
#include "models/random_stream.h"
#include "models/schemes/builder.h"

namespace hyperwidth {
namespace {

using Vec = Vector<double>;
using Mat = Matrix<double>;

Vec RandomVector(RandomStream& random, Index size) {
  Vec vector(size);
  for (Index i = 0; i < size; ++i) vector[i] = random.Uniform(-1, 1);
  return vector;
}

Mat Of(const Model& model, const Vec& theta, const std::string& name) {
  const Tensor& tensor = model.parameters.Find(name);
  return Eigen::Map<const Mat>(theta.data() + tensor.first, tensor.rows, tensor.cols);
}

void ExpectRightGradients(const Model& model, const Vec& theta, const SampleInputs& inputs) {
  Interpreter interpreter(model);
  RandomStream random(31);
  const Vec direction = RandomVector(random, interpreter.Forward(theta, inputs).size());
  const Vec found = interpreter.Backward(direction).theta;
  const auto output = [&](const Vec& point) { return direction.dot(interpreter.Forward(point, inputs)); };
  EXPECT_LT(RelativeError(found, FiniteDifferenceGradient(output, theta)), 1e-6);
}

constexpr Index kSteps = 4, kInput = 3, kHidden = 5;

// An LSTM over a sequence that lies in x step by step; the condition scales the rows of the recurrent weights.
Model ScaledLstm() {
  ModelBuilder builder;
  Graph& graph = builder.graph;
  const Value sequence = graph.X(kSteps * kInput);
  const Value scale = builder.Linear("scale", graph.Condition(2), 4 * kHidden, Role::kCondition);
  const auto tensor = [&](const std::string& name, Index rows, Index cols) {
    return builder.Parameter(name, rows, cols, Role::kPrimary, Initialization::Uniform(0.5));
  };
  const Value input_weights = tensor("weight_ih", 4 * kHidden, kInput);
  const Value hidden_weights = tensor("weight_hh", 4 * kHidden, kHidden);
  const Value bias = tensor("bias", 4 * kHidden, 1);
  Value hidden = graph.Constant(0, kHidden);
  Value cell = graph.Constant(0, kHidden);
  for (Index step = 0; step < kSteps; ++step) {
    const Value input = graph.Slice(sequence, step * kInput, kInput);
    const Value recurrent = graph.Multiply(scale, graph.Affine(hidden_weights, hidden));
    const Value gates = graph.Add(graph.Affine(input_weights, input, bias), recurrent);
    const auto gate = [&](Index i, Function function) {
      return graph.Apply(function, graph.Slice(gates, i * kHidden, kHidden));
    };
    cell = graph.Add(graph.Multiply(gate(1, Function::kSigmoid), cell),
                     graph.Multiply(gate(0, Function::kSigmoid), gate(2, Function::kTanh)));
    hidden = graph.Multiply(gate(3, Function::kSigmoid), graph.Apply(Function::kTanh, cell));
  }
  return builder.Finish("scaled LSTM", hidden);
}

TEST(Composition, AnUnrolledLstmSharesItsWeightsAndIsScaledByTheCondition) {
  const Model model = ScaledLstm();
  EXPECT_EQ(model.parameters.SizeOf(Role::kPrimary), 4 * kHidden * (kInput + kHidden + 1));
  EXPECT_EQ(CostOf(model).kappa, 2);  // the condition itself is the narrowest
  RandomStream random(5);
  const Vec theta = RandomVector(random, model.parameters.size());
  const SampleInputs inputs{.x = RandomVector(random, kSteps * kInput), .condition = RandomVector(random, 2)};
  const Vec scale = Of(model, theta, "scale.weight") * inputs.condition + Of(model, theta, "scale.bias");
  Vec hidden = Vec::Zero(kHidden), cell = Vec::Zero(kHidden);
  for (Index step = 0; step < kSteps; ++step) {
    const Vec recurrent = scale.array() * (Of(model, theta, "weight_hh") * hidden).array();
    const Vec gates =
        Of(model, theta, "weight_ih") * inputs.x.segment(step * kInput, kInput) + Of(model, theta, "bias") + recurrent;
    for (Index i = 0; i < kHidden; ++i) {
      const auto sigmoid = [&](Index gate) { return 1 / (1 + std::exp(-gates[gate * kHidden + i])); };
      cell[i] = sigmoid(1) * cell[i] + sigmoid(0) * std::tanh(gates[2 * kHidden + i]);
      hidden[i] = sigmoid(3) * std::tanh(cell[i]);
    }
  }
  EXPECT_LT((Interpreter(model).Forward(theta, inputs) - hidden).norm(), 1e-14);
  ExpectRightGradients(model, theta, inputs);
}

constexpr Index kHalf = 2;

// [x_1; x_2 exp(s) + t; sum s], or its inverse [x_1; (x_2 - t) exp(-s); -sum s], with s, t from x_1 and the condition.
Model Coupling(bool is_inverse) {
  ModelBuilder builder;
  Graph& graph = builder.graph;
  const Value x = graph.X(2 * kHalf);
  const Value kept = graph.Slice(x, 0, kHalf);
  const Value moved = graph.Slice(x, kHalf, kHalf);
  const Value code = builder.Linear("e", graph.Condition(3), 2, Role::kCondition);
  const MlpShape shape{.sizes = {kHalf + 2, 6, 2 * kHalf}, .function = Function::kTanh};
  const Value both = builder.Mlp("q", graph.Concatenate({kept, code}), shape, Role::kPrimary);
  const Value s = graph.Slice(both, 0, kHalf);
  const Value t = graph.Slice(both, kHalf, kHalf);
  const Value minus = graph.Constant(-1);
  const Value log_determinant = graph.Sum(is_inverse ? graph.Multiply(minus, s) : s);
  const Value scale = graph.Apply(Function::kExp, is_inverse ? graph.Multiply(minus, s) : s);
  const Value out = is_inverse ? graph.Multiply(scale, graph.Add(moved, graph.Multiply(minus, t)))
                               : graph.Add(graph.Multiply(scale, moved), t);
  return builder.Finish("coupling", graph.Concatenate({kept, out, log_determinant}));
}

TEST(Composition, ACouplingLayerHasItsInverseAndItsLogDeterminant) {
  const Model forward = Coupling(false);
  const Model inverse = Coupling(true);
  ASSERT_EQ(forward.parameters.size(), inverse.parameters.size());
  RandomStream random(6);
  const Vec theta = RandomVector(random, forward.parameters.size());
  const SampleInputs inputs{.x = RandomVector(random, 2 * kHalf), .condition = RandomVector(random, 3)};
  Interpreter interpreter(forward);
  const Vec y = interpreter.Forward(theta, inputs);
  const Vec back = Interpreter(inverse).Forward(theta, {.x = y.head(2 * kHalf), .condition = inputs.condition});
  EXPECT_LT((back.head(2 * kHalf) - inputs.x).norm(), 1e-14);
  EXPECT_NEAR(back[2 * kHalf], -y[2 * kHalf], 1e-14);
  // The determinant of the Jacobian, row by row from the gradients with respect to x.
  Mat jacobian(2 * kHalf, 2 * kHalf);
  for (Index i = 0; i < 2 * kHalf; ++i)
    jacobian.row(i) = interpreter.Backward(Vec::Unit(2 * kHalf + 1, i)).x.transpose();
  double determinant = 1;  // triangular in blocks, the second of them diagonal
  for (Index i = 0; i < 2 * kHalf; ++i) determinant *= jacobian(i, i);
  EXPECT_EQ(jacobian.topRightCorner(kHalf, kHalf).norm(), 0);
  EXPECT_EQ(jacobian(kHalf, kHalf + 1), 0);
  EXPECT_EQ(jacobian(kHalf + 1, kHalf), 0);
  EXPECT_NEAR(std::log(determinant), y[2 * kHalf], 1e-13);
  ExpectRightGradients(forward, theta, inputs);
  ExpectRightGradients(inverse, theta, inputs);
}

}  // namespace
}  // namespace hyperwidth
