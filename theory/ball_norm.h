// SPDX-License-Identifier: Apache-2.0
//
// The two norms that give W(r, d) its meaning. In either, a function h of d inputs has the norm that its derivatives of
// order 0 to r have together:
//
//     kSum:  sum over |k|_1 <= r of sup |D^k h|,        kMax:  max over |k|_1 <= r of sup |D^k h|.
//
// The first is that of Galanti and Wolf. The second is the one that most of the literature means: "every derivative up
// to order r is at most 1", for r = 1 "bounded by 1 and Lipschitz in each variable". There are C(d + r, r) derivatives,
// so that
//
//     ball of radius 1 / C(d + r, r) in the max norm  inside  unit ball in the sum norm  inside  that in the max norm.
//
// In many dimensions the difference is all that matters: at r = 1 a bump of height 1/n in the max norm may be 1/n wide
// along every axis, so that there are about n^d of them at accuracy 1/n; in the sum norm its slopes share the 1.

#ifndef HYPERWIDTH_THEORY_BALL_NORM_H_
#define HYPERWIDTH_THEORY_BALL_NORM_H_

#include <algorithm>
#include <string>

namespace hyperwidth {

enum class BallNorm { kSum, kMax };

// What two parts of a norm are together.
template <class Number>
Number Joined(BallNorm norm, const Number& a, const Number& b) {
  return norm == BallNorm::kSum ? Number(a + b) : std::max(a, b);
}

// "sum" or "max".
inline std::string NameOf(BallNorm norm) { return norm == BallNorm::kSum ? "sum" : "max"; }

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_BALL_NORM_H_
