// SPDX-License-Identifier: Apache-2.0
//
// Where the models are compared: at every depth, learning rate, embedding dimension or number of training images.

#ifndef HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_SWEEP_H_
#define HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_SWEEP_H_

#include <string>
#include <vector>

#include "experiments/rotation/rotation_options.h"
#include "experiments/rotation/rotation_record.h"

namespace hyperwidth {

struct RotationPoint {
  double x = 0;            // depth, learning rate, embedding dimension or number of training images
  std::string id = {};     // "depth2", "lr0.001", "embedding100", "conditions1000"
  std::string text = {};   // "depth 2", "learning rate 0.001", "embedding dimension 100", "1000 training images"
  std::string which = {};  // the same where all are points of the sweep: "dimension 100"; empty: no shorter
  Index depth = 2;
  double learning_rate = 0;     // 0: that of the options
  Index embedding_dim = 0;      // 0: the published one
  std::int64_t conditions = 0;  // training images; 0: all
};

// "depth", "learning_rate", "embedding_dim" or "training_images".
std::string SweptName(RotationSweep sweep);

// In the order of the options.
std::vector<RotationPoint> PointsOf(const RotationOptions& options);

// A model at a point, but for its data and training: what its name needs. Two points may have one hypernetwork. Throws:
// as MatchedArchitecture.
RotationRunOptions RunAt(const RotationOptions& options,
                         const RotationPoint& point,
                         RotationModel model,
                         Index image_size);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_SWEEP_H_
