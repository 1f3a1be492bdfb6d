// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_OPTIMIZER_H_
#define HYPERWIDTH_TRAINING_OPTIMIZER_H_

#include <vector>

#include "models/pass/executor.h"
#include "models/pass/gradient_target.h"
#include "models/types.h"
#include "training/optimizer_options.h"

namespace hyperwidth {

// What an optimiser knows beside the parameters. Vectors that its method does not use are empty.
template <typename Scalar>
struct OptimizerState {
  Index step = 0;                     // taken so far
  Vector<Scalar> first_moment = {};   // SGD's velocity v, Adam's and AdamW's m, Adadelta's d
  Vector<Scalar> second_moment = {};  // Adam's, AdamW's and Adadelta's s
};

// An update rule as a loop over a flat vector, with PyTorch's conventions, where lr is learning_rate times the
// schedule's factor at step t = 1, 2, ..:
//   SGD       v = momentum v + g (v = g at the first step);  theta -= lr v, or lr (g + momentum v) with Nesterov's
//   Adam      m = beta1 m + (1 - beta1) g;  s = beta2 s + (1 - beta2) g^2;
//             theta -= lr (m / (1 - beta1^t)) / (sqrt(s / (1 - beta2^t)) + epsilon)   [Kingma and Ba 2015]
//   AdamW     theta *= 1 - lr weight_decay, then as Adam                              [Loshchilov and Hutter 2019]
//   Adadelta  s = rho s + (1 - rho) g^2;  u = g sqrt(d + epsilon) / sqrt(s + epsilon);
//             d = rho d + (1 - rho) u^2;  theta -= lr u                               [Zeiler 2012]
// where g, but for AdamW's, includes weight_decay * theta. Clipping comes before that: the gradient is multiplied by
// max_gradient_norm / (norm + 1e-6) if that is below 1.
//
// A step is BeginStep, then the gradient in blocks, then EndStep. Without clipping each block is applied as soon as it
// is known; with it, the gradient is gathered and applied by EndStep. Every entry is updated by itself, so blocks may
// come on several threads at once and their order does not change a bit.
template <typename Scalar>
class Optimizer final : public GradientTarget<Scalar> {
 public:
  using typename GradientTarget<Scalar>::Destination;

  // Updates `parameters`, which must stay where they are. Throws std::invalid_argument as Validate does.
  Optimizer(const OptimizerOptions& options, VectorRef<Scalar> parameters);

  void BeginStep();

  // -lr for plain descent, whose gradient is added to the parameters by the product that computes it; else 1.
  Scalar scale() const override;
  Destination Begin(const ParameterBlock& block) override;
  void End(const ParameterBlock& block) override;

  // Sums of the norm are taken in an order that depends on the number of parameters alone.
  void EndStep(const Executor& executor = SerialExecutor());

  const OptimizerOptions& options() const { return options_; }
  const OptimizerState<Scalar>& state() const { return state_; }
  // Goes on from there. Throws: std::invalid_argument, and changes nothing, if its vectors are not those of this method
  // and number of parameters, or its step is below 0.
  void Restore(const OptimizerState<Scalar>& state);

 private:
  bool Is(OptimizerMethod method) const { return options_.method == method; }
  bool Clips() const { return !sums_of_squares_.empty(); }
  bool IsPlainDescent() const { return Is(OptimizerMethod::kSgd) && options_.momentum == 0 && !Clips(); }
  // The gradient of a block is needed by itself.
  bool NeedsGradient() const { return !Is(OptimizerMethod::kSgd) || options_.nesterov || Clips(); }
  // Applies what gradient_ holds.
  void Apply(const ParameterBlock& block);

  OptimizerOptions options_;
  VectorRef<Scalar> parameters_;
  OptimizerState<Scalar> state_;
  double learning_rate_ = 0;             // of this step
  Scalar clip_factor_ = 1;               // of this step
  Scalar mean_scale_ = 0;                // Adam: lr / (1 - beta1^t)
  Scalar root_scale_ = 0;                // Adam: 1 / sqrt(1 - beta2^t)
  Vector<Scalar> gradient_;              // on its way; empty if it is not needed
  std::vector<double> sums_of_squares_;  // of the gradient's chunks; empty: no clipping
};

extern template class Optimizer<float>;
extern template class Optimizer<double>;

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_OPTIMIZER_H_
