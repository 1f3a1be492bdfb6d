// SPDX-License-Identifier: Apache-2.0
#include "experiments/rotation/rotation_sweep.h"

#include <fmt/format.h>

namespace hyperwidth {

std::string SweptName(RotationSweep sweep) {
  switch (sweep) {
    case RotationSweep::kLearningRate:
      return "learning_rate";
    case RotationSweep::kEmbedding:
      return "embedding_dim";
    case RotationSweep::kConditions:
      return "training_images";
    case RotationSweep::kDepth:
      break;
  }
  return "depth";
}

std::vector<RotationPoint> PointsOf(const RotationOptions& options) {
  std::vector<RotationPoint> points;
  switch (options.sweep) {
    case RotationSweep::kDepth:
      for (const int depth : options.depths) {
        points.push_back({.x = static_cast<double>(depth),
                          .id = fmt::format("depth{}", depth),
                          .text = fmt::format("depth {}", depth),
                          .depth = depth});
      }
      break;
    case RotationSweep::kLearningRate:
      for (const double rate : options.learning_rates) {
        points.push_back({.x = rate,
                          .id = fmt::format("lr{:.6g}", rate),
                          .text = fmt::format("learning rate {:.4g}", rate),
                          .depth = kMiddleDepth,
                          .learning_rate = rate});
      }
      break;
    case RotationSweep::kEmbedding:
      for (const std::int64_t dim : options.embedding_dims) {
        points.push_back({.x = static_cast<double>(dim),
                          .id = fmt::format("embedding{}", dim),
                          .text = fmt::format("embedding dimension {}", dim),
                          .which = fmt::format("dimension {}", dim),
                          .depth = 0,  // one hidden layer
                          .embedding_dim = static_cast<Index>(dim)});
      }
      break;
    case RotationSweep::kConditions:
      for (const std::int64_t count : options.condition_counts) {
        points.push_back({.x = static_cast<double>(count),
                          .id = fmt::format("conditions{}", count),
                          .text = fmt::format("{} training images", count),
                          .which = fmt::format("{} images", count),
                          .depth = kMiddleDepth,
                          .conditions = count});
      }
      break;
  }
  return points;
}

RotationRunOptions RunAt(const RotationOptions& options,
                         const RotationPoint& point,
                         RotationModel model,
                         Index image_size) {
  RotationRunOptions run{.model = model};
  run.architecture =
      MatchedArchitecture(options.match,
                          model,
                          {.image_size = image_size, .depth = point.depth, .embedding_dim = point.embedding_dim},
                          options.extra_layers);
  // An embedding dimension means nothing to a hypernetwork, which may be that of other points.
  if (model == RotationModel::kHypernetwork) run.architecture.embedding_dim = 0;
  run.train_images = point.conditions;
  if (point.learning_rate > 0) {
    run.trainer.optimizer.learning_rate = point.learning_rate;
    run.is_named_by_learning_rate = true;
  }
  return run;
}

}  // namespace hyperwidth
