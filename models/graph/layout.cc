// SPDX-License-Identifier: Apache-2.0

#include "models/graph/layout.h"

#include <stdexcept>

#include "models/random_stream.h"
#include "models/standard_normal.h"

namespace hyperwidth {
namespace {

// FNV-1a: the key of a tensor's random stream, the same on every machine.
std::uint64_t Hash(const std::string& name) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const unsigned char c : name) hash = (hash ^ c) * 0x100000001b3;
  return hash;
}

double Draw(const Initialization& initialization, RandomStream& random) {
  switch (initialization.kind) {
    case Initialization::Kind::kConstant:
      return initialization.scale;
    case Initialization::Kind::kUniform:
      return random.Uniform(-initialization.scale, initialization.scale);
    case Initialization::Kind::kNormal:
      return initialization.scale * StandardNormal(random);
  }
  return 0;
}

}  // namespace

std::string Name(Role role) {
  switch (role) {
    case Role::kPrimary:
      return "primary";
    case Role::kCondition:
      return "condition";
    case Role::kTable:
      return "table";
  }
  return "";
}

Tensor ParameterLayout::Add(
    const std::string& name, Index rows, Index cols, Role role, const Initialization& initialization) {
  if (name.empty()) throw std::invalid_argument("a tensor needs a name that is not empty");
  for (const Tensor& tensor : tensors_) {
    if (tensor.name == name) throw std::invalid_argument("there is a tensor named '" + name + "' already");
  }
  if (rows < 1 || cols < 1) {
    throw std::invalid_argument("tensor '" + name + "' is " + std::to_string(rows) + " x " + std::to_string(cols) +
                                "; accepted: at least one row and one column");
  }
  tensors_.push_back(
      {.name = name, .first = size_, .rows = rows, .cols = cols, .role = role, .initialization = initialization});
  size_ += rows * cols;
  return tensors_.back();
}

Index ParameterLayout::SizeOf(Role role) const {
  Index size = 0;
  for (const Tensor& tensor : tensors_) size += tensor.role == role ? tensor.size() : 0;
  return size;
}

const Tensor& ParameterLayout::Find(const std::string& name) const {
  std::string known;
  for (const Tensor& tensor : tensors_) {
    if (tensor.name == name) return tensor;
    known += (known.empty() ? "" : ", ") + tensor.name;
  }
  throw std::invalid_argument("there is no tensor named '" + name + "'; known: " + known);
}

template <typename Scalar>
void ParameterLayout::Initialize(std::uint64_t seed, VectorRef<Scalar> theta) const {
  if (theta.size() != size_) {
    throw std::invalid_argument("theta has " + std::to_string(theta.size()) +
                                " entries; accepted: " + std::to_string(size_));
  }
  for (const Tensor& tensor : tensors_) {
    RandomStream random(seed, {Hash(tensor.name)});
    for (Index i = 0; i < tensor.size(); ++i) {
      theta[tensor.first + i] = static_cast<Scalar>(Draw(tensor.initialization, random));
    }
  }
}

template void ParameterLayout::Initialize(std::uint64_t, VectorRef<float>) const;
template void ParameterLayout::Initialize(std::uint64_t, VectorRef<double>) const;

}  // namespace hyperwidth
