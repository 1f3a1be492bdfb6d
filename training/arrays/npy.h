// SPDX-License-Identifier: Apache-2.0
//
// NPY, numpy's file of one array.

#ifndef HYPERWIDTH_TRAINING_ARRAYS_NPY_H_
#define HYPERWIDTH_TRAINING_ARRAYS_NPY_H_

#include <filesystem>

#include "training/arrays/byte_stream.h"
#include "training/arrays/numeric_array.h"

namespace hyperwidth {

// The array of an NPY file of version 1, 2 or 3, in either byte order, in C or Fortran order; the result is row-major
// in this machine's order.
//
// Throws: std::runtime_error "<path>: <found>; accepted: <..>" if it is none, is longer or shorter than its header
// says, or holds something else than real numbers: objects, text, complex numbers, dates, records. Memory: that of the
// array; twice that in Fortran order. Nothing is set aside for what the file does not have.
NumericArray ReadNpy(const std::filesystem::path& path);
NumericArray ReadNpy(ByteStream& stream);

// Writes the array so that a reader sees the old file or the whole new one; ReadNpy gives it back bit for bit.
// Throws: std::runtime_error naming the path if it cannot be written.
void WriteNpy(const std::filesystem::path& path, const NumericArray& array);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_ARRAYS_NPY_H_
