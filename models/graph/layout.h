// SPDX-License-Identifier: Apache-2.0
//
// theta with names. The parameters of a model are one flat vector, so that an optimiser is a loop over a vector and a
// checkpoint is a vector; the layout says which part of it is which matrix, whose it is and how it starts.

#ifndef HYPERWIDTH_MODELS_GRAPH_LAYOUT_H_
#define HYPERWIDTH_MODELS_GRAPH_LAYOUT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "models/types.h"

namespace hyperwidth {

// Whose parameters: those that are counted apart, since making one kind smaller makes another larger.
enum class Role {
  kPrimary,    // of the network that sees x
  kCondition,  // of the network that sees I: an embedding network, a generator
  kTable,      // looked up, a column for each known condition
};
std::string Name(Role role);  // "primary", "condition", "table"

// How the entries of a tensor start.
struct Initialization {
  enum class Kind {
    kConstant,  // all equal to `scale`
    kUniform,   // uniform on [-scale, scale)
    kNormal,    // normal with mean 0 and standard deviation `scale`
  };
  Kind kind = Kind::kConstant;
  double scale = 0;

  static Initialization Constant(double value) { return {Kind::kConstant, value}; }
  static Initialization Uniform(double bound) { return {Kind::kUniform, bound}; }
  static Initialization Normal(double deviation) { return {Kind::kNormal, deviation}; }
};

// A matrix [rows, cols] that lies in theta column by column from entry `first` on; a vector has one column.
struct Tensor {
  std::string name;
  Index first = 0;
  Index rows = 1;
  Index cols = 1;
  Role role = Role::kPrimary;
  Initialization initialization = {};

  Index size() const { return rows * cols; }
};

// The tensors of theta, one after the other without gaps.
class ParameterLayout {
 public:
  // Appends a tensor and returns it. Throws: std::invalid_argument, naming it, for an empty name or one that is taken,
  // and for less than one row or column.
  Tensor Add(const std::string& name, Index rows, Index cols, Role role, const Initialization& initialization);

  const std::vector<Tensor>& tensors() const { return tensors_; }
  Index size() const { return size_; }  // of theta
  Index SizeOf(Role role) const;        // of the tensors with this role

  // Throws: std::invalid_argument for an unknown name, listing the known ones.
  const Tensor& Find(const std::string& name) const;

  // Fills `theta` [size]. Each tensor draws from a stream of its own, named by the seed and the tensor's name, so that
  // adding a tensor changes no other's start. Throws: std::invalid_argument if the length does not fit.
  template <typename Scalar>
  void Initialize(std::uint64_t seed, VectorRef<Scalar> theta) const;

 private:
  std::vector<Tensor> tensors_;
  Index size_ = 0;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_GRAPH_LAYOUT_H_
