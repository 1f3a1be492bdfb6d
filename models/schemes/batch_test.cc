// SPDX-License-Identifier: Apache-2.0
//
// Every scheme computed in batches of all shapes, with matrices so large that they are cut, as written and as planned:
// against one sample at a time, with tasks in any order on any number of slots, and without asking for memory.

#include <cstdlib>
#include <vector>

#include "gtest/gtest.h"
#include "models/graph/interpreter.h"
#include "models/graph/planner.h"
#include "models/pass/pass.h"
#include "models/random_stream.h"
#include "models/schemes/schemes.h"

namespace {

long requests_for_memory = 0;

}  // namespace

// All that asks for memory here ends in malloc: Eigen's matrices, containers and std::function. Sanitizers have one of
// their own.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kCountsRequests = false;
#else
constexpr bool kCountsRequests = true;
extern "C" void* __libc_malloc(std::size_t size);
extern "C" void* malloc(std::size_t size) {
  ++requests_for_memory;
  return __libc_malloc(size);
}
#endif

namespace hyperwidth {
namespace {

constexpr Index kX = 40, kI = 400, kKnown = 7;

MlpShape Shape(std::vector<Index> sizes) { return {.sizes = std::move(sizes), .function = Function::kTanh}; }

// e and f have a first layer of 400 x 96, and the wide ones a last layer of 96 x 900.
std::vector<Model> AllModels() {
  const MlpShape q = Shape({kX, 20, 2});
  const auto g = MlpPrimary(q);
  const auto small = MlpPrimary(Shape({kX, 6, 2}));
  const auto image = ConvolutionalPrimary(
      {.channels = 1, .height = 5, .width = 8, .filters = {3}, .kernel = 3, .pooling = 2, .dense = {6, 2}});
  std::vector<Model> models;
  models.push_back(Concat(Shape({kX + kI, 96, 2}), kI));
  models.push_back(Embedding(Shape({kI, 96, 900}), Shape({kX + 900, 10, 2})));
  models.push_back(Embedding(Shape({kI, 96, 8}), Shape({kX + 8, 50, 2})));
  models.push_back(Nomad(Shape({kI, 96, 8}), Shape({kX + 8, 30, 30, 2})));
  models.push_back(Table(5, kKnown, Shape({kX + 5, 30, 2})));
  models.push_back(ConditionalBias(Shape({kI, 96, 20}), q));
  models.push_back(Film(Shape({kI, 96, 40}), q));
  models.push_back(Multiplicative(Shape({kI, 96, 5}), q));
  models.push_back(LowRank(Shape({kI, 96, 6}), *g));
  models.push_back(DeepOnet(Shape({kI, 96, 24}), Shape({kX, 30, 24}), 2));
  models.push_back(
      ShiftDeepOnet(Shape({kI, 96, 4}), Shape({kI, 30, 160}), Shape({kI, 30, 160}), Shape({kX, 20, 4}), 2));
  models.push_back(FlexDeepOnet(Shape({kI, 96, 12}), Shape({kI, 30, 80}), Shape({kX, 20, 12}), 3));
  models.push_back(Hypernetwork(Shape({kI, 96, NumGenerated(*g)}), *g));
  const GeneratedWeights added{.names = {"0.weight", "1.bias"}, .adds_to_trained = true};
  models.push_back(Hypernetwork(Shape({kI, 96, NumGenerated(*g, added)}), *g, added));
  const GeneratedWeights invariant{.adds_to_trained = true, .preserves_input_norm = true};
  models.push_back(Hypernetwork(Shape({2 * kI, 96, NumGenerated(*g)}), *g, invariant));
  models.push_back(Hypernetwork(Shape({kI, 60, NumGenerated(*image)}), *image));
  models.push_back(ChunkedHypernetwork(Shape({kI, 96, 6}), Shape({10, 30, 97}), *small));
  return models;
}

// One sample for each condition; few for each, many, and none.
const std::vector<std::vector<Index>>& AllGroups() {
  static const std::vector<std::vector<Index>> all = [] {
    std::vector<std::vector<Index>> groups = {{0, 3, 3, 4, 40, 190}, {0, 150}};
    // So many panels that each adds up its own gradients; several small groups in one, several panels for one.
    groups.push_back({0});
    for (Index g = 0; g < 24; ++g) {
      const Index size = g == 5 ? 0 : g == 12 ? 300 : g >= 8 && g < 11 ? g - 4 : 33;
      groups.back().push_back(groups.back().back() + size);
    }
    for (const Index samples : {3, 70}) {
      groups.emplace_back();
      for (Index j = 0; j <= samples; ++j) groups.back().push_back(j);
    }
    return groups;
  }();
  return all;
}

template <typename Scalar>
Batch<Scalar> RandomBatch(const std::vector<Index>& group_starts) {
  RandomStream random(group_starts.size(), {5});
  const auto matrix = [&](Index rows, Index cols) {
    return Matrix<Scalar>::NullaryExpr(rows, cols, [&] { return static_cast<Scalar>(random.Uniform(-1, 1)); }).eval();
  };
  const auto conditions = static_cast<Index>(group_starts.size()) - 1;
  Batch<Scalar> batch{.x = matrix(kX, group_starts.back()),
                      .condition = matrix(kI, conditions),
                      .condition_ids = {},
                      .group_starts = group_starts};
  for (Index g = 0; g < conditions; ++g) batch.condition_ids.push_back(static_cast<Index>(random.Below(kKnown)));
  return batch;
}

template <typename Scalar>
Matrix<Scalar> Direction(const Model& model, const Batch<Scalar>& batch) {
  RandomStream random(3, {6});
  const Index outputs = model.graph.shape(model.output).rows;
  return Matrix<Scalar>::NullaryExpr(
      outputs, batch.samples(), [&] { return static_cast<Scalar>(random.Uniform(-1, 1)); });
}

// Tasks from the last to the first, in turn on several slots.
class BackwardExecutor final : public Executor {
 public:
  explicit BackwardExecutor(Index slots) : slots_(slots) {}
  Index slot_count() const override { return slots_; }
  void Run(Index count, const Task& task) const override {
    for (Index i = count; i-- > 0;) task(i, i % slots_);
  }

 private:
  Index slots_;
};

template <typename Scalar>
struct Step {
  Matrix<Scalar> outputs;
  Vector<Scalar> gradient;
};

template <typename Scalar>
Step<Scalar> Computed(const Model& model,
                      const Executor& executor,
                      const Vector<Scalar>& theta,
                      const Batch<Scalar>& batch) {
  Pass<Scalar> pass(model, executor);
  Step<Scalar> step{.outputs = pass.Forward(theta, batch), .gradient = Vector<Scalar>::Constant(theta.size(), 1e30F)};
  GradientVector<Scalar> target(step.gradient);
  pass.Backward(theta, Direction(model, batch), target);
  return step;
}

Step<double> Interpreted(const Model& model, const Vector<double>& theta, const Batch<double>& batch) {
  Interpreter interpreter(model);
  Step<double> step{.outputs = Matrix<double>(model.graph.shape(model.output).rows, batch.samples()),
                    .gradient = Vector<double>::Zero(theta.size())};
  const Matrix<double> direction = Direction(model, batch);
  for (std::size_t g = 0; g + 1 < batch.group_starts.size(); ++g) {
    for (Index j = batch.group_starts[g]; j < batch.group_starts[g + 1]; ++j) {
      SampleInputs inputs{.x = batch.x.col(j), .condition_id = batch.condition_ids[g]};
      if (model.graph.condition_size() > 0) inputs.condition = batch.condition.col(static_cast<Index>(g));
      step.outputs.col(j) = interpreter.Forward(theta, inputs);
      step.gradient += interpreter.Backward(direction.col(j)).theta;
    }
  }
  return step;
}

TEST(SchemesInBatches, AreTheSameAsOneSampleAtATime) {
  const SerialExecutor executor;
  for (const Model& model : AllModels()) {
    Vector<double> theta(model.parameters.size());
    model.parameters.Initialize<double>(1, theta);
    for (const std::vector<Index>& groups : AllGroups()) {
      const Batch<double> batch = RandomBatch<double>(groups);
      const Step<double> expected = Interpreted(model, theta, batch);
      for (const bool is_planned : {false, true}) {
        const Model used = is_planned ? Plan(model, batch.samples(), batch.conditions()) : model;
        const Step<double> step = Computed<double>(used, executor, theta, batch);
        EXPECT_LT((step.outputs - expected.outputs).norm(), 1e-11 * (1 + expected.outputs.norm())) << model.name;
        for (const Tensor& tensor : model.parameters.tensors()) {
          const auto part = [&](const Vector<double>& gradient) {
            return gradient.segment(tensor.first, tensor.size());
          };
          EXPECT_LT((part(step.gradient) - part(expected.gradient)).norm(),
                    1e-11 * (1 + part(expected.gradient).norm()))
              << model.name << ", " << tensor.name << (is_planned ? ", planned, " : ", ") << batch.samples();
        }
      }
    }
  }
}

TEST(SchemesInBatches, HaveTheSameBitsWhateverTheOrderOfTasks) {
  const SerialExecutor serial;
  const BackwardExecutor backward(3);
  for (const Model& written : AllModels()) {
    Vector<float> theta(written.parameters.size());
    written.parameters.Initialize<float>(1, theta);
    for (const std::vector<Index>& groups : AllGroups()) {
      const Batch<float> batch = RandomBatch<float>(groups);
      const Model model = Plan(written, batch.samples(), batch.conditions());
      const Step<float> one = Computed<float>(model, serial, theta, batch);
      const Step<float> other = Computed<float>(model, backward, theta, batch);
      EXPECT_EQ(one.outputs, other.outputs) << model.name;
      EXPECT_EQ(one.gradient, other.gradient) << model.name;
    }
  }
}

// Descends on theta itself, as an optimiser does: nothing may be read after it has been changed.
class Descent final : public GradientTarget<double> {
 public:
  explicit Descent(Vector<double>& theta) : theta_(theta), written_(Vector<double>::Zero(theta.size())) {}
  double scale() const override { return -0.1; }
  Destination Begin(const ParameterBlock& block) override {
    for (Index col = 0; col < block.cols; ++col)
      written_.segment(block.first + col * block.stride, block.rows).array() += 1;
    return {theta_.data() + block.first, block.stride, /*accumulate=*/true};
  }
  void End(const ParameterBlock& /*block*/) override {}
  const Vector<double>& written() const { return written_; }

 private:
  Vector<double>& theta_;
  Vector<double> written_;
};

TEST(SchemesInBatches, HandEveryParameterOnOnceAndReadNoneThatHasChanged) {
  const SerialExecutor executor;
  for (const Model& written : AllModels()) {
    for (const std::vector<Index>& groups : AllGroups()) {
      const Batch<double> batch = RandomBatch<double>(groups);
      const Model model = Plan(written, batch.samples(), batch.conditions());
      Vector<double> theta(model.parameters.size());
      model.parameters.Initialize<double>(1, theta);
      const Vector<double> expected = theta - 0.1 * Computed<double>(model, executor, theta, batch).gradient;
      Pass<double> pass(model, executor);
      pass.Forward(theta, batch);
      Descent target(theta);
      pass.Backward(theta, Direction(model, batch), target);
      EXPECT_TRUE((target.written().array() == 1).all()) << model.name;
      EXPECT_LT((theta - expected).norm(), 1e-12 * expected.norm()) << model.name;
    }
  }
}

TEST(SchemesInBatches, AskForNoMemoryInAStepAfterTheFirst) {
  if (!kCountsRequests) GTEST_SKIP() << "a sanitizer's malloc is not counted";
  const SerialExecutor serial;
  const BackwardExecutor backward(3);
  for (const Model& written : AllModels()) {
    for (const Executor* const executor :
         {static_cast<const Executor*>(&serial), static_cast<const Executor*>(&backward)}) {
      for (const std::vector<Index>& groups : AllGroups()) {
        const Batch<float> batch = RandomBatch<float>(groups);
        const Model model = Plan(written, batch.samples(), batch.conditions());
        Vector<float> theta(model.parameters.size()), gradient(model.parameters.size());
        model.parameters.Initialize<float>(1, theta);
        const Matrix<float> direction = Direction(model, batch);
        GradientVector<float> target(gradient);
        Pass<float> pass(model, *executor);
        pass.Forward(theta, batch);
        pass.Backward(theta, direction, target);
        const long before = requests_for_memory;
        pass.Forward(theta, batch);
        pass.Backward(theta, direction, target);
        EXPECT_EQ(requests_for_memory - before, 0) << model.name << ", " << batch.samples();
      }
    }
  }
}

}  // namespace
}  // namespace hyperwidth
