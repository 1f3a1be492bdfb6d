// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_MODELS_BATCH_HYPERNETWORK_PASS_H_
#define HYPERWIDTH_MODELS_BATCH_HYPERNETWORK_PASS_H_

#include <memory>

#include "models/batch/batch_pass.h"
#include "models/pass/executor.h"
#include "models/mlp.h"

namespace hyperwidth {

// The fast pass of HypernetworkModel.
//
// Where every sample has its own condition, the weights of the primary network's first layer, nearly all there are when
// x is long, exist a block at a time only: generated, multiplied with x, forgotten; their gradient, an outer product,
// is formed from its two factors when it is needed. Where samples share conditions, weights are generated once for each
// condition and applied to all its samples as matrix products.
template <typename Scalar>
std::unique_ptr<BatchPass<Scalar>> MakeHypernetworkPass(const Mlp& hypernetwork,
                                                        const Mlp& primary,
                                                        const Executor& executor);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_BATCH_HYPERNETWORK_PASS_H_
