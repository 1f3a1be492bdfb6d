// SPDX-License-Identifier: Apache-2.0
//
// What a trained model says for data as the user has them.

#ifndef HYPERWIDTH_TRAINING_CONDITIONED_MODEL_PREDICT_H_
#define HYPERWIDTH_TRAINING_CONDITIONED_MODEL_PREDICT_H_

#include <cstdint>
#include <functional>

#include "models/types.h"
#include "training/conditioned_data/conditioned_data.h"
#include "training/conditioned_model/conditioned_model.h"

namespace hyperwidth {

// The most samples and conditions that are computed at once. Fewer if their values would take more than
// kMostBlockValues numbers, but at least one of each.
inline constexpr Index kMostBlockSamples = 4096;
inline constexpr Index kMostBlockConditions = 256;
inline constexpr Index kMostBlockValues = Index{1} << 24;

// Outputs [outputs, samples of the block] of the samples at positions first, first + 1, ..: y as the user has it, or
// the logits of the classes. Valid during the call.
using TakeBlock = std::function<void(std::int64_t first, const Matrix<double>& outputs)>;

// Calls `take` for all samples, block by block in the order of their positions. x and I are standardised in double and
// rounded to float, in which the network is computed; what it says is scaled back in double. y of the data is not
// looked at. What depends on a condition alone is computed once per block. `threads` as in TrainerOptions: the same
// bits for any number. Throws: std::invalid_argument as Validate; std::runtime_error "<origin>: <x or I>: found <..>;
// accepted: <..>" for data with other numbers of columns, or with a condition that a table does not know; what `take`
// throws.
void PredictInBlocks(const ConditionedModel& model,
                     const ConditionedData& data,
                     const TakeBlock& take,
                     int threads = 0);

// The outputs of all samples [outputs, n], by the rows of the file that they come from. Throws: as PredictInBlocks.
Matrix<double> Predict(const ConditionedModel& model, const ConditionedData& data, int threads = 0);

// Of each column of logits [classes, n], the label whose logit is the largest, the first of several. Logits that are
// not numbers are never the largest. Throws: std::invalid_argument if there are not as many rows as classes, at least
// one.
Vector<double> LargestClass(const ConditionedModel& model, const Matrix<double>& logits);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_CONDITIONED_MODEL_PREDICT_H_
