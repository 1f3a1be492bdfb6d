// SPDX-License-Identifier: Apache-2.0
#include "experiments/total_complexity/complexity_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "theory/spline_network.h"

namespace hyperwidth {

std::string_view ToString(ComplexityMethod method) {
  switch (method) {
    case ComplexityMethod::kStandard:
      return "standard";
    case ComplexityMethod::kFull:
      return "full hypernetwork";
    case ComplexityMethod::kEmbedding:
      return "embedding";
    case ComplexityMethod::kFactorised:
      return "factorised hypernetwork";
  }
  return "";
}

bool UsesRank(ComplexityMethod method) {
  return method == ComplexityMethod::kEmbedding || method == ComplexityMethod::kFactorised;
}

std::string ComplexitySize::Name() const { return fmt::format("{} w={} n={}", ToString(method), rank, cells); }

Fields ComplexitySize::Values() const { return {{"method", std::string(ToString(method))}, {"w", rank}, {"n", cells}}; }

double ComplexitySize::ProvedError() const {
  if (method == ComplexityMethod::kStandard) return SplineErrorBound(targets.smoothness, targets.dim(), cells);
  const double splines = SplineErrorBound(targets.smoothness, targets.primary_dim, cells) +
                         SplineErrorBound(targets.smoothness, targets.condition_dim, cells);
  return method == ComplexityMethod::kEmbedding ? splines + std::pow(0.25, Teeth() + 1) : splines;
}

int ComplexitySize::Teeth() const {
  const double splines = SplineErrorBound(targets.smoothness, targets.primary_dim, cells) +
                         SplineErrorBound(targets.smoothness, targets.condition_dim, cells);
  int teeth = 1;
  while (std::pow(0.25, teeth + 1) > splines / 16) ++teeth;
  return teeth;
}

double ComplexitySize::Nodes() const {
  const bool product = method == ComplexityMethod::kStandard || method == ComplexityMethod::kFull;
  return std::pow(cells + 1.0, product ? targets.dim() : std::max(targets.primary_dim, targets.condition_dim));
}

double PredictedExponent(ComplexityMethod method, const StructuredClass& targets) {
  const int dim = UsesRank(method) ? std::max(targets.primary_dim, targets.condition_dim) : targets.dim();
  return static_cast<double>(dim) / targets.smoothness;
}

std::vector<int> ComplexityCells(int most) {
  std::vector<int> cells;
  for (int power = 8; power <= most; power *= 2) {
    cells.push_back(power);
    if (power / 2 * 3 <= most) cells.push_back(power / 2 * 3);
  }
  return cells;
}

}  // namespace hyperwidth
