// SPDX-License-Identifier: Apache-2.0
//
// How many sign patterns can piecewise-linear networks produce? The counting behind every lower bound that makes no
// assumption on how the weights are chosen.
//
// Warren's lemma, in the form of [AB99, Theorem 8.3]: p polynomials of degree at most D in V <= p real variables take
// at most 2 (2 e p D / V)^V sign patterns. For a ReLU network (or any activation with one kink, linear on both sides)
// apply it layer by layer, as [BHLM19] do: fix the signs of all units of the layers before, at all points; on each
// region of the weights where they are constant, the next layer's inputs are polynomials in the weights. Its units'
// signs split the region further, and the numbers multiply. If a network class comes closer than rho to every sum of
// bumps of a grid (grid.h), its outputs have all 2^M sign patterns at the M centres, so
//
//     M <= sum over layers i of [ 1 + V_i log2(2 e k_i P_i D_i / V_i) ]                                          (*)
//
// where layer i has k_i units, seen at P_i points, and V_i variables occur in its inputs, with degree D_i.
//
// Here the architecture is left open and only the number N of parameters and the depth are fixed: k_i = N for hidden
// layers (a unit has at least one weight or bias of its own), 1 for the scalar output, and all N parameters count as
// variables of every layer. Both only raise the right-hand side, which increases in V_i while V_i < 2 p_i D_i
// (p_i = k_i P_i) and in p_i. If I enters through kappa scalars for each of J conditions, they are variables too:
// V_i = N + kappa J for the layers that see them.
//
// K outputs. A target whose K coordinates are sums of bumps with signs of their own has K M signs, and the outputs of a
// network are K polynomials at each point. The hidden layers are there once for all of them:
//
//     K M <= sum over hidden layers i of [ 1 + V_i log2(2 e k_i P_i D_i / V_i) ] + 1 + V log2(2 e K M D / V)
//
// with at most K M variables. A hidden layer of fewer than V_i polynomials is counted as if it had V_i = k_i P_i of
// them, which is still more than the 2^(k_i P_i) patterns that there are.
//
// Open does not mean chosen after the target: the patterns counted are those of one architecture, any, with its zero
// weights. For the union of A architectures log2 A joins the right-hand side. Dense networks of one hidden layer need
// none of it, the widest contains the others.

#ifndef HYPERWIDTH_THEORY_SIGN_PATTERNS_H_
#define HYPERWIDTH_THEORY_SIGN_PATTERNS_H_

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace hyperwidth {

// log2 of Warren's bound, or of the trivial one (2^polynomials patterns) where that is smaller or V exceeds p.
// Increasing in all arguments. Domain: polynomials > 0, variables >= 0, degree >= 1.
double Log2SignPatterns(double polynomials, double variables, double degree);

// Layers of the same kind in (*).
struct LayerGroup {
  enum class Points { kAll, kConditions, kPrimary };  // M, J, or X: all points, values of I, values of x

  std::string meaning;           // "hidden layers of the primary network"
  int layers = 1;                // may be 0
  bool hidden = true;            // N units a layer, else one for each output
  Points points = Points::kAll;  // where the units are evaluated
  bool sees_condition = false;   // whether the kappa J condition scalars occur in the inputs
  int first_degree = 1;          // the layers' degrees are degree_factor * first_degree, degree_factor *
  int degree_factor = 1;         // (first_degree + 1), ...

  double Log2Degrees() const;  // sum of log2 D_i over the layers
};

// The number kappa of scalars through which one I acts on the primary network: 2^log2_fixed, plus sqrt(N) if `root`.
// The logarithm alone can exceed what a double holds; `fixed` is then infinite.
struct ConditionScalars {
  double fixed = 0;
  double log2_fixed = -std::numeric_limits<double>::infinity();
  bool root = false;

  static ConditionScalars Fixed(double kappa);
  static ConditionScalars Log2Fixed(double log2_kappa);
};

// A class of networks with N parameters and fixed depths, as (*) sees it.
struct NetworkClass {
  std::vector<LayerGroup> groups;
  ConditionScalars scalars = {};
  double outputs = 1;  // K, a whole number
};

// The same class with so many outputs.
NetworkClass WithOutputs(NetworkClass network_class, std::int64_t outputs);

// The main cases; the other ways to condition a network are in schemes.h. Depths are numbers of weight layers.
NetworkClass StandardClass(int depth);
NetworkClass EmbeddingClass(int depth, double embedding_dim);
// An embedding of any dimension whose first layer is dense: with k inputs for I and k_1 units it has k k_1 <= N
// weights, and acts through min(k, k_1) <= sqrt(N) scalars: the embedding itself, or the first-layer biases it makes.
NetworkClass DenseEmbeddingClass(int depth);
// All trainable parameters of a hypernetwork whose N_f parameters generate all weights of the primary network.
NetworkClass HypernetworkTotalClass(int depth, int generator_depth);

// log2 of the numbers of points of a grid.
struct PointCounts {
  double log2_all = 0;         // M
  double log2_conditions = 0;  // J
  double log2_primary = 0;     // X
};

// log2 of the right-hand side of (*) divided by K M, for N = 2^log2_parameters. Below 0, no network of the class with
// that many parameters or fewer realises all patterns. Infinite where Warren's lemma says nothing (more variables than
// points times outputs). Increasing in log2_parameters.
double Log2PatternsPerPoint(const NetworkClass& network_class, const PointCounts& points, double log2_parameters);

// log2 of the smallest real N >= 1 at which Log2PatternsPerPoint reaches log2_needed <= 0; 0 if that is so at N = 1.
double Log2SmallestSufficient(const NetworkClass& network_class, const PointCounts& points, double log2_needed = 0);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_SIGN_PATTERNS_H_
