// SPDX-License-Identifier: Apache-2.0

#ifndef HYPERWIDTH_THEORY_CHECKER_BUMP_CHECK_H_
#define HYPERWIDTH_THEORY_CHECKER_BUMP_CHECK_H_

#include <string>
#include <vector>

namespace hyperwidth::checker {

// Upper bounds of sup |bump^(j)|, j = 0..smoothness, for "perfect-spline" or "cosine-power" of the given order, by
// dense sampling and a bound of what lies between two samples. At most a millionth above for splines up to order 31 and
// for cosine powers up to 5; 5 parts in a million for the eighth, then more. Throws: std::runtime_error for another
// bump, or if the order is below the smoothness, so that the bump is not smooth enough.
std::vector<long double> SupNorms(const std::string& family, int order, int smoothness);

// A lower bound of the mean of the squares of a perfect spline over [-1, 1], by its lowest values over short steps: it
// rises up to 0 and falls from there. Below the mean by less than three parts in ten thousand. Domain: 1 <= order <=
// 64. Throws: std::runtime_error outside.
long double SplineMeanSquareBelow(int order);

}  // namespace hyperwidth::checker

#endif  // HYPERWIDTH_THEORY_CHECKER_BUMP_CHECK_H_
