// SPDX-License-Identifier: Apache-2.0
//
// The two models of the experiment as contenders of a search.

#ifndef HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_LEARNER_H_
#define HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_LEARNER_H_

#include <cstdint>
#include <memory>

#include "experiments/rotation/rotation_record.h"
#include "experiments/rotation/rotation_source.h"
#include "training/data/image_set.h"
#include "training/search/contender.h"

namespace hyperwidth {

// Images to train, to choose or to be tested on.
struct RotationImages {
  std::shared_ptr<const ImageSet> images;
  ImageRange range = {};
};

// The model of `run` as a contender, with that name, trained as `run` says but for what OptimizerSpace chooses, and
// for the seed; its trainer's steps are those of a whole trial. Scores are fractions of images whose class was not
// found: validation and test images are rotated by the angles of TrainRotation.
Contender<RotationImages> RotationContender(const std::string& name, const RotationRunOptions& run);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_LEARNER_H_
