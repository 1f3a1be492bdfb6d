// SPDX-License-Identifier: Apache-2.0
//
// What the files of this folder are written with: a graph and a layout that grow together.

#ifndef HYPERWIDTH_MODELS_SCHEMES_BUILDER_H_
#define HYPERWIDTH_MODELS_SCHEMES_BUILDER_H_

#include <string>
#include <vector>

#include "models/graph/graph.h"
#include "models/require_size.h"

namespace hyperwidth {

// Fully connected layers: affine maps with a function between them and none after the last.
struct MlpShape {
  std::vector<Index> sizes;  // {inputs, hidden units.., outputs}
  Function function = Function::kRelu;
  bool has_bias = true;

  Index inputs() const { return sizes.front(); }
  Index outputs() const { return sizes.back(); }
  Index layers() const { return static_cast<Index>(sizes.size()) - 1; }
  Index HiddenUnits() const;    // of all hidden layers together
  Index NumParameters() const;  // weights and biases
};

// Throws: std::invalid_argument, with `name`, unless there are at least two sizes, each at least 1.
void Validate(const std::string& name, const MlpShape& shape);

class ModelBuilder {
 public:
  Graph graph;
  ParameterLayout parameters;

  // A tensor of theta as a value.
  Value Parameter(const std::string& name, Index rows, Index cols, Role role, const Initialization& initialization);

  // A dense layer "NAME.weight", "NAME.bias" with PyTorch's default start: uniform on +-1 / sqrt(inputs).
  Value Linear(const std::string& name, Value input, Index outputs, Role role, bool has_bias = true);

  // The layers "NAME.0", "NAME.1", .. of an MLP. Throws: std::invalid_argument as Validate, or if `input` is not as
  // large as the first size.
  Value Mlp(const std::string& name, Value input, const MlpShape& shape, Role role);

  // Throws: std::invalid_argument as Validate for models.
  Model Finish(const std::string& name, Value output) const;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_SCHEMES_BUILDER_H_
