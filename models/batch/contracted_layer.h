// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_MODELS_BATCH_CONTRACTED_LAYER_H_
#define HYPERWIDTH_MODELS_BATCH_CONTRACTED_LAYER_H_

#include <vector>

#include "models/pass/executor.h"
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

  // Computes T and the pre-activations. `parameters`: the beginning of the generator's. `x` [samples, inputs] and
  // `hidden` [samples, width], both with their column of ones.
  void Forward(const Executor& executor,
               const Scalar* parameters,
               const Matrix<Scalar>& x,
               const Matrix<Scalar>& hidden);

  // The units' pre-activations [samples, units] of samples first .. first + count - 1.
  void PreActivations(Index first, Index count, Matrix<Scalar>& result) const;

  // Computes the gradient with respect to the hidden values, given the one with respect to the pre-activations.
  void Backward(const Executor& executor, const Matrix<Scalar>& gradient);

  // Adds that gradient of samples first .. first + count - 1 to [samples, width], without the column of ones.
  void AddHiddenGradient(Index first, Index count, Matrix<Scalar>& hidden_gradient) const;

 private:
  // A task handles some columns of T's share from a panel of inputs.
  Index group_count() const;
  Index task_count() const { return panels_ * group_count(); }
  // Of T: the share of a panel, for a unit of a column.
  Index ColumnOf(Index panel, Index column, Index unit) const { return (panel * width_ + column) * units_ + unit; }

  Index weight_offset_;  // of the generator's last layer
  Index weight_stride_;  // between its columns
  Index width_;          // columns of T for each unit
  Index units_;
  Index panels_;
  bool has_bias_;                                 // of the generator
  Matrix<Scalar> products_;                       // T: [samples, panels * width * units], in the order of ColumnOf
  std::vector<Matrix<Scalar>> pre_activations_;   // [task]: its share, [samples, units]
  std::vector<Matrix<Scalar>> hidden_gradients_;  // [panel]: its share, [samples, width], without the column of ones
};

extern template class ContractedLayer<float>;
extern template class ContractedLayer<double>;

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_BATCH_CONTRACTED_LAYER_H_
