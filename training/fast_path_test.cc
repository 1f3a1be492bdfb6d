// SPDX-License-Identifier: Apache-2.0
//
// Training as users do it, at the sizes of the published rotation models: the same bits for any number of threads, and
// the same result as through the plain per-sample path.
//
// Two paths may differ by rounding, which ReLU can turn into more: where a pre-activation is within rounding of zero,
// one path takes a sample's gradient and the other does not. In single precision that happens to some of the 1.3
// million pre-activations of a hundred steps, and moves the parameters by up to a few 1e-4 of their norm at once. So
// single precision is compared with a smooth activation, and ReLU in double precision.

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <tuple>

#include "models/batch/batch_pass.h"
#include "models/embedding_model.h"
#include "models/hypernetwork_model.h"
#include "models/mlp.h"
#include "models/random_stream.h"
#include "models/standard_model.h"
#include "training/trainer.h"

namespace hyperwidth {
namespace {

constexpr Index kPixels = 196;
constexpr Index kClasses = 12;

// Random images that carry their class in the mean of some pixels; `group` samples for each condition.
template <typename Scalar>
class Images final : public DataSource<Scalar> {
 public:
  Images(Index size, Index group) : size_(size), group_(group) {}
  Index size() const override { return size_; }
  void Fill(Index epoch, std::span<const Index> samples, TrainingBatch<Scalar>& batch) const override {
    const auto count = static_cast<Index>(samples.size());
    batch.x.resize(kPixels, count * group_);
    batch.condition.resize(kPixels, count);
    batch.labels.resize(count * group_);
    batch.group_starts = EqualGroups(count, group_);
    for (Index j = 0; j < count; ++j) {
      const auto sample = static_cast<std::uint64_t>(samples[static_cast<std::size_t>(j)]);
      RandomStream random(5, {static_cast<std::uint64_t>(epoch), sample});
      for (Index i = 0; i < kPixels; ++i) batch.condition(i, j) = static_cast<Scalar>(random.Uniform(-1, 1));
      for (Index member = 0; member < group_; ++member) {
        const Index column = j * group_ + member;
        batch.labels[column] = static_cast<int>(random.Uniform(0, kClasses));
        for (Index i = 0; i < kPixels; ++i) batch.x(i, column) = static_cast<Scalar>(random.Uniform(-1, 1));
        batch.x.col(column).segment(batch.labels[column] * 16, 16) += batch.condition.col(j).head(16);
      }
    }
  }

 private:
  Index size_;
  Index group_;
};

template <typename Scalar>
std::unique_ptr<ConditionalModel<Scalar>> MakeModel(const std::string& name, Activation activation) {
  if (name == "standard") {
    return std::make_unique<StandardModel<Scalar>>(Mlp({2 * kPixels, 300, 100, kClasses}, activation), kPixels);
  }
  if (name == "embedding") {
    return std::make_unique<EmbeddingModel<Scalar>>(Mlp({kPixels, 100, 100, 1'970}, activation),
                                                    Mlp({kPixels + 1'970, 10, kClasses}, activation));
  }
  const Mlp primary({kPixels, 10, kClasses}, activation, /*has_bias=*/false);
  return std::make_unique<HypernetworkModel<Scalar>>(Mlp({kPixels, 100, 100, primary.parameter_count()}, activation),
                                                     primary);
}

// The model without its fast pass.
template <typename Scalar>
class PlainModel final : public ConditionalModel<Scalar> {
 public:
  using typename ConditionalModel<Scalar>::Workspace;

  explicit PlainModel(const ConditionalModel<Scalar>& model) : model_(model) {}
  std::string name() const override { return model_.name(); }
  Index primary_input_size() const override { return model_.primary_input_size(); }
  Index condition_size() const override { return model_.condition_size(); }
  Index output_size() const override { return model_.output_size(); }
  ModelCost cost() const override { return model_.cost(); }
  std::unique_ptr<Workspace> MakeWorkspace() const override { return model_.MakeWorkspace(); }
  void Initialize(std::uint64_t seed, VectorRef<Scalar> parameters) const override {
    model_.Initialize(seed, parameters);
  }

 private:
  const Matrix<Scalar>& DoForward(const ConstVectorRef<Scalar>& parameters,
                                  const ConstMatrixRef<Scalar>& x,
                                  const ConstMatrixRef<Scalar>& condition,
                                  Workspace& workspace) const override {
    return model_.Forward(parameters, x, condition, workspace);
  }
  void DoBackward(const ConstVectorRef<Scalar>& parameters,
                  const ConstMatrixRef<Scalar>& x,
                  const ConstMatrixRef<Scalar>& condition,
                  const ConstMatrixRef<Scalar>& output_gradient,
                  Workspace& workspace,
                  VectorRef<Scalar> parameter_gradient) const override {
    model_.Backward(parameters, x, condition, output_gradient, workspace, parameter_gradient);
  }

  const ConditionalModel<Scalar>& model_;
};

template <typename Scalar>
Vector<Scalar> TrainFor(
    const ConditionalModel<Scalar>& model, Index steps, Index group, const OptimizerOptions& optimizer, int threads) {
  Vector<Scalar> parameters(model.parameter_count());
  model.Initialize(3, parameters);
  Train<Scalar>(model,
                Images<Scalar>(steps * 64 - 17, group),  // the last batch is smaller than the others
                {.optimizer = optimizer, .epochs = 1, .batch_size = 64, .threads = threads},
                parameters);
  return parameters;
}

const OptimizerOptions kOptimizers[] = {
    {.learning_rate = 0.05},
    {.learning_rate = 0.02, .momentum = 0.9, .weight_decay = 1e-4},
    {.method = OptimizerMethod::kAdam, .learning_rate = 1e-3},
};

class FastPath : public ::testing::TestWithParam<std::tuple<std::string, int>> {
 protected:
  template <typename Scalar>
  std::unique_ptr<ConditionalModel<Scalar>> Model(Activation activation) const {
    return MakeModel<Scalar>(std::get<0>(GetParam()), activation);
  }
  const OptimizerOptions& optimizer() const { return kOptimizers[std::get<1>(GetParam())]; }

  // After a hundred steps the paths' parameters differ by less than `tolerance` of their norm.
  template <typename Scalar>
  void ExpectPlainPath(Activation activation, double tolerance) const {
    const auto model = Model<Scalar>(activation);
    const Vector<Scalar> expected = TrainFor(PlainModel<Scalar>(*model), 100, 1, optimizer(), 2);
    const Vector<Scalar> found = TrainFor(*model, 100, 1, optimizer(), 2);
    Vector<Scalar> start(model->parameter_count());
    model->Initialize(3, start);
    EXPECT_LT((found - expected).norm(), tolerance * expected.norm());
    EXPECT_GT((found - start).norm(), 1e-2 * start.norm()) << "training changed next to nothing: the test says nothing";
  }
};

TEST_P(FastPath, ParametersHaveTheSameBytesForAnyNumberOfThreads) {
  const auto model = Model<float>(Activation::kRelu);
  for (const Index group : {1, 3}) {
    const Vector<float> expected = TrainFor(*model, 12, group, optimizer(), 1);
    for (const int threads : {2, 3, 8}) {
      EXPECT_EQ(TrainFor(*model, 12, group, optimizer(), threads), expected)
          << threads << " threads, " << group << " samples for each condition";
    }
  }
}

// Found: 2e-6 at most. Plain descent adds each sample's gradient to the parameters by itself, so rounds 64 times a
// step.
TEST_P(FastPath, IsThePlainPathUpToRoundingAfterAHundredSteps) { ExpectPlainPath<float>(Activation::kElu, 1e-4); }

// The same with ReLU, whose pre-activations are not within double rounding of zero. Found: 4e-15 at most.
TEST_P(FastPath, IsThePlainPathWithReluInDoublePrecision) { ExpectPlainPath<double>(Activation::kRelu, 1e-12); }

constexpr const char* kOptimizerNames[] = {"descent", "momentum", "adam"};

INSTANTIATE_TEST_SUITE_P(Training,
                         FastPath,
                         ::testing::Combine(::testing::Values("standard", "embedding", "hypernetwork"),
                                            ::testing::Values(0, 1, 2)),
                         [](const auto& tested) {
                           return std::get<0>(tested.param) + "_" + kOptimizerNames[std::get<1>(tested.param)];
                         });

}  // namespace
}  // namespace hyperwidth
