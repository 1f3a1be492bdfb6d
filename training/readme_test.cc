// SPDX-License-Identifier: Apache-2.0
//
// The example of README.md, and what it does.

#include <gtest/gtest.h>

#include "models/embedding_model.h"
#include "models/mlp.h"
#include "training/trainer.h"

namespace {

using namespace hyperwidth;

// README example begins.
// y(x, I) = x I on a grid of the square.
class Products : public DataSource<float> {
 public:
  Index size() const override { return 400; }
  void Fill(Index /*epoch*/, std::span<const Index> samples, TrainingBatch<float>& batch) const override {
    const auto count = static_cast<Index>(samples.size());
    batch.x.resize(1, count);
    batch.condition.resize(1, count);
    batch.group_starts = EqualGroups(count);  // a condition for each sample
    for (Index i = 0; i < count; ++i) {
      const Index sample = samples[static_cast<std::size_t>(i)];
      batch.x(0, i) = static_cast<float>(sample % 20) / 10 - 1;
      batch.condition(0, i) = static_cast<float>(sample / 20) / 10 - 1;
    }
    batch.targets = batch.x.cwiseProduct(batch.condition);
  }
};

// The mean squared error that an embedding model reaches.
double TrainOnProducts() {
  const EmbeddingModel<float> model(Mlp({1, 16, 4}, Activation::kTanh), Mlp({5, 32, 1}, Activation::kTanh));
  Vector<float> parameters(model.parameter_count());
  model.Initialize(/*seed=*/1, parameters);
  TrainerOptions options;
  options.loss = Loss::kMeanSquaredError;
  options.optimizer = {.method = OptimizerMethod::kAdam, .learning_rate = 0.01};
  options.epochs = 50;
  Train<float>(model, Products(), options, parameters);
  const LossSum sum = Evaluate<float>(model, Products(), options.loss, parameters);
  return sum.loss / static_cast<double>(sum.samples);
}
// README example ends.

TEST(Readme, ExampleLearnsTheProduct) {
  EXPECT_LT(TrainOnProducts(), 0.01) << "the variance of the targets is about 1/9";
}

}  // namespace
