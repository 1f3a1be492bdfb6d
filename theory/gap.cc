// SPDX-License-Identifier: Apache-2.0

#include "theory/gap.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <optional>
#include <utility>

#include "theory/schemes.h"

namespace hyperwidth {

double ModularityGap::Ratio() const {
  if (embedding.value && constructed.value) {
    return static_cast<double>(*embedding.value) / static_cast<double>(*constructed.value);
  }
  return std::pow(10.0, log10);
}

std::string ModularityGap::Text() const {
  std::array<char, 48> text;
  if (log10 < -4 || log10 >= 6) {
    std::snprintf(text.data(), text.size(), "10^%.2f", std::floor(log10 * 100) / 100);
    return text.data();
  }
  const double ratio = Ratio();
  const int decimals = 3 - static_cast<int>(std::floor(std::log10(ratio)));
  const double last_digit = std::pow(10.0, -decimals);
  std::snprintf(text.data(), text.size(), "%.*f", std::max(decimals, 0), std::floor(ratio / last_digit) * last_digit);
  return text.data();
}

namespace {

ModularityGap GapTo(const Construction& construction, const NetworkSize& size, const Problem& problem) {
  Problem at_depth = problem;
  at_depth.depth = std::max(problem.depth, size.depth);
  const LowerBounds bounds(at_depth);
  ModularityGap gap{.depth = at_depth.depth,
                    .embedding = bounds.Embedding().count,
                    .constructed = size.total,
                    .network = construction,
                    .crossover_embedding_dim = CrossoverScalars(bounds, Scheme::kEmbedding, size.total)};
  gap.log10 = gap.embedding.log10 - gap.constructed.log10;
  return gap;
}

}  // namespace

ModularityGap CertifiedGap(const Problem& problem) {
  Validate(problem);
  std::optional<ModularityGap> best;
  for (const Construction& construction : Constructions(problem.smoothness, problem.primary_dim, problem.epsilon)) {
    const NetworkSize size = SizeOf(construction);
    // A deeper network that is no smaller cannot give a larger gap, and none beyond the accepted depths is compared.
    if (best && (size.depth > kMaxDepth || !(size.total < best->constructed))) continue;
    ModularityGap gap = GapTo(construction, size, problem);
    if (!best || gap.log10 > best->log10) best = std::move(gap);
  }
  return *best;
}

}  // namespace hyperwidth
