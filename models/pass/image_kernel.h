// SPDX-License-Identifier: Apache-2.0
//
// Convolution and pooling: see node_kernels.h for the arguments.

#ifndef HYPERWIDTH_MODELS_PASS_IMAGE_KERNEL_H_
#define HYPERWIDTH_MODELS_PASS_IMAGE_KERNEL_H_

#include "models/pass/node_kernels.h"

namespace hyperwidth {

template <typename Scalar>
void ConvolveForward(const Place<Scalar>& place);
template <typename Scalar>
void ConvolveBackward(const Place<Scalar>& place, std::size_t input, bool accumulate, const Rows<Scalar>& to);
template <typename Scalar>
void SumKernelGradient(Place<Scalar> place, std::span<const Piece> pieces, const MatrixBlock<Scalar>& block);

template <typename Scalar>
void PoolForward(const Place<Scalar>& place);
template <typename Scalar>
void PoolBackward(const Place<Scalar>& place, bool accumulate, const Rows<Scalar>& to);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_PASS_IMAGE_KERNEL_H_
