// SPDX-License-Identifier: Apache-2.0
//
// How large the derivatives of a function must be, from samples of it.

#ifndef HYPERWIDTH_THEORY_SAMPLED_DIVIDED_DIFFERENCES_H_
#define HYPERWIDTH_THEORY_SAMPLED_DIVIDED_DIFFERENCES_H_

#include <span>
#include <vector>

namespace hyperwidth {

// Lower bounds of sup |y^(k)|, k = 0 .. orders, over all functions through the samples (x_i, y_i) with an absolutely
// continuous derivative of order k - 1: a divided difference of order k is y^(k) / k! somewhere between its points, so
//
//   sup |y^(k)| >= k! |[x_i, .., x_(i+k)] y|    for k + 1 neighbours, and the largest of these is returned.
//
// So a target with these samples along a line parallel to an axis lies in no ball of a smaller radius: in the max norm
// not below the largest entry, in the sum norm not below their sum. (Along another line the derivative is a sum of
// partial ones.) Samples that may be off by `noise` bound what a function near them has: sum |1 / w_j| k! noise is
// taken off, w_j the product of the distances, and so is what rounding may have added; entries below 0 become 0, as do
// those of orders for which there are too few samples.
//
// Domain: x increasing, all finite, x and y of one length, orders >= 0, noise >= 0. Throws: std::domain_error outside.
// Cost: O(samples * orders^2). Source: the mean value theorem of divided differences, such as in de Boor, A Practical
// Guide to Splines, chapter I.
std::vector<double> LeastDerivatives(std::span<const double> x,
                                     std::span<const double> y,
                                     int orders,
                                     double noise = 0);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_SAMPLED_DIVIDED_DIFFERENCES_H_
