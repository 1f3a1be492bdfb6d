// SPDX-License-Identifier: Apache-2.0
//
// Training as users do it, at the sizes of the published rotation models: the same bits for any number of threads, and
// the same result as through the plain per-sample path.

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
class Images final : public DataSource<float> {
 public:
  Images(Index size, Index group) : size_(size), group_(group) {}
  Index size() const override { return size_; }
  void Fill(Index epoch, std::span<const Index> samples, Batch<float>& batch) const override {
    const auto count = static_cast<Index>(samples.size());
    batch.x.resize(kPixels, count * group_);
    batch.condition.resize(kPixels, count);
    batch.labels.resize(count * group_);
    for (Index j = 0; j < count; ++j) {
      const auto sample = static_cast<std::uint64_t>(samples[static_cast<std::size_t>(j)]);
      RandomStream random(5, {static_cast<std::uint64_t>(epoch), sample});
      for (Index i = 0; i < kPixels; ++i) batch.condition(i, j) = static_cast<float>(random.Uniform(-1, 1));
      for (Index member = 0; member < group_; ++member) {
        const Index column = j * group_ + member;
        batch.labels[column] = static_cast<int>(random.Uniform(0, kClasses));
        for (Index i = 0; i < kPixels; ++i) batch.x(i, column) = static_cast<float>(random.Uniform(-1, 1));
        batch.x.col(column).segment(batch.labels[column] * 16, 16) += batch.condition.col(j).head(16);
      }
    }
  }

 private:
  Index size_;
  Index group_;
};

std::unique_ptr<ConditionalModel<float>> MakeModel(const std::string& name) {
  if (name == "standard") {
    return std::make_unique<StandardModel<float>>(Mlp({2 * kPixels, 300, 100, kClasses}, Activation::kRelu), kPixels);
  }
  if (name == "embedding") {
    return std::make_unique<EmbeddingModel<float>>(Mlp({kPixels, 100, 100, 1'970}, Activation::kRelu),
                                                   Mlp({kPixels + 1'970, 10, kClasses}, Activation::kRelu));
  }
  const Mlp primary({kPixels, 10, kClasses}, Activation::kRelu, /*has_bias=*/false);
  return std::make_unique<HypernetworkModel<float>>(
      Mlp({kPixels, 100, 100, primary.parameter_count()}, Activation::kRelu), primary);
}

// The model without its fast pass.
class PlainModel final : public ConditionalModel<float> {
 public:
  explicit PlainModel(const ConditionalModel<float>& model) : model_(model) {}
  std::string name() const override { return model_.name(); }
  Index primary_input_size() const override { return model_.primary_input_size(); }
  Index condition_size() const override { return model_.condition_size(); }
  Index output_size() const override { return model_.output_size(); }
  ModelCost cost() const override { return model_.cost(); }
  std::unique_ptr<Workspace> MakeWorkspace() const override { return model_.MakeWorkspace(); }
  void Initialize(std::uint64_t seed, VectorRef<float> parameters) const override {
    model_.Initialize(seed, parameters);
  }

 private:
  const Matrix<float>& DoForward(const ConstVectorRef<float>& parameters,
                                 const ConstMatrixRef<float>& x,
                                 const ConstMatrixRef<float>& condition,
                                 Workspace& workspace) const override {
    return model_.Forward(parameters, x, condition, workspace);
  }
  void DoBackward(const ConstVectorRef<float>& parameters,
                  const ConstMatrixRef<float>& x,
                  const ConstMatrixRef<float>& condition,
                  const ConstMatrixRef<float>& output_gradient,
                  Workspace& workspace,
                  VectorRef<float> parameter_gradient) const override {
    model_.Backward(parameters, x, condition, output_gradient, workspace, parameter_gradient);
  }

  const ConditionalModel<float>& model_;
};

Vector<float> TrainFor(
    const ConditionalModel<float>& model, Index steps, Index group, const OptimizerOptions& optimizer, int threads) {
  Vector<float> parameters(model.parameter_count());
  model.Initialize(3, parameters);
  Train<float>(model,
               Images(steps * 64 - 17, group),  // the last batch is smaller than the others
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
  const std::unique_ptr<ConditionalModel<float>> model_ = MakeModel(std::get<0>(GetParam()));
  const OptimizerOptions& optimizer() const { return kOptimizers[std::get<1>(GetParam())]; }
};

TEST_P(FastPath, ParametersHaveTheSameBytesForAnyNumberOfThreads) {
  for (const Index group : {1, 3}) {
    const Vector<float> expected = TrainFor(*model_, 12, group, optimizer(), 1);
    for (const int threads : {2, 3, 8}) {
      EXPECT_EQ(TrainFor(*model_, 12, group, optimizer(), threads), expected)
          << threads << " threads, " << group << " samples for each condition";
    }
  }
}

TEST_P(FastPath, IsThePlainPathUpToRoundingAfterAHundredSteps) {
  const Vector<float> expected = TrainFor(PlainModel(*model_), 100, 1, optimizer(), 2);
  const Vector<float> found = TrainFor(*model_, 100, 1, optimizer(), 2);
  Vector<float> start(model_->parameter_count());
  model_->Initialize(3, start);
  EXPECT_LT((found - expected).norm(), 1e-4 * expected.norm());
  EXPECT_GT((found - start).norm(), 1e-2 * start.norm()) << "training changed next to nothing: the test says nothing";
}

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
