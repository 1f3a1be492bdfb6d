// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_MODELS_BATCH_EMBEDDING_PASS_H_
#define HYPERWIDTH_MODELS_BATCH_EMBEDDING_PASS_H_

#include <memory>

#include "models/batch/batch_pass.h"
#include "models/pass/executor.h"
#include "models/mlp.h"

namespace hyperwidth {

// The fast pass of EmbeddingModel: parameters are those of `embedding`, then those of `primary`.
//
// The embedding's last layer and the primary network's first, which are wide where they meet, are computed together, a
// block of the embedding's dimensions at a time. What they add to the first layer is computed once for all samples that
// share a condition.
template <typename Scalar>
std::unique_ptr<BatchPass<Scalar>> MakeEmbeddingPass(const Mlp& embedding,
                                                     const Mlp& primary,
                                                     const Executor& executor);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_BATCH_EMBEDDING_PASS_H_
