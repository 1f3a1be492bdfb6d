// SPDX-License-Identifier: Apache-2.0
#include "training/benchmark_step.h"

#include <stdexcept>
#include <vector>

#include "models/embedding_model.h"
#include "models/hypernetwork_model.h"
#include "models/mlp.h"
#include "training/loss.h"

namespace hyperwidth {
namespace {

constexpr Index kClasses = 12;
constexpr Index kUnits = 10;   // of the primary network
constexpr Index kWidth = 100;  // of f and e

Mlp Generator(const BenchmarkStep::Options& options, Index outputs) {
  std::vector<Index> sizes = {options.pixels};
  sizes.insert(sizes.end(), static_cast<std::size_t>(options.depth + 1), kWidth);
  sizes.push_back(outputs);
  return Mlp(sizes, Activation::kRelu);
}

std::unique_ptr<ConditionalModel<float>> MakeModel(const BenchmarkStep::Options& options) {
  if (options.depth < 0) throw std::invalid_argument("depth: accepted: at least 0");
  if (options.model == "hypernetwork") {
    const Mlp primary({options.pixels, kUnits, kClasses}, Activation::kRelu, /*has_bias=*/false);
    return std::make_unique<HypernetworkModel<float>>(Generator(options, primary.parameter_count()), primary);
  }
  if (options.model != "embedding") {
    throw std::invalid_argument("model: found '" + options.model + "', accepted: hypernetwork, embedding");
  }
  const Index embedding = (options.pixels + 1) * kUnits;
  return std::make_unique<EmbeddingModel<float>>(
      Generator(options, embedding), Mlp({options.pixels + embedding, kUnits, kClasses}, Activation::kRelu));
}

}  // namespace

BenchmarkStep::BenchmarkStep(const Options& options)
    : options_(options),
      model_(MakeModel(options)),
      executor_(options.threads),
      pass_(model_->MakeBatchPass(executor_)),
      parameters_(model_->parameter_count()) {
  batch_.x = Matrix<float>::Random(options.pixels, options.batch_size);
  batch_.condition = Matrix<float>::Random(options.pixels, options.batch_size);
  batch_.group_starts = EqualGroups(options.batch_size);
  batch_.labels.resize(options.batch_size);
  model_->Initialize(1, parameters_);
  for (Index i = 0; i < options.batch_size; ++i) batch_.labels[i] = static_cast<int>(i % kClasses);
  optimizer_ = std::make_unique<Optimizer<float>>(OptimizerOptions{.learning_rate = 1e-5}, parameters_);
}

void BenchmarkStep::Run() {
  const Matrix<float>& outputs = pass_->Forward(parameters_, batch_.x, batch_.condition);
  EvaluateLoss(Loss::kCrossEntropy, outputs, batch_, options_.batch_size, &output_gradient_);
  optimizer_->BeginStep();
  pass_->Backward(parameters_, output_gradient_, *optimizer_);
}

double BenchmarkStep::flops() const {
  const auto multiply_adds = static_cast<double>(model_->cost().multiply_adds);
  const Index at_inputs = options_.pixels * (kWidth + (options_.model == "embedding" ? kUnits : 0));
  return 2 * static_cast<double>(options_.batch_size) * (3 * multiply_adds - static_cast<double>(at_inputs));
}

}  // namespace hyperwidth
