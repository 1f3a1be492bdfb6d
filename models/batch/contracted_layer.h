// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_MODELS_BATCH_CONTRACTED_LAYER_H_
#define HYPERWIDTH_MODELS_BATCH_CONTRACTED_LAYER_H_

#include "models/batch/executor.h"
#include "models/mlp.h"
#include "models/types.h"

namespace hyperwidth {

// The first layer of a primary network with weights of its own for each sample, without generating them. With A_u the
// rows of the generator's last weight matrix that make the weights of unit u, x a sample's input and h what the
// generator's last layer sees,
//
//   x^T (A_u h) = (A_u^T x)^T h,
//
// and T_u = A_u^T x also gives the gradient with respect to h, the sum over u of delta_u T_u, which would take a
// product as large as the forward one if the weights were generated. Biases are included: x and h end in a 1 where
// there are some.
template <typename Scalar>
class ContractedLayer {
 public:
  ContractedLayer(const Mlp& generator, const Mlp& primary);

  // Whether it is the faster way. It saves a product of `inputs` multiplications for each element of T, which in turn
  // is written once and read twice; products of few units run slowly; and a generator without hidden layers needs no
  // gradient with respect to h.
  static bool Pays(const Mlp& generator, const Mlp& primary) {
    return generator.depth() > 1 && primary.input_size() >= 64 && primary.outputs_of(0) >= 4;
  }

  void Resize(Index samples);

  // Computes T. `parameters`: the beginning of the generator's. `x` [samples, inputs] and `hidden` [samples, width],
  // both with their column of ones, are kept until the next call.
  void Forward(const Executor& executor,
               const Scalar* parameters,
               const Matrix<Scalar>& x,
               const Matrix<Scalar>& hidden);

  // The units' pre-activations [samples, units] of samples first .. first + count - 1.
  void PreActivations(Index first, Index count, Matrix<Scalar>& result) const;

  // Adds the gradient with respect to the hidden values, [samples, width], without the column of ones, given the one
  // with respect to the pre-activations.
  void AddHiddenGradient(Index first,
                         Index count,
                         const Matrix<Scalar>& gradient,
                         Matrix<Scalar>& hidden_gradient) const;

 private:
  Index weight_offset_;  // of the generator's last layer
  Index weight_stride_;  // between its columns
  Index width_;          // columns of T for each unit
  Index units_;
  Matrix<Scalar> products_;  // T: [samples, width * units], units of a column of `hidden` together
  const Matrix<Scalar>* hidden_ = nullptr;
};

extern template class ContractedLayer<float>;
extern template class ContractedLayer<double>;

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_BATCH_CONTRACTED_LAYER_H_
