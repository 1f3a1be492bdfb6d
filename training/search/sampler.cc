// SPDX-License-Identifier: Apache-2.0
#include "training/search/sampler.h"

#include <fmt/format.h>

#include <array>
#include <stdexcept>
#include <utility>
#include <vector>

#include "models/random_stream.h"
#include "training/search/grid.h"
#include "training/search/sobol_points.h"

namespace hyperwidth {
namespace {

constexpr std::array<const char*, 3> kNames = {"sobol", "random", "grid"};
constexpr std::uint64_t kRandomSearchStream = 0x72616e646f6d;
constexpr std::uint64_t kGridOrderStream = 0x67726964;

[[noreturn]] void RefuseTrial(std::int64_t trial, const std::string& accepted) {
  throw std::invalid_argument(fmt::format("sampler: found trial {}, accepted: {}", trial, accepted));
}

class SobolSampler final : public Sampler {
 public:
  SobolSampler(const SearchSpace& space, std::uint64_t seed) : space_(space), seed_(seed) {
    ScrambledSobolPoint(seed, 0, space.dimensions());  // or too many dimensions are refused
  }

  Assignment Sample(std::int64_t trial) const override {
    return space_.At(ScrambledSobolPoint(seed_, trial, space_.dimensions()));
  }

 private:
  SearchSpace space_;
  std::uint64_t seed_;
};

class RandomSampler final : public Sampler {
 public:
  RandomSampler(const SearchSpace& space, std::uint64_t seed) : space_(space), seed_(seed) {}

  Assignment Sample(std::int64_t trial) const override {
    if (trial < 0) RefuseTrial(trial, "at least 0");
    RandomStream random(seed_, {kRandomSearchStream, static_cast<std::uint64_t>(trial)});
    std::vector<double> point(space_.dimensions());
    for (double& coordinate : point) coordinate = random.Uniform();
    return space_.At(point);
  }

 private:
  SearchSpace space_;
  std::uint64_t seed_;
};

class GridSampler final : public Sampler {
 public:
  GridSampler(std::vector<Assignment> grid, std::uint64_t seed)
      : grid_(std::move(grid)),
        order_(RandomStream(seed, {kGridOrderStream}).Permutation(static_cast<std::int64_t>(grid_.size()))) {}

  Assignment Sample(std::int64_t trial) const override {
    if (trial < 0 || trial >= *size()) RefuseTrial(trial, fmt::format("0 to {}, the last of the grid", *size() - 1));
    return grid_[static_cast<std::size_t>(order_[static_cast<std::size_t>(trial)])];
  }

  std::optional<std::int64_t> size() const override { return static_cast<std::int64_t>(grid_.size()); }

 private:
  std::vector<Assignment> grid_;
  std::vector<std::int64_t> order_;
};

}  // namespace

std::string SamplerMethodName(SamplerMethod method) { return kNames[static_cast<std::size_t>(method)]; }

SamplerMethod ParseSamplerMethod(const std::string& name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (name == kNames[i]) return static_cast<SamplerMethod>(i);
  }
  throw std::invalid_argument("sampler: found '" + name + "', accepted: sobol, random, grid");
}

std::unique_ptr<Sampler> MakeSampler(const SearchSpace& space, const SamplerOptions& options) {
  if (space.dimensions() == 0) {
    throw std::invalid_argument("search space: found no parameters, accepted: at least one");
  }
  switch (options.method) {
    case SamplerMethod::kSobol:
      return std::make_unique<SobolSampler>(space, options.seed);
    case SamplerMethod::kRandom:
      return std::make_unique<RandomSampler>(space, options.seed);
    case SamplerMethod::kGrid:
      return std::make_unique<GridSampler>(GridOf(space, options.grid_values, kMostGridTrials), options.seed);
  }
  throw std::invalid_argument("sampler: not a value of the enumeration");
}

}  // namespace hyperwidth
