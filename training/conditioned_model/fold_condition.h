// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_CONDITIONED_MODEL_FOLD_CONDITION_H_
#define HYPERWIDTH_TRAINING_CONDITIONED_MODEL_FOLD_CONDITION_H_

#include <stdexcept>
#include <string>

#include "models/graph/graph.h"
#include "models/graph/interpreter.h"
#include "training/conditioned_model/generated_mlp.h"

namespace hyperwidth {

// Thrown for a graph that is no MLP of x once the condition is known.
class NoMlp : public std::invalid_argument {
 public:
  using std::invalid_argument::invalid_argument;
};

// The layers of an MLP of x that computes what the model does for one condition, that of `inputs`, whose x is not
// looked at but has to be there. Whatever varies with the condition alone is evaluated; every value that varies with
// the sample is carried along as an affine function of the last layer of units, until a function makes new units of it.
//
// Throws: NoMlp, saying why, if values of several layers meet, if a layer is used by several functions or ones of
// several kinds, if two values that vary with the sample are multiplied, and for convolutions; std::invalid_argument as
// Interpreter.
GeneratedMlp FoldCondition(const Model& model, const Vector<double>& theta, const SampleInputs& inputs);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_CONDITIONED_MODEL_FOLD_CONDITION_H_
