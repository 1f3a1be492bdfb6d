// SPDX-License-Identifier: Apache-2.0

#include "models/schemes/schemes.h"

namespace hyperwidth {

Model Concat(const MlpShape& h, Index condition_size) {
  Validate("h", h);
  ModelBuilder builder;
  const Value condition = builder.graph.Condition(condition_size);
  const Value x = builder.graph.X(h.inputs() - condition_size);
  return builder.Finish("concat", builder.Mlp("h", builder.graph.Concatenate({x, condition}), h, Role::kPrimary));
}

}  // namespace hyperwidth
