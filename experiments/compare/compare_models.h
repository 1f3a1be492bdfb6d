// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_COMPARE_COMPARE_MODELS_H_
#define HYPERWIDTH_EXPERIMENTS_COMPARE_COMPARE_MODELS_H_

#include <vector>

#include "experiments/compare/compare_data.h"
#include "experiments/compare/compare_options.h"
#include "experiments/compare/scheme_space.h"
#include "training/run/run_folder.h"
#include "training/search/fair_result.h"

namespace hyperwidth {

// Writes models/SCHEME.safetensors: of each scheme the repetition with the lowest validation score of all sizes, the
// first of equals. It is trained once more, to the same bits, since trials hand on numbers and not models. Throws:
// std::runtime_error naming the file if it cannot be written.
void SaveBestModels(const CompareOptions& options,
                    const CompareData& data,
                    const std::vector<CompareContender>& names,
                    const FairResult& found,
                    const RunFolder& folder);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_COMPARE_COMPARE_MODELS_H_
