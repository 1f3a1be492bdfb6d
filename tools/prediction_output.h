// SPDX-License-Identifier: Apache-2.0
//
// What `hyperwidth predict` leaves: a file of the predictions, and a few lines about how far they are off.

#ifndef HYPERWIDTH_TOOLS_PREDICTION_OUTPUT_H_
#define HYPERWIDTH_TOOLS_PREDICTION_OUTPUT_H_

#include <filesystem>
#include <string>

#include "models/types.h"
#include "training/conditioned_data/conditioned_data.h"
#include "training/conditioned_model/conditioned_model.h"
#include "training/conditioned_model/prediction_errors.h"

namespace hyperwidth {

// Throws: std::runtime_error unless the path ends in .npz, .npy or .csv.
void RequirePredictionFormat(const std::filesystem::path& path);

// Writes `outputs` as Predict gives them, in the order of the data's file and in double. y has the shape of a y of
// these data: [n, dy], or [G, P], [G, P, dy] on a grid; of classes it is the label of the largest logit, one column.
//
//   .npz   y; of classes also logits [n, classes] or [G, P, classes]
//   .npy   y
//   .csv   columns y_0, .. and of classes logit_0, ..; a line for each sample, a grid's condition by condition
//
// Throws: as RequirePredictionFormat; std::runtime_error naming the path if it cannot be written.
void WritePredictions(const std::filesystem::path& path,
                      const ConditionedModel& model,
                      const ConditionedData& data,
                      const Matrix<double>& outputs);

// One line, ending in a newline.
std::string ErrorsText(const PredictionErrors& errors);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TOOLS_PREDICTION_OUTPUT_H_
