// SPDX-License-Identifier: Apache-2.0
//
// Hypernetwork and embedding on three classes of random targets: layers, the embedding's dimension, and how many
// conditions are trained on.

#ifndef HYPERWIDTH_EXPERIMENTS_SYNTHETIC_SYNTHETIC_H_
#define HYPERWIDTH_EXPERIMENTS_SYNTHETIC_SYNTHETIC_H_

#include <vector>

#include "experiments/published_models/pair_cells.h"
#include "experiments/result/result.h"
#include "experiments/synthetic/synthetic_data.h"
#include "experiments/synthetic/synthetic_options.h"
#include "training/run/run_folder.h"

namespace hyperwidth {

// The type that answers for all if it is run: its target is a network that sees x and I side by side, as the theory has
// it, while the others have a product.
inline constexpr int kDecisiveType = 2;

// What the options ask for: for each type the sweep of layers, of the embedding's dimension, and of the conditions. A
// case that two sweeps share is there once. Throws: std::invalid_argument, with the flag, for more conditions than
// samples.
std::vector<PairCase> SyntheticCases(const SyntheticOptions& options);

// One training of a cell, which takes its samples from `shared`, where it leaves them for others. Throws: as
// TrainAndTestPair.
PairErrors MeasureSynthetic(const SyntheticOptions& options,
                            const PairCell& cell,
                            std::uint64_t seed,
                            const StopRequest& stop,
                            SyntheticShared& shared);

// Verdicts and series from cells that have been measured, in whole or in part.
Result SummariseSynthetic(const SyntheticOptions& options, const std::vector<PairCell>& cells);

// As RunPairs, or RunPairSearch with --search. published: without a search, the folder of a run with the same settings
// and --match=published, whose hypernetworks are not trained again. Throws: as SyntheticCases and these.
Result RunSynthetic(const SyntheticOptions& options, const RunFolder& folder, const RunFolder* published = nullptr);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_SYNTHETIC_SYNTHETIC_H_
