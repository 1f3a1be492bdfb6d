// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_MODELS_BATCH_STANDARD_PASS_H_
#define HYPERWIDTH_MODELS_BATCH_STANDARD_PASS_H_

#include <memory>

#include "models/batch/batch_pass.h"
#include "models/pass/executor.h"
#include "models/mlp.h"

namespace hyperwidth {

// The fast pass of StandardModel, whose network sees x and I stacked.
template <typename Scalar>
std::unique_ptr<BatchPass<Scalar>> MakeStandardPass(const Mlp& network,
                                                    Index primary_input_size,
                                                    const Executor& executor);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_BATCH_STANDARD_PASS_H_
