// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_CONDITIONED_MODEL_CONDITIONED_MODEL_FILE_H_
#define HYPERWIDTH_TRAINING_CONDITIONED_MODEL_CONDITIONED_MODEL_FILE_H_

#include <filesystem>
#include <map>
#include <string>

#include "training/conditioned_model/conditioned_model.h"

namespace hyperwidth {

// One .safetensors file: theta as SaveModel writes it, with PyTorch's names, and in the metadata, as text from which
// every number comes back bit for bit,
//
//   scheme                              "hypernetwork"
//   architecture.conditioned_model      "1", the version
//   architecture.sizes.FIELD            a line for each field of SchemeSizes: "2", "64,64", "relu", "true"
//   architecture.standardisation.A.B    A: x, condition, y; B: mean, scale; numbers with commas between them
//   architecture.classes                likewise; empty for real numbers
//   architecture.known_conditions       likewise, row by row; empty unless the scheme is table
//   note.NAME                           the notes
//
// Throws: std::invalid_argument as Validate; as SaveModel.
void SaveConditionedModel(const std::filesystem::path& path,
                          const ConditionedModel& model,
                          const std::map<std::string, std::string>& notes = {});

// The inverse, but for the notes. Nothing of the size that the metadata claim is set aside before it is known that the
// file has tensors for it. Throws: std::invalid_argument, one line with the path, what was found and what is accepted,
// for a file that SaveConditionedModel has not written, or of another version, and for sizes that are out of range or
// do not fit the tensors; std::runtime_error if the file cannot be read.
ConditionedModel LoadConditionedModel(const std::filesystem::path& path);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_CONDITIONED_MODEL_CONDITIONED_MODEL_FILE_H_
