// SPDX-License-Identifier: Apache-2.0
#include "experiments/modularity_gap/size_search.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

#include "experiments/modularity_gap/tube_fit.h"
#include "models/random_stream.h"

namespace hyperwidth {
namespace {

constexpr Index kWidest = 1024;
constexpr std::size_t kGallop = 4;  // candidates by which a search goes up or down before it bisects

double LogUniform(RandomStream& random, double low, double high) {
  return std::exp(random.Uniform(std::log(low), std::log(high)));
}

// One group of conditions that share a network.
class WidthSearch {
 public:
  WidthSearch(const ConditionedTarget& target,
              Index first,
              Index conditions,
              Index embedding_dim,
              const SizeSearchOptions& options,
              const StopRequest& stop)
      : target_(target),
        first_(first),
        conditions_(conditions),
        embedding_dim_(embedding_dim),
        options_(options),
        stop_(stop),
        widths_(CandidateWidths()) {}

  // The smallest sufficient width in search number `search`.
  Index Smallest(int search) {
    search_ = static_cast<std::uint64_t>(search);
    // Begin at a quarter of the number of bumps, a guess that only costs time when it is wrong.
    const Index guess = std::max<Index>(1, conditions_ * target_.bumps_per_condition() / 4);
    std::size_t sufficient =
        static_cast<std::size_t>(std::lower_bound(widths_.begin(), widths_.end(), guess) - widths_.begin());
    std::size_t insufficient_end = 0;  // candidates below this place are not sufficient
    while (!IsSufficient(sufficient)) {
      insufficient_end = sufficient + 1;
      sufficient += kGallop;
      if (sufficient >= widths_.size()) {
        throw std::runtime_error("size search: no primary network of up to " + std::to_string(widths_.back()) +
                                 " units was found to be within the tolerance; accepted: fewer cells, more iterations");
      }
    }
    while (insufficient_end < sufficient) {
      const std::size_t middle = insufficient_end > 0 ? (insufficient_end + sufficient) / 2
                                                      : (sufficient > kGallop ? sufficient - kGallop : sufficient / 2);
      if (IsSufficient(middle)) {
        sufficient = middle;
      } else {
        insufficient_end = middle + 1;
      }
    }
    return widths_[sufficient];
  }

  Index iterations() const { return iterations_; }
  double ErrorAt(Index width) const { return errors_[static_cast<std::size_t>(width)]; }

 private:
  bool IsSufficient(std::size_t candidate) {
    const Index width = widths_[candidate];
    const TableNetwork network(target_.primary_dim(), width, embedding_dim_, conditions_);
    for (int restart = 0; restart < options_.restarts; ++restart) {
      RandomStream random(options_.seed,
                          {static_cast<std::uint64_t>(first_),
                           search_,
                           static_cast<std::uint64_t>(width),
                           static_cast<std::uint64_t>(restart)});
      const TubeFitOptions fit_options{
          .tolerance = options_.tolerance,
          .iterations = options_.iterations_per_bump * target_.conditions() * target_.bumps_per_condition(),
          .initial_damping = LogUniform(random, 1e-3, 1),
          .weight_scale = LogUniform(random, 0.5, 2),
          .points_per_cell = target_.primary_dim() == 1 ? 8 : 4};
      const TubeFit fit = FitWithinTube(network, target_, first_, fit_options, random, stop_);
      iterations_ += fit.iterations;
      if (!fit.within) continue;
      errors_.resize(std::max(errors_.size(), static_cast<std::size_t>(width) + 1));
      errors_[static_cast<std::size_t>(width)] = fit.error;
      return true;
    }
    return false;
  }

  const ConditionedTarget& target_;
  Index first_;
  Index conditions_;
  Index embedding_dim_;
  const SizeSearchOptions& options_;
  const StopRequest& stop_;
  std::vector<Index> widths_;
  std::uint64_t search_ = 0;
  Index iterations_ = 0;
  std::vector<double> errors_;  // of the last sufficient network of each width
};

}  // namespace

std::vector<Index> CandidateWidths() {
  std::vector<Index> widths;
  for (Index width = 1; width <= kWidest; width = std::max(width + 1, width * 21 / 20)) widths.push_back(width);
  return widths;
}

FoundSize SmallestEmbeddingPrimary(const ConditionedTarget& target,
                                   Index embedding_dim,
                                   const SizeSearchOptions& options,
                                   const StopRequest& stop) {
  WidthSearch search(target, 0, target.conditions(), embedding_dim, options, stop);
  FoundSize found;
  for (int i = 0; i < options.searches; ++i) found.widths.push_back(search.Smallest(i));
  found.width = *std::min_element(found.widths.begin(), found.widths.end());
  found.iterations = search.iterations();
  found.largest_error = search.ErrorAt(found.width);
  return found;
}

FoundSize SmallestHypernetworkPrimary(const ConditionedTarget& target,
                                      const SizeSearchOptions& options,
                                      const StopRequest& stop) {
  FoundSize found{.widths = std::vector<Index>(static_cast<std::size_t>(options.searches), 0)};
  for (Index condition = 0; condition < target.conditions(); ++condition) {
    WidthSearch search(target, condition, 1, /*embedding_dim=*/0, options, stop);
    Index smallest = kWidest;
    for (int i = 0; i < options.searches; ++i) {
      const Index width = search.Smallest(i);
      smallest = std::min(smallest, width);
      Index& largest = found.widths[static_cast<std::size_t>(i)];
      largest = std::max(largest, width);
    }
    found.width = std::max(found.width, smallest);
    found.largest_error = std::max(found.largest_error, search.ErrorAt(smallest));
    found.iterations += search.iterations();
  }
  return found;
}

}  // namespace hyperwidth
