// SPDX-License-Identifier: Apache-2.0
//
// The rows of a table, below its header.

#ifndef HYPERWIDTH_TRAINING_ARRAYS_CSV_ROWS_H_
#define HYPERWIDTH_TRAINING_ARRAYS_CSV_ROWS_H_

#include <cstdint>

#include "training/arrays/csv_columns.h"
#include "training/arrays/line_blocks.h"
#include "training/arrays/numeric_array.h"

namespace hyperwidth {

// The arrays that these lines make up, parsed by `threads` at once: those of `first`, in which the header has been
// passed, and all that follow. There may be at most `most_rows` that are not blank.
// Throws: std::runtime_error "<path>, line <n>: <found>; accepted: <..>", of all mistakes the first in the file.
NamedArrays ReadRows(LineBlocks& lines, LineBlock& first, const CsvHeader& header, std::int64_t most_rows, int threads);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_ARRAYS_CSV_ROWS_H_
