// SPDX-License-Identifier: Apache-2.0
//
// The interface that all conditional models share: h(x, I; theta), with x the primary input, I the condition and theta
// one flat parameter vector.

#ifndef HYPERWIDTH_MODELS_CONDITIONAL_MODEL_H_
#define HYPERWIDTH_MODELS_CONDITIONAL_MODEL_H_

#include <cstdint>
#include <memory>
#include <string>

#include "models/batch/batch_pass.h"
#include "models/pass/executor.h"
#include "models/types.h"

namespace hyperwidth {

// What a model costs. Primary and total parameters are different things: a hypernetwork's primary network has weights
// that are generated, not trained, so only `total` says how many numbers training has to find.
struct ModelCost {
  Index primary_parameters = 0;     // of the network that sees x: N_q, or the generated N_g
  Index generator_parameters = 0;   // of the network that sees I: N_e of an embedding, N_f of a hypernetwork, or 0
  Index trainable_parameters = 0;   // the length of theta
  Index generated_parameters = 0;   // generated for each condition: N_g for a hypernetwork, else 0
  Index multiply_adds = 0;          // of one forward pass for one sample with a condition not seen before
  Index multiply_adds_reusing = 0;  // the same if what depends on the condition alone is kept from an earlier sample
};

template <typename Scalar>
class ConditionalModel {
 public:
  // Buffers of one thread, made by MakeWorkspace of the model that uses it.
  class Workspace {
   public:
    virtual ~Workspace() = default;
  };

  virtual ~ConditionalModel() = default;

  // "standard", "embedding" or "hypernetwork": the name under which results are reported.
  virtual std::string name() const = 0;
  virtual Index primary_input_size() const = 0;
  virtual Index condition_size() const = 0;
  virtual Index output_size() const = 0;
  virtual ModelCost cost() const = 0;
  Index parameter_count() const { return cost().trainable_parameters; }

  virtual std::unique_ptr<Workspace> MakeWorkspace() const = 0;

  // What a trainer uses: whole batches, split into tasks for `executor`. Model and executor must outlive the pass. The
  // default is a PartwisePass; a model with a faster way overrides it.
  virtual std::unique_ptr<BatchPass<Scalar>> MakeBatchPass(const Executor& executor) const;

  // Fills `parameters` [parameter_count], see Mlp::Initialize. The same seed gives the same bits.
  virtual void Initialize(std::uint64_t seed, VectorRef<Scalar> parameters) const = 0;

  // The plain way, on one thread. h(x, I; theta) for each sample: x [primary_input_size, samples], condition
  // [condition_size, samples], result [output_size, samples], which lives in the workspace until its next use. Throws
  // std::invalid_argument if a shape does not fit; so does Backward.
  const Matrix<Scalar>& Forward(const ConstVectorRef<Scalar>& parameters,
                                const ConstMatrixRef<Scalar>& x,
                                const ConstMatrixRef<Scalar>& condition,
                                Workspace& workspace) const;

  // Given the gradient of a scalar with respect to the outputs, [output_size, samples], writes the one with respect to
  // the parameters, summed over samples. Needs the workspace of the Forward call with the same arguments.
  void Backward(const ConstVectorRef<Scalar>& parameters,
                const ConstMatrixRef<Scalar>& x,
                const ConstMatrixRef<Scalar>& condition,
                const ConstMatrixRef<Scalar>& output_gradient,
                Workspace& workspace,
                VectorRef<Scalar> parameter_gradient) const;

 private:
  virtual const Matrix<Scalar>& DoForward(const ConstVectorRef<Scalar>& parameters,
                                          const ConstMatrixRef<Scalar>& x,
                                          const ConstMatrixRef<Scalar>& condition,
                                          Workspace& workspace) const = 0;
  virtual void DoBackward(const ConstVectorRef<Scalar>& parameters,
                          const ConstMatrixRef<Scalar>& x,
                          const ConstMatrixRef<Scalar>& condition,
                          const ConstMatrixRef<Scalar>& output_gradient,
                          Workspace& workspace,
                          VectorRef<Scalar> parameter_gradient) const = 0;

  void CheckShapes(const ConstVectorRef<Scalar>& parameters,
                   const ConstMatrixRef<Scalar>& x,
                   const ConstMatrixRef<Scalar>& condition) const;
};

extern template class ConditionalModel<float>;
extern template class ConditionalModel<double>;

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_CONDITIONAL_MODEL_H_
