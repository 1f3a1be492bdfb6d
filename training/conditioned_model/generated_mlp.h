// SPDX-License-Identifier: Apache-2.0
//
// The network of x that a model is for one condition, as an ordinary MLP.

#ifndef HYPERWIDTH_TRAINING_CONDITIONED_MODEL_GENERATED_MLP_H_
#define HYPERWIDTH_TRAINING_CONDITIONED_MODEL_GENERATED_MLP_H_

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "models/graph/function.h"
#include "models/types.h"
#include "training/checkpoint/safetensors_header.h"
#include "training/conditioned_model/conditioned_model.h"

namespace hyperwidth {

// Affine maps with a function between them and none after the last: from x to y as the user has them, or to the logits
// of the classes.
struct GeneratedMlp {
  struct Layer {
    Matrix<double> weight;  // [units, inputs]
    Vector<double> bias;    // [units]
  };
  std::vector<Layer> layers = {};  // at least one
  Function function = Function::kRelu;
};

// The layers that the weights of the model, generated or not, are for this condition, computed in double from theta,
// with the standardisation of x in the first and that of y in the last of them. `condition` [condition_size], as the
// user has it. Exact for every scheme but shift-deeponet: what depends on I alone is a number, sums and products with
// it change weights and biases. So it is as wide as q, g, h or t, however the condition acts.
//
// In float, the biases of the first layer hold the means of x: an x whose mean is M times its scale loses log10(M)
// digits there, as it does wherever raw x meets weights in float. Largest difference to Predict, over the largest |y|,
// measured on random models of each scheme: 9e-7 for M about 1, 2e-6 for M = 100, 2e-4 for M = 10^4; stored in double,
// 7e-7 whatever M, which is what Predict itself rounds.
//
// Throws: std::invalid_argument, one line, for a condition with another number of entries or with one that is not
// finite, one that a table does not know, and a shift-deeponet of several functions, which see x moved each in its own
// way; as Validate.
GeneratedMlp GeneratePrimary(const ConditionedModel& model, std::span<const double> condition);

// y [outputs] of x [inputs], in double.
Vector<double> Evaluate(const GeneratedMlp& mlp, const ConstVectorRef<double>& x);

// Writes the layers as the state dict of torch.nn.Sequential(Linear, function, Linear, ..): "0.weight", "0.bias",
// "2.weight", .., in float unless `type` says double; in the metadata "format", "function", "layers" ("3,64,64,1") and
// the notes. Throws: std::runtime_error naming the path if it cannot be written; std::invalid_argument for notes under
// those names or that are not UTF-8.
void SaveGeneratedMlp(const std::filesystem::path& path,
                      const GeneratedMlp& mlp,
                      const std::map<std::string, std::string>& notes = {},
                      ElementType type = ElementType::kFloat32);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_CONDITIONED_MODEL_GENERATED_MLP_H_
