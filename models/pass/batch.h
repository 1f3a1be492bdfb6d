// SPDX-License-Identifier: Apache-2.0
//
// Batches of conditions with any number of samples each: the one form in which data meets a model.

#ifndef HYPERWIDTH_MODELS_PASS_BATCH_H_
#define HYPERWIDTH_MODELS_PASS_BATCH_H_

#include <vector>

#include "models/types.h"

namespace hyperwidth {

// Samples that share a condition stand next to each other: those of condition g are the columns group_starts[g] to
// group_starts[g + 1] - 1 of x. With a condition of its own for every sample, group_starts is 0, 1, 2, ..
template <typename Scalar>
struct Batch {
  Matrix<Scalar> x = {};                  // [x_size, samples]
  Matrix<Scalar> condition = {};          // [condition_size, conditions]; empty for models that do not see it
  std::vector<Index> condition_ids = {};  // [conditions], for models with a table; else empty
  std::vector<Index> group_starts = {0};  // [conditions + 1], from 0 to the number of samples, never falling

  Index samples() const { return group_starts.back(); }
  Index conditions() const { return static_cast<Index>(group_starts.size()) - 1; }
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_PASS_BATCH_H_
