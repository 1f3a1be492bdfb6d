// SPDX-License-Identifier: Apache-2.0
#include "experiments/targets/structured_bumps.h"

#include <stdexcept>
#include <string>

#include "models/random_stream.h"

namespace hyperwidth {
namespace {

// The signs of factor `side` (0: b, 1: a) of term l.
std::uint64_t FactorSeed(std::uint64_t seed, int term, std::uint64_t side) {
  return RandomStream(seed, {static_cast<std::uint64_t>(term), side})();
}

}  // namespace

StructuredBumps::StructuredBumps(const StructuredCells& cells, int rank, std::uint64_t seed) {
  if (rank < 1) {
    throw std::invalid_argument("structured bumps: rank is " + std::to_string(rank) + ", accepted: at least 1");
  }
  for (int term = 0; term < rank; ++term) {
    primary_.emplace_back(cells.smoothness, cells.primary, FactorSeed(seed, term, 0));
    condition_.emplace_back(cells.smoothness, cells.condition, FactorSeed(seed, term, 1));
    lambda_.push_back(primary_.back().Sign(0) * condition_.back().Sign(0) / rank);
  }
}

Matrix<double> StructuredBumps::PrimaryValues(const ConstMatrixRef<double>& x) const {
  Matrix<double> values(x.cols(), rank());
  for (Index term = 0; term < rank(); ++term) {
    const auto index = static_cast<std::size_t>(term);
    values.col(term) = lambda_[index] * primary_[index].Values(x);
  }
  return values;
}

Matrix<double> StructuredBumps::ConditionValues(const ConstMatrixRef<double>& condition) const {
  Matrix<double> values(condition.cols(), rank());
  for (Index term = 0; term < rank(); ++term) {
    values.col(term) = condition_[static_cast<std::size_t>(term)].Values(condition);
  }
  return values;
}

Vector<double> StructuredBumps::Values(const ConstMatrixRef<double>& x, const ConstMatrixRef<double>& condition) const {
  if (x.cols() != condition.cols()) {
    throw std::invalid_argument("structured bumps: " + std::to_string(x.cols()) + " samples of x and " +
                                std::to_string(condition.cols()) + " of I, accepted: as many of each");
  }
  return PrimaryValues(x).cwiseProduct(ConditionValues(condition)).rowwise().sum();
}

}  // namespace hyperwidth
