// SPDX-License-Identifier: Apache-2.0
#include "experiments/constructed_rates/rate_family.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "theory/spline_network.h"

namespace hyperwidth {
namespace {

// Most cells per axis in one, two and three variables: more than a factor of a hundred in N from 8 on.
constexpr int kMostCells[] = {2048, 128, 64};

// A full hypernetwork stores a value for each pair of nodes, none of which needs hidden units of its own as the nodes
// of a spline do.
constexpr double kPairsPerValue = 10;

}  // namespace

std::string_view ToString(ConstructedMethod method) {
  switch (method) {
    case ConstructedMethod::kSpline:
      return "spline";
    case ConstructedMethod::kHypernetwork:
      return "hypernetwork";
    case ConstructedMethod::kFactorised:
      return "factorised";
  }
  return "";
}

std::string RateFamily::Name() const {
  if (method == ConstructedMethod::kSpline) return fmt::format("spline d={} r={}", primary_dim, smoothness);
  return fmt::format("{} m1={} m2={} r={}", ToString(method), primary_dim, condition_dim, smoothness);
}

Fields RateFamily::ValuesFor(int cells) const {
  Fields values = {{"method", std::string(ToString(method))}};
  if (method == ConstructedMethod::kSpline) {
    values.emplace_back("d", primary_dim);
  } else {
    values.emplace_back("m1", primary_dim);
    values.emplace_back("m2", condition_dim);
  }
  values.emplace_back("r", smoothness);
  values.emplace_back("n", cells);
  return values;
}

std::string RateFamily::Id() const {
  if (method == ConstructedMethod::kSpline) return fmt::format("spline.d{}.r{}", primary_dim, smoothness);
  return fmt::format("{}.m{}_{}.r{}", ToString(method), primary_dim, condition_dim, smoothness);
}

double RateFamily::Exponent() const {
  const int counted = method == ConstructedMethod::kFactorised ? std::max(primary_dim, condition_dim) : primary_dim;
  return static_cast<double>(counted) / smoothness;
}

double RateFamily::ProvedError(int cells) const {
  const double primary = SplineErrorBound(smoothness, primary_dim, cells);
  // Of both interpolations, the splines through values of modulus at most 1 having that bound too.
  return condition_dim == 0 ? primary : primary + SplineErrorBound(smoothness, condition_dim, cells);
}

double RateFamily::StoredValues(int cells) const {
  const double nodes = cells + 1;
  if (method == ConstructedMethod::kHypernetwork) return std::pow(nodes, dim()) / kPairsPerValue;
  return std::pow(nodes, std::max(primary_dim, condition_dim));
}

std::vector<RateFamily> RateFamilies(const std::vector<int>& smoothness, const std::vector<std::string>& methods) {
  using Method = ConstructedMethod;
  const std::vector<RateFamily> all = {
      {Method::kSpline, 1},
      {Method::kSpline, 2},
      {Method::kSpline, 3},
      {Method::kHypernetwork, 1, 1},
      {Method::kHypernetwork, 2, 1},
      {.method = Method::kFactorised, .primary_dim = 1, .condition_dim = 1, .rank = 2},
      {.method = Method::kFactorised, .primary_dim = 1, .condition_dim = 2, .rank = 2},
      {.method = Method::kFactorised, .primary_dim = 2, .condition_dim = 2, .rank = 2},
  };
  std::vector<RateFamily> families;
  for (RateFamily family : all) {
    if (std::find(methods.begin(), methods.end(), ToString(family.method)) == methods.end()) continue;
    for (const int r : smoothness) {
      family.smoothness = r;
      families.push_back(family);
    }
  }
  return families;
}

std::vector<int> CellsOf(const RateFamily& family, std::int64_t values) {
  std::vector<int> cells;
  // More sizes per doubling where they are costly, since there are few doublings.
  const bool one_variable = family.dim() == 1 || (family.primary_dim == 1 && family.condition_dim == 1);
  const int most = kMostCells[std::max(family.primary_dim, family.condition_dim) - 1];
  for (int power = 8; power <= most; power *= 2) {
    for (const int n : one_variable ? std::vector{power} : std::vector{power, power / 4 * 5, power / 2 * 3}) {
      if (n % 4 == 0 && n <= most && family.StoredValues(n) <= static_cast<double>(values)) cells.push_back(n);
    }
  }
  return cells;
}

}  // namespace hyperwidth
