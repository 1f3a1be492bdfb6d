// SPDX-License-Identifier: Apache-2.0
//
// Affine maps, contractions and products of matrices: see node_kernels.h for the arguments.

#ifndef HYPERWIDTH_MODELS_PASS_AFFINE_KERNEL_H_
#define HYPERWIDTH_MODELS_PASS_AFFINE_KERNEL_H_

#include "models/pass/node_kernels.h"

namespace hyperwidth {

template <typename Scalar>
void AffineForward(const Place<Scalar>& place, const Range& units);
template <typename Scalar>
void AffineBackward(
    const Place<Scalar>& place, std::size_t input, const Range& entries, bool accumulate, const Rows<Scalar>& to);
template <typename Scalar>
void SumWeightGradient(Place<Scalar> place, std::span<const Piece> pieces, const MatrixBlock<Scalar>& block);

template <typename Scalar>
void ContractForward(const Place<Scalar>& place, const Range& units);
template <typename Scalar>
void ContractBackward(
    const Place<Scalar>& place, std::size_t input, const Range& entries, bool accumulate, const Rows<Scalar>& to);
template <typename Scalar>
void SumGeneratorGradient(Place<Scalar> place, std::span<const Piece> pieces, const MatrixBlock<Scalar>& block);

template <typename Scalar>
void ProductForward(const Place<Scalar>& place, const Range& units);
template <typename Scalar>
void ProductBackward(const Place<Scalar>& place, std::size_t input, bool accumulate, const Rows<Scalar>& to);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_PASS_AFFINE_KERNEL_H_
