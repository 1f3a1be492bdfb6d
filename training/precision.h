// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_PRECISION_H_
#define HYPERWIDTH_TRAINING_PRECISION_H_

#include <string>

namespace hyperwidth {

// The numbers with which a model is trained: the `Scalar` of Train, Evaluate and the models, for programs in which the
// user chooses it. Double takes about twice the time and memory.
enum class Precision { kFloat, kDouble };

// "float" or "double".
std::string PrecisionName(Precision precision);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_PRECISION_H_
