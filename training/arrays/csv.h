// SPDX-License-Identifier: Apache-2.0
//
// Tables of numbers as text.

#ifndef HYPERWIDTH_TRAINING_ARRAYS_CSV_H_
#define HYPERWIDTH_TRAINING_ARRAYS_CSV_H_

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "training/arrays/numeric_array.h"

namespace hyperwidth {

// An array that the columns of a table may make up.
struct CsvArray {
  std::string name = {};
  bool is_vector = false;                    // columns NAME_0, NAME_1, ..; else one column NAME
  std::map<std::string, double> words = {};  // what may stand for numbers in its columns
};

// The arrays of a table whose first line names its columns, in any order: float64 [rows, columns] for vectors, else
// [rows]. Those of `accepted` that it does not have are not in the result.
//
// Fields are separated by commas, semicolons or tabs, whichever the first line has. Numbers are C's, with a decimal
// point whatever the locale: 1, -1.5, 2e-3, nan, inf; one too small for a double is 0. Fields may be quoted; spaces
// around them, blank lines, a delimiter at the end of a line, CRLF and a missing final newline do not matter. A column
// without a name, such as one of row numbers, is skipped.
//
// threads: that parse rows at once; 0: as many as the process can run (thread_budget.h). The result does not depend on
// them.
//
// Throws: std::runtime_error "<path>, line <n>: <found>; accepted: <..>", of all mistakes the first in the file, for a
// column that is not accepted or is there twice or whose predecessor is missing, a line with another number of fields,
// a field that is no number (decimal commas among them) or too large for a double, a quote without its end. Memory:
// that of the arrays, and for each thread that of some lines, 256 KB or one longer line; time: two passes over the
// file, the first of which only counts lines.
NamedArrays ReadCsv(const std::filesystem::path& path, const std::vector<CsvArray>& accepted, int threads = 0);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_ARRAYS_CSV_H_
