// SPDX-License-Identifier: Apache-2.0
//
// The numbers that bounded_weights.h is made of, for its tests and for whoever follows the proof.

#ifndef HYPERWIDTH_THEORY_BOUNDED_WEIGHTS_PARTS_H_
#define HYPERWIDTH_THEORY_BOUNDED_WEIGHTS_PARTS_H_

#include "boost/multiprecision/cpp_bin_float.hpp"
#include "theory/problem.h"

namespace hyperwidth {

// Numbers of 50 digits: the Lipschitz constants of deep networks are beyond what a double holds.
using BoundedWeightsReal = boost::multiprecision::cpp_bin_float_50;

// Lambda: if each weight and bias of a network with `depth` weight layers changes by at most t, its values change by at
// most t Lambda. Before and after, all of them are in [-B, B], B = weight_bound; a unit has at most h = `inputs`
// inputs, all in [-1, 1]; the activation is as above. A unit's sum changes by (h + 1) t for its own weights and bias
// and by B h times what its inputs change by, hence
//
//     Lambda <= (h + 1) sum over j < depth of (B h)^j.
//
// Domain: 1 <= depth <= kMaxDepth, inputs >= 0, weight_bound >= 0. Throws: std::domain_error for another depth.
BoundedWeightsReal LipschitzConstant(int depth, double inputs, double weight_bound);

// log2(1 + B Lambda / excess) for the networks of BoundedWeightsBound: the bits that tell a weight closely enough for
// the network to change by less than `excess` > 0. Raised by one part in 10^30, far more than rounding.
BoundedWeightsReal BitsOfOneWeight(const Problem& problem, const BoundedWeightsReal& excess);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_BOUNDED_WEIGHTS_PARTS_H_
