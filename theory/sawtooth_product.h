// SPDX-License-Identifier: Apache-2.0
//
// Multiplication by ReLU units. A saw-tooth composed with itself doubles its teeth; with t_j the j-fold composition of
// t(z) = 2z - 4 relu(z - 1/2) on [0,1],
//
//     f_s(z) = z - sum over j <= s of t_j(z) / 4^j
//
// interpolates z^2 at 2^s + 1 equispaced points: 0 <= f_s(z) - z^2 <= 4^(-s-1) [Yarotsky 2017, Proposition 2]. Products
// are differences of two squares, for |x|, |y| <= 1:
//
//     P_s(x, y) = f_s(|x + y| / 2) - f_s(|x - y| / 2),      |P_s(x, y) - x y| <= 4^(-s-1),
//
// since both errors have the same sign. f_s is convex and z - f_s(z) symmetric about 1/2, so P_s is monotone in x and
// P_s(1, y) = y, P_s(0, y) = 0: hence |P_s(x, y)| <= min(|x|, |y|), and no product ever leaves [-1,1].

#ifndef HYPERWIDTH_THEORY_SAWTOOTH_PRODUCT_H_
#define HYPERWIDTH_THEORY_SAWTOOTH_PRODUCT_H_

#include <vector>

#include "theory/relu_network.h"

namespace hyperwidth {

// An affine function of the units of a network's last layer.
using AffineValue = ReluNetwork::Unit;

// The sum of scale * value over the terms. Has a bias if it is not zero.
struct ScaledValue {
  double scale;
  AffineValue value;
};
AffineValue AffineSum(const std::vector<ScaledValue>& terms, double constant = 0);

// The unit with this index, minus `offset`.
AffineValue UnitValue(int unit, double offset = 0);

struct Factors {
  AffineValue x;
  AffineValue y;
};

// Appends 1 + teeth layers and returns the values P_s(x, y), s = teeth >= 1, of five units and a bias each: 15 teeth +
// 5 parameters for one product, and in the first layer twice those of x and y together. `carried` are indices of
// nonnegative units of the last layer that are passed on, one parameter a layer; they are updated.
std::vector<AffineValue> AppendProducts(const std::vector<Factors>& factors,
                                        int teeth,
                                        const std::vector<int*>& carried,
                                        ReluNetwork& network);

// The same for one square: f_s(|x|), |x| <= 1, of three units.
AffineValue AppendSquare(const AffineValue& x, int teeth, const std::vector<int*>& carried, ReluNetwork& network);

// Adds units that pass on those of the layer before, and updates the indices.
void AppendCarried(const std::vector<int*>& carried, ReluNetwork::Layer& layer);

// Products of the same kind in a network: together they contribute exp(log_scale) 4^(-s-1) to its error, and `cost`
// parameters for each of the s teeth.
struct ProductGroup {
  double log_scale = 0;
  double cost = 1;
};

// Teeth for each group, at least 1, whose errors add up to at most exp(log_budget): shares proportional to the costs,
// which minimise the parameters but for rounding (and are not worth refining for cheap groups), then as few as suffice.
std::vector<int> ChooseTeeth(const std::vector<ProductGroup>& groups, double log_budget);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_SAWTOOTH_PRODUCT_H_
