// SPDX-License-Identifier: Apache-2.0
//
// What an NPY file says about its array, before the numbers: a Python dictionary such as
// {'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }. Source: numpy.lib.format, "Format Version 1.0" to 3.0.

#ifndef HYPERWIDTH_TRAINING_ARRAYS_NPY_HEADER_H_
#define HYPERWIDTH_TRAINING_ARRAYS_NPY_HEADER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "training/arrays/numeric_array.h"

namespace hyperwidth {

struct NpyHeader {
  NumberType type = NumberType::kFloat64;
  bool big_endian = false;
  bool fortran_order = false;  // the first index runs fastest
  std::vector<std::int64_t> shape = {};
};

// The header in `text`, the dictionary with the spaces and the newline after it.
// Throws: std::invalid_argument, "<found>; accepted: <..>", if it is none, or of numbers that are no real ones:
// objects, text, complex numbers, dates, records, long double.
NpyHeader ParseNpyHeader(std::string_view text);

// The bytes of version 1 before the numbers, as numpy writes them: little-endian, row-major, a multiple of 64 in all.
// Throws: std::invalid_argument for a shape whose text exceeds version 1's 65,535 bytes.
std::string FormatNpyHeader(NumberType type, const std::vector<std::int64_t>& shape);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_ARRAYS_NPY_HEADER_H_
