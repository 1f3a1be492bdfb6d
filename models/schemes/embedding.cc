// SPDX-License-Identifier: Apache-2.0

#include "models/schemes/schemes.h"

namespace hyperwidth {

namespace {

// q([x; v]) with v from anywhere.
Model Decode(ModelBuilder builder, const std::string& name, Value code, const MlpShape& q) {
  Validate("q", q);
  const Value x = builder.graph.X(q.inputs() - builder.graph.shape(code).rows);
  return builder.Finish(name, builder.Mlp("q", builder.graph.Concatenate({x, code}), q, Role::kPrimary));
}

Model Encoded(const std::string& name, const std::string& encoder, const MlpShape& e, const MlpShape& q) {
  Validate(encoder, e);
  ModelBuilder builder;
  const Value code = builder.Mlp(encoder, builder.graph.Condition(e.inputs()), e, Role::kCondition);
  return Decode(builder, name, code, q);
}

}  // namespace

Model Embedding(const MlpShape& e, const MlpShape& q) { return Encoded("embedding", "e", e, q); }

Model Nomad(const MlpShape& beta, const MlpShape& q) { return Encoded("nomad", "beta", beta, q); }

Model Table(Index embedding_dim, Index condition_count, const MlpShape& q) {
  ModelBuilder builder;
  const Value table =
      builder.Parameter("table.weight", embedding_dim, condition_count, Role::kTable, Initialization::Normal(1));
  return Decode(builder, "table", builder.graph.Gather(table, builder.graph.ConditionId(condition_count)), q);
}

}  // namespace hyperwidth
