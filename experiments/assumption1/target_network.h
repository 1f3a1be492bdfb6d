// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_ASSUMPTION1_TARGET_NETWORK_H_
#define HYPERWIDTH_EXPERIMENTS_ASSUMPTION1_TARGET_NETWORK_H_

#include "experiments/assumption1/inputs.h"
#include "models/graph/graph.h"

namespace hyperwidth {

// The targets of the experiment: fc(ReLU(conv2(ReLU(conv1(x))))) with 20 and 50 channels and without padding.
struct TargetShape {
  Index kernel = 10;
  Index stride = 2;
  Index pooling = 1;  // window of maximum pooling after each convolution; 1: none
  Index outputs = 10;
};

inline constexpr Index kFirstChannels = 20, kSecondChannels = 50;

// As the paper states it, and as in a version of its public code.
inline constexpr TargetShape kPaperTarget = {.kernel = 10, .stride = 2, .pooling = 1, .outputs = 10};
inline constexpr TargetShape kPublishedTarget = {.kernel = 5, .stride = 1, .pooling = 2, .outputs = 1};

// The network with its start: weights He-uniform (uniform on +-sqrt(6 / fan-in); He, Zhang, Ren and Sun 2015), biases
// 0. Throws: std::invalid_argument if an image becomes empty on the way.
Model TargetNetwork(const ImageShape& image, const TargetShape& shape);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_ASSUMPTION1_TARGET_NETWORK_H_
