// SPDX-License-Identifier: Apache-2.0

#include "models/pass/image_kernel.h"

#include <algorithm>

#include "models/pass/dense.h"

namespace hyperwidth {
namespace {

// Where the kernel's entry `tap` (channel, row, column) meets the image for an output pixel; -1 outside of it.
Index PixelOf(const Convolution& geometry, Index output, Index tap) {
  const Index k = geometry.kernel;
  const Index row = output / geometry.OutputWidth() * geometry.stride + tap / k % k - geometry.padding;
  const Index col = output % geometry.OutputWidth() * geometry.stride + tap % k - geometry.padding;
  if (row < 0 || row >= geometry.height || col < 0 || col >= geometry.width) return -1;
  return (tap / (k * k) * geometry.height + row) * geometry.width + col;
}

// The sizes of a convolution.
struct Sizes {
  Index filters;
  Index taps;    // of one filter
  Index pixels;  // of the output image
};

template <typename Scalar>
Sizes SizesOf(const Place<Scalar>& place) {
  const Convolution& geometry = place.node().convolution;
  const Shape kernels = place.InputShape(0);
  return {.filters = kernels.rows, .taps = kernels.cols, .pixels = geometry.OutputHeight() * geometry.OutputWidth()};
}

// What the kernel meets at an output pixel, for all rows: [rows, taps].
template <typename Scalar>
const Scalar* Patch(const Place<Scalar>& place, Index output, Index taps) {
  const Index count = place.rows();
  const Rows<const Scalar> image = place.Input(1);
  Scalar* const patch = place.scratch.Get(Scratch<Scalar>::kRight, count * taps);
  for (Index tap = 0; tap < taps; ++tap) {
    const Index pixel = PixelOf(place.node().convolution, output, tap);
    Scalar* const column = patch + tap * count;
    if (pixel < 0) {
      std::fill_n(column, count, Scalar(0));
    } else {
      WithColumn<Scalar>(image, pixel, [&](const auto& value) {
        for (Index row = 0; row < count; ++row) column[row] = value(row);
      });
    }
  }
  return patch;
}

// Calls visit(filter, tap, output unit, pixel) for every product of a convolution.
template <typename Visit>
void ForEachProduct(const Convolution& geometry, const Sizes& sizes, const Visit& visit) {
  for (Index output = 0; output < sizes.pixels; ++output) {
    for (Index tap = 0; tap < sizes.taps; ++tap) {
      const Index pixel = PixelOf(geometry, output, tap);
      if (pixel < 0) continue;
      for (Index filter = 0; filter < sizes.filters; ++filter) {
        visit(filter, tap, filter * sizes.pixels + output, pixel);
      }
    }
  }
}

template <typename Scalar>
bool IsShared(const Rows<const Scalar>& kernels, Index count) {
  return kernels.row_stride == 0 || count == 1;
}

template <typename Scalar>
void Zero(const Rows<Scalar>& to, Index units, Index count) {
  for (Index unit = 0; unit < units; ++unit) {
    WriteColumn(to, unit, count, false, [](Index) { return Scalar(0); });
  }
}

}  // namespace

template <typename Scalar>
void ConvolveForward(const Place<Scalar>& place) {
  const Sizes sizes = SizesOf(place);
  const Index count = place.rows();
  const Rows<Scalar> output = place.Output();
  const Rows<const Scalar> kernels = place.Input(0);
  for (Index unit = 0; unit < sizes.filters * sizes.pixels; ++unit) {
    if (place.HasInput(2)) {
      WithColumn<Scalar>(place.Input(2), unit / sizes.pixels, [&](const auto& bias) {
        WriteColumn(output, unit, count, false, bias);
      });
    } else {
      WriteColumn(output, unit, count, false, [](Index) { return Scalar(0); });
    }
  }
  if (!IsShared(kernels, count)) {
    ForEachProduct(place.node().convolution, sizes, [&](Index filter, Index tap, Index unit, Index pixel) {
      WithColumns<Scalar>(
          kernels, filter + tap * sizes.filters, place.Input(1), pixel, [&](const auto& kernel, const auto& image) {
            WriteColumn(output, unit, count, true, [&](Index row) { return kernel(row) * image(row); });
          });
    });
    return;
  }
  const Scalar* const matrix = DenseRow(kernels, sizes.filters * sizes.taps, place.scratch);
  for (Index pixel = 0; pixel < sizes.pixels; ++pixel) {
    Multiply({.rows = count,
              .cols = sizes.filters,
              .inner = sizes.taps,
              .a_stride = count,
              .b_stride = sizes.filters,
              .c_stride = output.unit_stride * sizes.pixels,
              .b_transposed = true,
              .accumulate = true},
             Patch(place, pixel, sizes.taps),
             matrix,
             output.Unit(pixel));
  }
}

template <typename Scalar>
void ConvolveBackward(const Place<Scalar>& place, std::size_t input, bool accumulate, const Rows<Scalar>& to) {
  const Sizes sizes = SizesOf(place);
  const Index count = place.rows();
  const Rows<const Scalar> gradient = place.Gradient();
  const Rows<const Scalar> kernels = place.Input(0);
  if (!accumulate) Zero(to, place.InputShape(input).size(), count);
  if (input == 2) {
    for (Index unit = 0; unit < sizes.filters * sizes.pixels; ++unit) {
      WithColumn<Scalar>(
          gradient, unit, [&](const auto& dy) { WriteColumn(to, unit / sizes.pixels, count, true, dy); });
    }
    return;
  }
  if (input == 0 || !IsShared(kernels, count)) {
    const Rows<const Scalar> other = place.Input(1 - input);
    ForEachProduct(place.node().convolution, sizes, [&](Index filter, Index tap, Index unit, Index pixel) {
      const Index kernel = filter + tap * sizes.filters;
      WithColumns<Scalar>(gradient, unit, other, input == 0 ? pixel : kernel, [&](const auto& dy, const auto& factor) {
        WriteColumn(to, input == 0 ? kernel : pixel, count, true, [&](Index row) { return dy(row) * factor(row); });
      });
    });
    return;
  }
  const Scalar* const matrix = DenseRow(kernels, sizes.filters * sizes.taps, place.scratch);
  Scalar* const patch = place.scratch.Get(Scratch<Scalar>::kProduct, count * sizes.taps);
  for (Index output = 0; output < sizes.pixels; ++output) {
    Multiply({.rows = count,
              .cols = sizes.taps,
              .inner = sizes.filters,
              .a_stride = gradient.unit_stride * sizes.pixels,
              .b_stride = sizes.filters,
              .c_stride = count},
             gradient.Unit(output),
             matrix,
             patch);
    for (Index tap = 0; tap < sizes.taps; ++tap) {
      const Index pixel = PixelOf(place.node().convolution, output, tap);
      if (pixel < 0) continue;
      WriteColumn(to, pixel, count, true, [column = patch + tap * count](Index row) { return column[row]; });
    }
  }
}

template <typename Scalar>
void SumKernelGradient(Place<Scalar> place, std::span<const Piece> pieces, const MatrixBlock<Scalar>& block) {
  const Index filters = block.rows.count();
  const Index taps = block.cols.count();
  if (!block.accumulate) {
    for (Index tap = 0; tap < taps; ++tap) std::fill_n(block.data + tap * block.stride, filters, Scalar(0));
  }
  for (const Piece& piece : pieces) {
    place.piece = piece;
    const Sizes sizes = SizesOf(place);
    const Rows<const Scalar> gradient = place.Gradient();
    Scalar* const left = place.scratch.Get(Scratch<Scalar>::kLeft, filters * piece.count);
    for (Index output = 0; output < sizes.pixels; ++output) {
      const Rows<const Scalar> pixel{.data = gradient.Unit(block.rows.begin * sizes.pixels + output),
                                     .row_stride = gradient.row_stride,
                                     .unit_stride = gradient.unit_stride * sizes.pixels};
      ScaledTranspose(pixel, piece.count, filters, block.scale, left);
      Multiply({.rows = filters,
                .cols = taps,
                .inner = piece.count,
                .a_stride = filters,
                .b_stride = piece.count,
                .c_stride = block.stride,
                .accumulate = true},
               left,
               Patch(place, output, sizes.taps) + block.cols.begin * piece.count,
               block.data);
    }
  }
}

namespace {

// The first pixel of the window of an output of a pooling.
Index CornerOf(const Pooling& pooling, Index output) {
  const Index pixels = pooling.OutputHeight() * pooling.OutputWidth();
  const Index row = output % pixels / pooling.OutputWidth() * pooling.window;
  const Index col = output % pooling.OutputWidth() * pooling.window;
  return (output / pixels * pooling.height + row) * pooling.width + col;
}

Index PixelOf(const Pooling& pooling, Index corner, Index i) {
  return corner + i / pooling.window * pooling.width + i % pooling.window;
}

// The first of the largest pixels of a window.
template <typename Scalar>
Index LargestOf(const Pooling& pooling, const Rows<const Scalar>& image, Index row, Index corner) {
  Index largest = corner;
  for (Index i = 1; i < pooling.window * pooling.window; ++i) {
    const Index pixel = PixelOf(pooling, corner, i);
    if (image(row, pixel) > image(row, largest)) largest = pixel;
  }
  return largest;
}

}  // namespace

template <typename Scalar>
void PoolForward(const Place<Scalar>& place) {
  const Pooling& pooling = place.node().pooling;
  const Rows<const Scalar> image = place.Input(0);
  const Index window = pooling.window * pooling.window;
  for (Index unit = 0; unit < place.node().shape.rows; ++unit) {
    const Index corner = CornerOf(pooling, unit);
    if (pooling.kind == Pooling::Kind::kMaximum) {
      WriteColumn(place.Output(), unit, place.rows(), false, [&](Index row) {
        return image(row, LargestOf<Scalar>(pooling, image, row, corner));
      });
      continue;
    }
    WriteColumn(place.Output(), unit, place.rows(), false, [&](Index row) {
      Scalar sum = 0;
      for (Index i = 0; i < window; ++i) sum += image(row, PixelOf(pooling, corner, i));
      return sum / static_cast<Scalar>(window);
    });
  }
}

template <typename Scalar>
void PoolBackward(const Place<Scalar>& place, bool accumulate, const Rows<Scalar>& to) {
  const Pooling& pooling = place.node().pooling;
  const Rows<const Scalar> image = place.Input(0);
  const Rows<const Scalar> gradient = place.Gradient();
  const Index window = pooling.window * pooling.window;
  if (!accumulate) Zero(to, place.InputShape(0).rows, place.rows());
  for (Index unit = 0; unit < place.node().shape.rows; ++unit) {
    const Index corner = CornerOf(pooling, unit);
    for (Index row = 0; row < place.rows(); ++row) {
      if (pooling.kind == Pooling::Kind::kMaximum) {
        to(row, LargestOf<Scalar>(pooling, image, row, corner)) += gradient(row, unit);
        continue;
      }
      for (Index i = 0; i < window; ++i) {
        to(row, PixelOf(pooling, corner, i)) += gradient(row, unit) / static_cast<Scalar>(window);
      }
    }
  }
}

#define HYPERWIDTH_INSTANTIATE(Scalar)                                                                \
  template void ConvolveForward(const Place<Scalar>&);                                                \
  template void ConvolveBackward(const Place<Scalar>&, std::size_t, bool, const Rows<Scalar>&);       \
  template void SumKernelGradient(Place<Scalar>, std::span<const Piece>, const MatrixBlock<Scalar>&); \
  template void PoolForward(const Place<Scalar>&);                                                    \
  template void PoolBackward(const Place<Scalar>&, bool, const Rows<Scalar>&);
HYPERWIDTH_INSTANTIATE(float)
HYPERWIDTH_INSTANTIATE(double)
#undef HYPERWIDTH_INSTANTIATE

}  // namespace hyperwidth
