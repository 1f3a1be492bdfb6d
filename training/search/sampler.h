// SPDX-License-Identifier: Apache-2.0
//
// Which values a search tries.

#ifndef HYPERWIDTH_TRAINING_SEARCH_SAMPLER_H_
#define HYPERWIDTH_TRAINING_SEARCH_SAMPLER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "training/search/assignment.h"
#include "training/search/search_space.h"

namespace hyperwidth {

// What a sampler hands out depends on what it was made with and on the trial's number, never on time, on the order in
// which trials finish or on the number of workers. May be asked from several threads at once.
class Sampler {
 public:
  virtual ~Sampler() = default;

  // The values of trial 0, 1, ... Throws std::invalid_argument, with what was found and what is accepted, if there is
  // no such trial.
  virtual Assignment Sample(std::int64_t trial) const = 0;

  // How many trials there are; none: as many as one likes.
  virtual std::optional<std::int64_t> size() const { return std::nullopt; }
};

enum class SamplerMethod {
  kSobol,   // trial j is point j of ScrambledSobolPoint: evenly spread, also on any few of the parameters
  kRandom,  // independent and uniform
  kGrid,    // all combinations of values, in an order drawn from the seed, so that the first few are spread, too
};

// "sobol", "random" or "grid".
std::string SamplerMethodName(SamplerMethod method);
// The inverse. Throws std::invalid_argument naming `name` and the accepted names.
SamplerMethod ParseSamplerMethod(const std::string& name);

struct SamplerOptions {
  SamplerMethod method = SamplerMethod::kSobol;
  std::uint64_t seed = 1;
  // Grid: values of each number, >= 1, at equal distances on its scale from low to high; the middle if 1. Integers that
  // coincide count once. Of categories, all are taken.
  std::int64_t grid_values = 3;
};

inline constexpr std::int64_t kMostGridTrials = 100'000;

// Throws std::invalid_argument, with what was found and what is accepted, for a space without parameters; for Sobol,
// one of more than kMostSobolDimensions; for a grid, without values, or of more than kMostGridTrials combinations,
// where parameters that are not active do not count.
std::unique_ptr<Sampler> MakeSampler(const SearchSpace& space, const SamplerOptions& options);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_SEARCH_SAMPLER_H_
