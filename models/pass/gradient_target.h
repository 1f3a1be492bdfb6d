// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_MODELS_PASS_GRADIENT_TARGET_H_
#define HYPERWIDTH_MODELS_PASS_GRADIENT_TARGET_H_

#include "models/types.h"

namespace hyperwidth {

// Some of the parameters: a matrix [rows, cols] inside the flat vector, whose columns start `stride` apart. A block of
// rows of a weight matrix is one, and so is a bias (one column).
struct ParameterBlock {
  Index first = 0;
  Index rows = 0;
  Index cols = 0;
  Index stride = 0;
};

// Where a gradient goes. It is handed over block by block while the block is in cache, so that plain descent can add it
// to the parameters in the product that computes it, and no optimiser needs a second pass over a vector as long as the
// model.
//
// Every parameter is in exactly one block of a step. Blocks that do not overlap may be handled at once on several
// threads. A model does not read parameters after the Begin of their block.
template <typename Scalar>
class GradientTarget {
 public:
  // Column j of the block goes to data + j * stride. If `accumulate`, it is added to what is there.
  struct Destination {
    Scalar* data = nullptr;
    Index stride = 0;
    bool accumulate = false;
  };

  virtual ~GradientTarget() = default;
  // What the gradient is multiplied by before it is written.
  virtual Scalar scale() const = 0;
  virtual Destination Begin(const ParameterBlock& block) = 0;
  // scale() * gradient of the block is where Begin said.
  virtual void End(const ParameterBlock& block) = 0;
};

// Just the gradient, in a vector like the parameters'.
template <typename Scalar>
class GradientVector final : public GradientTarget<Scalar> {
 public:
  explicit GradientVector(VectorRef<Scalar> gradient) : gradient_(gradient) {}

  Scalar scale() const override { return 1; }
  typename GradientTarget<Scalar>::Destination Begin(const ParameterBlock& block) override {
    return {gradient_.data() + block.first, block.stride, /*accumulate=*/false};
  }
  void End(const ParameterBlock& /*block*/) override {}

 private:
  VectorRef<Scalar> gradient_;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_PASS_GRADIENT_TARGET_H_
