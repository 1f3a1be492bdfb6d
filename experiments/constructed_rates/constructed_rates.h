// SPDX-License-Identifier: Apache-2.0
//
// Networks built from their target, held against what is proved of them: the error bound, the exponent, and the lower
// bound that no network can beat.

#ifndef HYPERWIDTH_EXPERIMENTS_CONSTRUCTED_RATES_CONSTRUCTED_RATES_H_
#define HYPERWIDTH_EXPERIMENTS_CONSTRUCTED_RATES_CONSTRUCTED_RATES_H_

#include <cstdint>
#include <vector>

#include "experiments/program/experiment_program.h"
#include "experiments/result/result.h"
#include "training/run/run_folder.h"

namespace hyperwidth {

struct ConstructedRatesOptions {
  ProgramOptions program = {};
  std::vector<int> smoothness = {1, 2};  // each 1 or 2
  // Cells of the splines: N = 3 n + 1 parameters. Over more than a factor of 100 in N; none below 8, where the constant
  // term of B(n) still bends the curve.
  std::vector<int> cells = {8, 16, 32, 64, 128, 256, 512, 1024, 2048};
  std::int64_t targets = 6;  // random targets per size, besides the two made to be hard for it
};

// The quick form: fewer and smaller networks, a few seconds.
ConstructedRatesOptions QuickConstructedRates();

// What was measured of one network size.
struct ConstructedSize {
  int smoothness = 1;
  int cells = 1;
  double parameters = 0;  // N = 3 n + 1
  double sup_error = 0;   // the largest over the targets
  double bound = 0;       // proved for every target in the ball
};

// Measures all sizes; writes config.json and metrics.csv to `folder`.
std::vector<ConstructedSize> MeasureConstructedRates(const ConstructedRatesOptions& options, const RunFolder& folder);

// Verdicts and series. The exponent m1/r = 1/r is predicted; a test may pass another one to see it refused.
Result SummariseConstructedRates(const ConstructedRatesOptions& options,
                                 const std::vector<ConstructedSize>& sizes,
                                 double exponent_times_smoothness = 1);

// Both.
Result RunConstructedRates(const ConstructedRatesOptions& options, const RunFolder& folder);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_CONSTRUCTED_RATES_CONSTRUCTED_RATES_H_
