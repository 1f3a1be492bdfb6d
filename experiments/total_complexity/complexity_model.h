// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_TOTAL_COMPLEXITY_COMPLEXITY_MODEL_H_
#define HYPERWIDTH_EXPERIMENTS_TOTAL_COMPLEXITY_COMPLEXITY_MODEL_H_

#include <string>
#include <string_view>
#include <vector>

#include "training/trials/fields.h"

namespace hyperwidth {

enum class ComplexityMethod {
  kStandard,    // one spline network of (x, I), which does not know of the structure
  kFull,        // theorem 4: a hypernetwork that does not know of it either
  kEmbedding,   // e(I) = a(I), and q multiplies it by b(x)
  kFactorised,  // theorem 5: a hypernetwork whose last layer is a product of two matrices
};

// "standard", "full hypernetwork", "embedding", "factorised hypernetwork".
std::string_view ToString(ComplexityMethod method);

// Whether the method is built for targets of a certain rank.
bool UsesRank(ComplexityMethod method);

// The targets: y(x, I) = sum over l of lambda_l a_l(I) b_l(x), see theory/structured_target.h.
struct StructuredClass {
  int smoothness = 1;
  int primary_dim = 2;
  int condition_dim = 2;

  int dim() const { return primary_dim + condition_dim; }
};

// One network that can be built: n cells per axis, for targets of a rank up to w.
struct ComplexitySize {
  ComplexityMethod method = ComplexityMethod::kStandard;
  StructuredClass targets = {};
  int rank = 1;
  int cells = 8;

  std::string Name() const;  // "embedding w=4 n=16"
  Fields Values() const;     // the same as values of a trial: method, w, n
  // The sup error that is proved for the whole class. Of a product of splines: the sum of both splines' errors, and for
  // the embedding that of the products.
  double ProvedError() const;
  // Saw-teeth of the embedding's products: as few as make their error a sixteenth of the splines'.
  int Teeth() const;
  double Nodes() const;  // of the largest spline that is built
};

// p / r with N ~ error^-(p / r) at fixed rank: m for the methods that do not know of the structure, max(m1, m2) for
// those that do.
double PredictedExponent(ComplexityMethod method, const StructuredClass& targets);

// 8, 12, 16, 24, 32, .. up to `most` cells per axis.
std::vector<int> ComplexityCells(int most);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_TOTAL_COMPLEXITY_COMPLEXITY_MODEL_H_
