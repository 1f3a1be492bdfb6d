// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_CONSTRUCTED_RATES_RATE_FAMILY_H_
#define HYPERWIDTH_EXPERIMENTS_CONSTRUCTED_RATES_RATE_FAMILY_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "training/trials/fields.h"

namespace hyperwidth {

enum class ConstructedMethod {
  kSpline,        // one network of d variables: nodal interpolation on Kuhn's triangulation
  kHypernetwork,  // theorem 4: f generates the nodal values of g
  kFactorised,    // theorem 5: the same for structured targets, f's last layer a product of two matrices
};

// "spline", "hypernetwork" or "factorised".
std::string_view ToString(ConstructedMethod method);

// Networks of one kind that differ in size only, for targets of one smoothness.
struct RateFamily {
  ConstructedMethod method = ConstructedMethod::kSpline;
  int primary_dim = 1;    // m1, or d
  int condition_dim = 0;  // m2; 0 for kSpline
  int smoothness = 1;     // r, 1 or 2
  int rank = 1;           // w, for kFactorised

  int dim() const { return primary_dim + condition_dim; }
  // "spline d=2 r=1", "hypernetwork m1=2 m2=1 r=2"
  std::string Name() const;
  // The same as values of a trial, with the number of cells: method, d or m1 and m2, r, n.
  Fields ValuesFor(int cells) const;
  // The same as part of an id: "spline.d2.r1".
  std::string Id() const;
  // p / r, p what the theory says of the parameters that are counted: N ~ error^-(p / r). They are all parameters of a
  // spline (p = d), the primary network's of a hypernetwork (p = m1), all of a factorised one (p = max(m1, m2)).
  double Exponent() const;
  // The sup error proved for every target of the class, with n cells per axis of x and of I.
  double ProvedError(int cells) const;
  // What has to be stored for n cells per axis: the largest matrix of values at nodes.
  double StoredValues(int cells) const;
};

// The families of the experiment, in the order in which they are shown.
std::vector<RateFamily> RateFamilies(const std::vector<int>& smoothness, const std::vector<std::string>& methods);

// The numbers of cells per axis for which networks are built: multiples of 4, which the targets want, none below 8, as
// long as they store at most `values` values at nodes, and at most 2048, 128 or 64 for splines of 1, 2 or 3 variables.
std::vector<int> CellsOf(const RateFamily& family, std::int64_t values);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_CONSTRUCTED_RATES_RATE_FAMILY_H_
