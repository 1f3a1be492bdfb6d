// SPDX-License-Identifier: Apache-2.0
//
// The certified modularity gap: how many times larger than a hypernetwork's primary network the primary network of an
// embedding method has to be, for the same worst-case error. Numerator: a proved lower bound of N_q; denominator: a
// network that can be built, with N_g generated parameters. Both sides have the problem's outputs.

#ifndef HYPERWIDTH_THEORY_GAP_H_
#define HYPERWIDTH_THEORY_GAP_H_

#include <cstdint>
#include <optional>
#include <string>

#include "theory/construction.h"
#include "theory/count.h"
#include "theory/lower_bounds.h"
#include "theory/problem.h"

namespace hyperwidth {

struct ModularityGap {
  // Weight layers of the networks compared: the problem's depth, or that of the constructed primary network if larger.
  int depth = 2;
  Count embedding;    // certified minimum of N_q at this depth
  Count constructed;  // N_g
  Count passed_on;    // scalars that the generator of the constructed network passes on for each I: y at the nodes
  // Whether that is within the problem's bottleneck. If not, `constructed` is what a wider generator could make.
  bool fits_bottleneck = true;
  Construction network;  // what was built: not always the smallest, since a deeper one lowers `embedding`
  double log10 = 0;      // log10 of embedding / constructed; see IsProved
  // k*: the smallest embedding dimension for which no gap is proved. An embedding this large may carry as much about I
  // as generated weights do; below k* it provably cannot make up for a primary network of the size of `constructed`.
  Count crossover_embedding_dim;
  // The smallest embedding dimension with which a continuous e can reach epsilon at all, as far as is proved
  // (continuous_encoder.h); m2 at small epsilon. For those who train e, the gap is about embedding dimensions from here
  // to below k*; with fewer no primary network is large enough.
  std::int64_t least_continuous_dim = 1;

  bool IsProved() const { return fits_bottleneck && constructed < embedding; }
  double Ratio() const;      // 10^log10, infinite beyond the range of a double
  std::string Text() const;  // the ratio with four digits, "1097" or "10^12.34"; never rounded up
};

// The largest gap among the networks that can be built, of those that fit the bottleneck if any does; each is compared
// at its own depth.
// Throws: std::domain_error as Validate.
ModularityGap CertifiedGap(const Problem& problem);

// An epsilon, rounded down to three digits, at which the gap is proved to exceed 1; the problem's own is not looked at.
// Since networks are built in steps, a gap may close above its onset and open again a little further up: this is within
// a tenth of the largest such epsilon nearly always, not always (by a quarter in one of 300 problems tried). Nothing if
// none was found from kFinestGapOnset, times the radius, on: nobody asks for less. Throws: std::domain_error as
// Validate. Cost: some ten milliseconds.
inline constexpr double kFinestGapOnset = 1e-30;
std::optional<double> OnsetOfGap(const Problem& problem);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_GAP_H_
