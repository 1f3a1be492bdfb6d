// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_OPTIMIZER_H_
#define HYPERWIDTH_TRAINING_OPTIMIZER_H_

#include <string>

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

// An update rule as a loop over a flat vector, with PyTorch's conventions:
//   SGD   v = momentum v + g (v = g at the first step);  theta -= learning_rate v
//   Adam  m = beta1 m + (1 - beta1) g;  s = beta2 s + (1 - beta2) g^2;
//         theta -= learning_rate (m / (1 - beta1^t)) / (sqrt(s / (1 - beta2^t)) + epsilon)   [Kingma and Ba 2015]
// where g includes weight_decay * theta.
//
// A step is BeginStep, then Update on ranges that cover all parameters. Every entry is updated by itself, so ranges may
// run on several threads at once and their choice does not change a bit.
template <typename Scalar>
class Optimizer {
 public:
  // Throws std::invalid_argument as Validate does.
  Optimizer(const OptimizerOptions& options, Index parameter_count);

  void BeginStep() { ++step_; }

  // Updates parameters first .. first + gradient.size() - 1, given their part of the gradient.
  void Update(Index first, const ConstVectorRef<Scalar>& gradient, VectorRef<Scalar> parameters);

  const OptimizerOptions& options() const { return options_; }
  Index step() const { return step_; }

 private:
  OptimizerOptions options_;
  Index step_ = 0;
  Vector<Scalar> first_moment_;   // SGD's velocity, Adam's m; empty for SGD without momentum
  Vector<Scalar> second_moment_;  // Adam's s
};

extern template class Optimizer<float>;
extern template class Optimizer<double>;

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_OPTIMIZER_H_
