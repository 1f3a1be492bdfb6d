// SPDX-License-Identifier: Apache-2.0
//
// A model's parameters as a safetensors file, with the names, shapes and order that PyTorch's modules have:
// "q.0.weight" [outputs, inputs] as torch.nn.Linear, biases [outputs], tables [count, dim] as torch.nn.Embedding.

#ifndef HYPERWIDTH_TRAINING_CHECKPOINT_MODEL_CHECKPOINT_H_
#define HYPERWIDTH_TRAINING_CHECKPOINT_MODEL_CHECKPOINT_H_

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "models/graph/graph.h"
#include "models/types.h"
#include "training/checkpoint/safetensors.h"

namespace hyperwidth {

// What a checkpoint holds besides theta. Names of vectors are not empty and have no dot.
template <typename Scalar>
struct CheckpointExtras {
  std::map<std::string, std::string> architecture = {};  // what else it takes to build the model again
  std::map<std::string, Vector<Scalar>> vectors = {};    // each as long as theta: an optimiser's moments
  std::map<std::string, std::string> counters = {};      // "step", "epoch", ..
  std::map<std::string, std::string> notes = {};         // whatever else its writer wants to find again
};

template <typename Scalar>
struct Checkpoint {
  Vector<Scalar> theta;
  CheckpointExtras<Scalar> extras = {};
};

// Writes theta [model.parameters.size()] and the extras, the file whole or not at all. Vectors are stored as theta is,
// their tensors named "optimizer.NAME.TENSOR"; the architecture, counters, notes, the scheme's name and theta's layout
// are in the file's metadata. Scalar: float or double.
// Throws: std::invalid_argument, with what was found and what is accepted, for vectors of another length, names that
// are not accepted, and two tensors that would have one name; std::runtime_error naming the path if it cannot be
// written.
template <typename Scalar>
void SaveModel(const std::filesystem::path& path,
               const Model& model,
               const ConstVectorRef<Scalar>& theta,
               const CheckpointExtras<Scalar>& extras = {});

// The inverse, bit for bit. A file of float is also read into double, and a file that something else has written,
// without our metadata, is accepted if its tensors are the model's. Throws: std::invalid_argument, with the path, what
// was found and what is accepted, for a checkpoint of another architecture, naming the first tensor that differs or
// else the scheme, and as Safetensors::Read; std::runtime_error if the file cannot be read.
template <typename Scalar>
Checkpoint<Scalar> LoadModel(const std::filesystem::path& path, const Model& model);
// The same of a file that has been read; messages name the path.
template <typename Scalar>
Checkpoint<Scalar> LoadModel(const std::filesystem::path& path, const Safetensors& file, const Model& model);

// How a tensor of theta is stored.
struct TorchTensor {
  std::string name;
  std::vector<std::int64_t> shape;
  bool keeps_bytes;  // column by column here, row by row there: a transposed matrix has the same bytes
};
// A matrix [rows, cols] keeps its name and shape, and its entries are stored row by row. A table becomes [cols, rows],
// as does "NAME.columns", which is named "NAME.weight". A bias and the name of a chunk have one dimension.
TorchTensor AsInTorch(const Tensor& tensor);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_CHECKPOINT_MODEL_CHECKPOINT_H_
