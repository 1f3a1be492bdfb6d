// SPDX-License-Identifier: Apache-2.0
//
// Named arrays from whatever holds them: an NPZ file, a folder of NPY files, a CSV table.

#ifndef HYPERWIDTH_TRAINING_ARRAYS_ARRAY_FILES_H_
#define HYPERWIDTH_TRAINING_ARRAYS_ARRAY_FILES_H_

#include <filesystem>
#include <string>
#include <vector>

#include "training/arrays/csv.h"
#include "training/arrays/numeric_array.h"

namespace hyperwidth {

struct ArrayFiles {
  NamedArrays arrays = {};               // those that were wanted and found
  std::vector<std::string> others = {};  // the names of those that are there too, and were not read
  bool is_table = false;                 // so that all arrays have as many rows
};

// Reads the arrays named in `wanted` from a folder of NAME.npy, from an NPZ file or from a table; which it is, a file's
// first bytes tell, not its name. Throws: std::runtime_error as NpzFile, ReadNpy and ReadCsv; for a file of another
// kind that is recognised (one NPY array, gzip, HDF5, MATLAB, pickle) saying which, with what is accepted.
ArrayFiles ReadArrayFiles(const std::filesystem::path& path, const std::vector<CsvArray>& wanted);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_ARRAYS_ARRAY_FILES_H_
