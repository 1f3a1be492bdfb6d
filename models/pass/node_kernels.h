// SPDX-License-Identifier: Apache-2.0
//
// What each operation does with rows of a batch, forward and backward. A node is computed for the rows of a piece, all
// of its units or some; its gradient is passed on to one operand at a time, whether that has a row for each of the
// node's, one row for all (then the rows are added up), or rows elsewhere.

#ifndef HYPERWIDTH_MODELS_PASS_NODE_KERNELS_H_
#define HYPERWIDTH_MODELS_PASS_NODE_KERNELS_H_

#include <span>

#include "models/pass/columns.h"
#include "models/pass/scratch.h"
#include "models/pass/store.h"

namespace hyperwidth {

// From the first to before the end.
struct Range {
  Index begin = 0;
  Index end = 0;
  Index count() const { return end - begin; }
};

// A node at a piece of its axis.
template <typename Scalar>
struct Place {
  Store<Scalar>& store;
  Scratch<Scalar>& scratch;
  Index index;  // of the node
  Piece piece;
  Scalar* local = nullptr;  // where the gradients of the panel are, if not in the store

  const Node& node() const { return store.graph().nodes()[static_cast<std::size_t>(index)]; }
  Axis axis() const { return store.AxisOf(index); }
  Index rows() const { return piece.count; }
  bool HasInput(std::size_t i) const { return i < node().inputs.size(); }
  const Shape& InputShape(std::size_t i) const { return store.graph().node(node().inputs[i]).shape; }
  Rows<const Scalar> Input(std::size_t i) const { return store.ValueOf(node().inputs[i], axis(), piece); }
  Rows<Scalar> Output() const { return store.MutableValueOf(index, piece); }
  Rows<const Scalar> Gradient() const { return AsConst(store.GradientOf(Value{index}, axis(), piece, local)); }
};

// Units [begin, end) of the node. Only affine maps, contractions and products can be computed in parts.
template <typename Scalar>
void ComputeForward(const Place<Scalar>& place, const Range& units);

// The gradient with respect to entries [begin, end) of the columns (or all entries) of operand `input`, into `to`. Only
// the vectors that affine maps and contractions see can be done in parts.
template <typename Scalar>
void ComputeBackward(
    const Place<Scalar>& place, std::size_t input, const Range& entries, bool accumulate, const Rows<Scalar>& to);

// Part of the gradient with respect to a matrix: column j of it goes to data + j * stride, multiplied by `scale`, and
// is added to what is there if `accumulate`.
template <typename Scalar>
struct MatrixBlock {
  Range rows;
  Range cols;
  Scalar* data = nullptr;
  Index stride = 0;
  bool accumulate = false;
  Scalar scale = 1;
};

// Whether the first operand of the node is a matrix that many rows meet together, so that its gradient is a product.
bool HasMatrix(Operation operation);

// The gradient with respect to that matrix, summed over pieces of the node in order. The block is any of an affine
// map's weights or a convolution's kernels; of a contraction's
// generator, some columns for some of the inputs, of all of whose rows it holds a matrix.
template <typename Scalar>
void SumMatrixGradient(Place<Scalar> place, std::span<const Piece> pieces, const MatrixBlock<Scalar>& block);

// For a product of two matrices of theta: the gradient with respect to columns of the first factor, or rows of the
// second.
template <typename Scalar>
void ProductGradient(
    Store<Scalar>& store, Scratch<Scalar>& scratch, Index node, std::size_t input, const MatrixBlock<Scalar>& block);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_PASS_NODE_KERNELS_H_
