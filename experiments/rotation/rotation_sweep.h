// SPDX-License-Identifier: Apache-2.0
//
// Where the models are compared: at every depth, learning rate or embedding dimension.

#ifndef HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_SWEEP_H_
#define HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_SWEEP_H_

#include <string>
#include <vector>

#include "experiments/rotation/rotation_options.h"
#include "experiments/rotation/rotation_record.h"

namespace hyperwidth {

struct RotationPoint {
  double x = 0;           // depth, learning rate or embedding dimension
  std::string id = {};    // "depth2", "lr0.001", "embedding100"
  std::string text = {};  // "depth 2", "learning rate 0.001", "embedding dimension 100"
  Index depth = 2;
  double learning_rate = 0;  // 0: that of the options
  Index embedding_dim = 0;   // 0: the published one
};

// "depth", "learning_rate" or "embedding_dim".
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
