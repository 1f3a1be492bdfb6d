// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_OPTIMIZER_H_
#define HYPERWIDTH_TRAINING_OPTIMIZER_H_

#include <string>

#include "models/pass/gradient_target.h"
#include "models/types.h"

namespace hyperwidth {

enum class OptimizerMethod { kSgd, kAdam };

// "sgd" or "adam".
std::string OptimizerMethodName(OptimizerMethod method);
// The inverse. Throws std::invalid_argument naming `name` and the accepted names.
OptimizerMethod ParseOptimizerMethod(const std::string& name);

struct OptimizerOptions {
  OptimizerMethod method = OptimizerMethod::kSgd;
  double learning_rate = 0.01;  // > 0
  double momentum = 0;          // SGD, in [0, 1)
  double weight_decay = 0;      // >= 0; added to the gradient as weight_decay * parameter
  double beta1 = 0.9;           // Adam, in [0, 1): decay of the mean gradient
  double beta2 = 0.999;         // Adam, in [0, 1): decay of the mean squared gradient
  double epsilon = 1e-8;        // Adam, > 0
};

// Throws std::invalid_argument naming the first option outside its range.
void Validate(const OptimizerOptions& options);

// What an optimiser knows beside the parameters. Vectors that its method does not use are empty.
template <typename Scalar>
struct OptimizerState {
  Index step = 0;                     // taken so far
  Vector<Scalar> first_moment = {};   // SGD's velocity, Adam's m
  Vector<Scalar> second_moment = {};  // Adam's s
};

// An update rule as a loop over a flat vector, with PyTorch's conventions:
//   SGD   v = momentum v + g (v = g at the first step);  theta -= learning_rate v
//   Adam  m = beta1 m + (1 - beta1) g;  s = beta2 s + (1 - beta2) g^2;
//         theta -= learning_rate (m / (1 - beta1^t)) / (sqrt(s / (1 - beta2^t)) + epsilon)   [Kingma and Ba 2015]
// where g includes weight_decay * theta.
//
// A step is BeginStep, then the gradient in blocks, of which each is applied as soon as it is known. Every entry is
// updated by itself, so blocks may come on several threads at once and their order does not change a bit.
template <typename Scalar>
class Optimizer final : public GradientTarget<Scalar> {
 public:
  using typename GradientTarget<Scalar>::Destination;

  // Updates `parameters`, which must stay where they are. Throws std::invalid_argument as Validate does.
  Optimizer(const OptimizerOptions& options, VectorRef<Scalar> parameters);

  void BeginStep();

  // -learning_rate for plain descent, whose gradient is added to the parameters by the product that computes it;
  // else 1.
  Scalar scale() const override;
  Destination Begin(const ParameterBlock& block) override;
  void End(const ParameterBlock& block) override;

  const OptimizerOptions& options() const { return options_; }
  const OptimizerState<Scalar>& state() const { return state_; }
  // Goes on from there. Throws: std::invalid_argument if its vectors are not those of this method and number of
  // parameters.
  void Restore(const OptimizerState<Scalar>& state);

 private:
  bool IsPlainDescent() const { return options_.method == OptimizerMethod::kSgd && options_.momentum == 0; }

  OptimizerOptions options_;
  VectorRef<Scalar> parameters_;
  OptimizerState<Scalar> state_;
  Scalar mean_scale_ = 0;    // Adam: learning_rate / (1 - beta1^t)
  Scalar root_scale_ = 0;    // Adam: 1 / sqrt(1 - beta2^t)
  Vector<Scalar> gradient_;  // Adam's, on its way
};

extern template class Optimizer<float>;
extern template class Optimizer<double>;

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_OPTIMIZER_H_
