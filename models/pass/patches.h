// SPDX-License-Identifier: Apache-2.0
//
// Convolutions as matrix products: the patches of an image below each other.

#ifndef HYPERWIDTH_MODELS_PASS_PATCHES_H_
#define HYPERWIDTH_MODELS_PASS_PATCHES_H_

#include "models/graph/graph.h"

namespace hyperwidth {

// Calls visit(row, column, pixel) for every entry of the patches that lies inside the image.
template <typename Visit>
void ForEachPatchEntry(const Convolution& geometry, const Visit& visit) {
  const Index k = geometry.kernel;
  for (Index c = 0; c < geometry.channels * k * k; ++c) {
    const Index channel = c / (k * k);
    const Index down = c / k % k - geometry.padding;
    const Index right = c % k - geometry.padding;
    for (Index i = 0; i < geometry.OutputHeight(); ++i) {
      const Index row = i * geometry.stride + down;
      if (row < 0 || row >= geometry.height) continue;
      for (Index j = 0; j < geometry.OutputWidth(); ++j) {
        const Index col = j * geometry.stride + right;
        if (col < 0 || col >= geometry.width) continue;
        visit(i * geometry.OutputWidth() + j, c, (channel * geometry.height + row) * geometry.width + col);
      }
    }
  }
}

// Row (i, j) of `patches` [output height x output width, channels x kernel x kernel] is what the kernel meets for
// output pixel (i, j), zero outside the image. With kernels [out, channels x kernel x kernel] the convolution is
// patches * kernels^T, whose columns, one below the other, are the output image.
template <typename Scalar>
void CopyPatches(const Convolution& geometry, const Scalar* image, Matrix<Scalar>& patches) {
  patches.setZero(geometry.OutputHeight() * geometry.OutputWidth(),
                  geometry.channels * geometry.kernel * geometry.kernel);
  ForEachPatchEntry(geometry, [&](Index row, Index column, Index pixel) { patches(row, column) = image[pixel]; });
}

// The reverse: adds every entry of `patches` to the pixel it came from.
template <typename Scalar>
void AddPatches(const Convolution& geometry, const Matrix<Scalar>& patches, Scalar* image) {
  ForEachPatchEntry(geometry, [&](Index row, Index column, Index pixel) { image[pixel] += patches(row, column); });
}

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_PASS_PATCHES_H_
