// SPDX-License-Identifier: Apache-2.0
//
// The few Eigen types that all models share. Batches are matrices with one column per sample, which is contiguous in
// Eigen's column-major layout; all parameters of a model are one flat vector.

#ifndef HYPERWIDTH_MODELS_TYPES_H_
#define HYPERWIDTH_MODELS_TYPES_H_

#include <Eigen/Core>

namespace hyperwidth {

using Index = Eigen::Index;

template <typename Scalar>
using Vector = Eigen::Matrix<Scalar, Eigen::Dynamic, 1>;

template <typename Scalar>
using Matrix = Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic>;

// Arguments: views of a vector, or of consecutive columns or rows of a matrix, without a copy.
template <typename Scalar>
using VectorRef = Eigen::Ref<Vector<Scalar>>;
template <typename Scalar>
using ConstVectorRef = Eigen::Ref<const Vector<Scalar>>;
template <typename Scalar>
using MatrixRef = Eigen::Ref<Matrix<Scalar>>;
template <typename Scalar>
using ConstMatrixRef = Eigen::Ref<const Matrix<Scalar>>;

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_TYPES_H_
