// SPDX-License-Identifier: Apache-2.0
//
// A program of somebody who trains a model on data of their own.

#include <cmath>
#include <cstdio>

#include "models/random_stream.h"
#include "models/schemes/schemes.h"
#include "training/batch.h"
#include "training/objectives.h"
#include "training/trainer.h"

namespace {

// y(x, I) = x I on the square.
class Product : public hyperwidth::DataSource<float> {
 public:
  hyperwidth::Index size() const override { return 512; }
  void Fill(hyperwidth::Index,
            std::span<const hyperwidth::Index> items,
            hyperwidth::TrainingBatch<float>& batch) const override {
    const auto count = static_cast<hyperwidth::Index>(items.size());
    batch.x.resize(1, count);
    batch.condition.resize(1, count);
    batch.group_starts = hyperwidth::EqualGroups(count);  // a condition for each sample
    for (hyperwidth::Index i = 0; i < count; ++i) {
      hyperwidth::RandomStream random(7, {static_cast<std::uint64_t>(items[static_cast<std::size_t>(i)])});
      batch.x(0, i) = static_cast<float>(random.Uniform(-1, 1));
      batch.condition(0, i) = static_cast<float>(random.Uniform(-1, 1));
    }
    batch.targets = batch.x.cwiseProduct(batch.condition);
  }
};

}  // namespace

int main() {
  const hyperwidth::Model model =
      hyperwidth::Embedding({.sizes = {1, 16, 4}, .function = hyperwidth::Function::kTanh},
                            {.sizes = {1 + 4, 32, 1}, .function = hyperwidth::Function::kTanh});
  hyperwidth::Vector<float> theta(model.parameters.size());
  model.parameters.Initialize<float>(/*seed=*/1, theta);
  const Product data;
  const hyperwidth::MeanSquaredError<float> objective;
  hyperwidth::TrainerOptions options;
  options.optimizer.method = hyperwidth::OptimizerMethod::kAdam;
  options.epochs = 60;
  hyperwidth::Train<float>(model, data, objective, options, theta);
  const hyperwidth::LossSum sum = hyperwidth::Evaluate<float>(model, data, objective, theta);
  const double mean = sum.loss / static_cast<double>(sum.samples);
  std::printf("mean squared error %g\n", mean);
  return mean < 0.02 ? 0 : 1;  // the target's variance is 1/9
}
