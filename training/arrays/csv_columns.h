// SPDX-License-Identifier: Apache-2.0
//
// Which column of a table goes where.

#ifndef HYPERWIDTH_TRAINING_ARRAYS_CSV_COLUMNS_H_
#define HYPERWIDTH_TRAINING_ARRAYS_CSV_COLUMNS_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "training/arrays/csv.h"

namespace hyperwidth {

struct CsvColumn {
  std::string name = {};
  const CsvArray* array = nullptr;  // null: skipped
  std::int64_t index = 0;           // in a vector
};

struct CsvHeader {
  char delimiter = ',';
  std::vector<CsvColumn> columns = {};
  std::map<std::string, std::int64_t> counts = {};  // of the columns of each array, by its name
};

// The header that the first line of a table is. `accepted` must outlive it.
// Throws: std::invalid_argument, "<found>; accepted: <..>", for a column that is not accepted or is there twice, or one
// of a vector whose predecessor is missing, or if there is none.
CsvHeader ParseCsvHeader(std::string_view line, const std::vector<CsvArray>& accepted);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_ARRAYS_CSV_COLUMNS_H_
