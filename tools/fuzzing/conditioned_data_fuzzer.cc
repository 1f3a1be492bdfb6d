// SPDX-License-Identifier: Apache-2.0
//
// Tables, since the checksums of an archive keep made-up arrays from being read; all that is done with data before
// training.

#include "tools/fuzzing/input_file.h"
#include "training/conditioned_data/common_grid.h"
#include "training/conditioned_data/conditioned_data.h"
#include "training/conditioned_data/data_split.h"
#include "training/conditioned_data/data_summary.h"
#include "training/conditioned_data/intrinsic_dimension.h"
#include "training/conditioned_data/standardisation.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return hyperwidth::ReadInput(data, size, [](const std::filesystem::path& path) {
    const hyperwidth::ConditionedData loaded = hyperwidth::LoadConditionedData(path);
    hyperwidth::SummaryText(hyperwidth::Summarise(loaded));
    if (const auto grid = hyperwidth::FindCommonGrid(loaded)) {
      hyperwidth::EstimateIntrinsicDimension(hyperwidth::FunctionPoints(loaded, *grid, 1), 1);
    }
    for (const auto by : {hyperwidth::SplitBy::kSample, hyperwidth::SplitBy::kCondition}) {
      hyperwidth::FitStandardisation(loaded, hyperwidth::SplitData(loaded, {.by = by}));
    }
  });
}
