// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numbers>
#include <vector>

#include "theory/domain_check.h"
#include "theory/local_taylor_network.h"
#include "theory/local_taylor_parts.h"
#include "theory/problem.h"
#include "theory/sawtooth_product.h"
#include "theory/wide_real.h"

namespace hyperwidth {
namespace {

using Real = internal::WideReal;
using internal::kRampHalfWidth;

// min k! over |k| = r in d dimensions: all k_i as equal as possible.
double SmallestFactorial(int r, int dim) {
  double product = 1;
  for (int i = 0; i < r; ++i) product *= 1 + i / dim;
  return product;
}

// The numbers of multi-indices of order 0, .., r-1.
template <typename Number>
std::vector<Number> MultiIndices(int r, int dim) {
  std::vector<Number> counts = {Number(1)};
  for (int order = 1; order < r; ++order) counts.push_back(counts.back() * (order + dim - 1) / order);
  return counts;
}

std::vector<ProductGroup> Groups(int r, int dim, double cells) {
  const std::vector<double> multi_indices = MultiIndices<double>(r, dim);
  const double log_ratio = std::log(internal::RelativeSupport(cells) / cells);
  std::vector<ProductGroup> groups;
  if (cells > 1) groups.push_back({std::log(2.0 * dim), 16});
  double below = 0;
  for (int order = 1; order < r; ++order) {
    below += multi_indices[order - 1];
    groups.push_back({std::log(multi_indices[order]) + order * log_ratio, 15 * multi_indices[order] + below});
  }
  return groups;
}

// A network's parameters are
//     shared + n^d (plateau + sets of coefficients) + outputs (colours per_colour + (colours - 1) merging).
template <typename Number>
struct Parameters {
  Number shared = 0;        // by all targets and nodes
  int plateau = 0;          // of a node
  Number coefficients = 0;  // of a node and a target
  Number per_colour = 0;
  int merging = 0;  // two colours
};

template <typename Number>
Parameters<Number> CountParameters(const LocalTaylorPlan& plan) {
  const int d = plan.dim;
  const bool single = plan.cells == 1;
  const std::vector<Number> multi_indices = MultiIndices<Number>(plan.smoothness, d);
  // Kinks, distances, coordinates and tau, and passing on the coordinates and tau. A single cell's coefficients are
  // those of its colour.
  Parameters<Number> count;
  count.merging = 20 + 16 * plan.teeth[0];
  count.shared = single ? Number(4 * d) : d * (10 * Number(plan.cells) - 2) + 6 * d;
  if (!single) {
    count.plateau = d + 1;
    count.shared += Number(plan.teeth[0] + 2) * d * (d - 1) / 2;
  }
  Number below = 0;  // multi-indices of lower order
  for (int order = 1; order < plan.smoothness; ++order) {
    const Number& parents = multi_indices[order - 1];
    const int s = plan.teeth[order];
    count.shared += Number(s + 2) * ((order > 1 ? (single ? 1 : 2) * d : 0) + (single ? 0 : d));
    count.per_colour += multi_indices[order] * (15 * (s + 1)) + (below + parents) * (s + 1) + 2 * parents + below;
    below += parents;
  }
  count.coefficients = below + multi_indices.back();
  if (!single) count.per_colour += count.coefficients;
  return count;
}

// Layers of the Horner scheme.
int HornerDepth(const LocalTaylorPlan& plan) {
  int depth = 0;
  for (int order = 1; order < plan.smoothness; ++order) depth += plan.teeth[order] + 2;
  return depth;
}

}  // namespace

void internal::Check(const LocalTaylorPlan& plan) {
  RequireInteger("smoothness", plan.smoothness, 3, kMaxSmoothness);
  RequireInteger("dim", plan.dim, 1, 2 * kMaxDimension);
  RequireInteger("number of teeth", static_cast<std::int64_t>(plan.teeth.size()), plan.smoothness, plan.smoothness);
  for (const int teeth : plan.teeth) RequireInteger("teeth", teeth, 1, 10000);
}

double ErrorBound(const LocalTaylorPlan& plan) {
  internal::Check(plan);
  const Real n = plan.cells;
  Real error = 1 / (pow(n, plan.smoothness) * SmallestFactorial(plan.smoothness, plan.dim));
  const std::vector<Real> multi_indices = MultiIndices<Real>(plan.smoothness, plan.dim);
  const Real ratio = internal::RelativeSupport(plan.cells) / n;
  Real factor = 1;
  for (int order = 1; order < plan.smoothness; ++order) {
    factor *= ratio;
    error += multi_indices[order] * factor * ldexp(Real(1), -2 * plan.teeth[order] - 2);
  }
  if (plan.cells > 1) error += 2 * plan.dim * ldexp(Real(1), -2 * plan.teeth[0] - 2);
  return std::nextafter(static_cast<double>(error), 1e300);
}

NetworkSize SizeOf(const LocalTaylorPlan& plan) {
  internal::Check(plan);
  const int d = plan.dim;
  const bool single = plan.cells == 1;
  const auto parameters = CountParameters<Real>(plan);
  const Real nodes = pow(Real(plan.cells), d);
  const Real colours = single ? Real(1) : ldexp(Real(1), d);
  const Real nodal = nodes * parameters.coefficients;
  const Real per_output = nodal + colours * parameters.per_colour + (colours - 1) * parameters.merging;
  return {.total = internal::CountAbove(parameters.shared + nodes * parameters.plateau + per_output),
          .nodal = internal::CountAbove(nodal),
          .per_output = internal::CountAbove(per_output),
          .depth = (single ? 2 : 4) + HornerDepth(plan) + (single ? 0 : d * (plan.teeth[0] + 2))};
}

// By logarithms, since powers of n and 2 leave the range of a double.
double LogSize(const LocalTaylorPlan& plan, double outputs, double nodal) {
  const auto parameters = CountParameters<double>(plan);
  const double log_colours = plan.cells == 1 ? 0 : plan.dim * std::numbers::ln2;
  const double per_colour = parameters.per_colour + (1 - std::exp(-log_colours)) * parameters.merging;
  const double logs[] = {
      std::log(parameters.shared),
      plan.dim * std::log(plan.cells) + std::log(parameters.plateau + nodal * parameters.coefficients),
      log_colours + std::log(outputs * per_colour)};
  const double largest = *std::max_element(std::begin(logs), std::end(logs));
  double sum = 0;
  for (const double log : logs) sum += std::exp(log - largest);
  return largest + std::log(sum);
}

double LocalTaylorCells(int smoothness, int dim, double epsilon, double product_share) {
  RequireInteger("smoothness", smoothness, 3, kMaxSmoothness);
  RequireInteger("dim", dim, 1, 2 * kMaxDimension);
  RequireFrom("epsilon", epsilon, kMinEpsilonShare, 1.0);
  RequireStrictlyBetween("product_share", product_share, 0.0, 1.0);
  const double log_constant = -std::log(SmallestFactorial(smoothness, dim));
  return std::max(1.0,
                  std::ceil(std::exp((log_constant - std::log(epsilon) - std::log1p(-product_share)) / smoothness)));
}

LocalTaylorPlan PlanLocalTaylor(int smoothness, int dim, double epsilon, double cells) {
  const double log_constant = -std::log(SmallestFactorial(smoothness, dim));
  const double taylor_share = std::exp(log_constant - smoothness * std::log(cells) - std::log(epsilon));
  RequireStrictlyBetween("share of epsilon that Taylor's formula takes", taylor_share, 0.0, 1 - 2e-9);
  LocalTaylorPlan plan{.smoothness = smoothness, .dim = dim, .cells = cells, .teeth = {}};
  const double log_budget = std::log(epsilon) + std::log1p(-taylor_share - 1e-9);
  plan.teeth = ChooseTeeth(Groups(smoothness, dim, cells), log_budget);
  if (cells == 1) plan.teeth.insert(plan.teeth.begin(), 1);  // nothing to merge
  return plan;
}

}  // namespace hyperwidth
