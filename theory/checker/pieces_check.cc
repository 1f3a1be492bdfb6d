// SPDX-License-Identifier: Apache-2.0

#include "theory/checker/pieces_check.h"

#include <algorithm>
#include <cstddef>

#include "theory/checker/failure.h"

namespace hyperwidth::checker {

Integer LeastPieces(const std::string& target,
                    const std::vector<Integer>& cells,
                    const Integer& points,
                    int smoothness,
                    const Fraction& epsilon,
                    bool takes_maximum,
                    const Integer& stated) {
  if (target == "alternating bumps") {
    if (std::count_if(cells.begin(), cells.end(), [](const Integer& n) { return n > 0; }) > 1) {
      throw Failure{"bumps that alternate must be along a single axis"};
    }
    return points > 1 ? Integer(points - 1) : Integer(1);
  }
  if (target != "parabola") throw Failure{"the target is neither alternating bumps nor a parabola"};
  if (points > 1) throw Failure{"a parabola is not made of bumps"};
  if (smoothness < 2) throw Failure{"a parabola needs two derivatives"};
  const int factor = takes_maximum ? 4 : 9;
  const auto is_missed = [&](const Integer& pieces) { return factor * pieces * pieces * epsilon < 1; };
  const bool is_least = stated >= 1 && !is_missed(stated) && (stated == 1 || is_missed(stated - 1));
  if (!is_least) throw Failure{"the left-hand side is not the least number of pieces"};
  return stated;
}

bool AreTooFewForPieces(const Integer& parameters, const Integer& pieces, int depth, const Integer& outputs) {
  if (parameters < outputs) return true;  // some output is 0
  const Integer of_one = parameters - outputs + 1;
  if (pieces <= 1) return false;
  if (msb(pieces) > 1330) throw Failure{"more than 10^400 pieces"};
  const int logarithm = static_cast<int>(msb(pieces));
  const int most = std::min(depth - 1, logarithm);
  if (depth - 1 > logarithm && of_one >= 2 * (logarithm + 1)) return false;
  for (int q = 1; q <= most; ++q) {
    const auto reaches = [&](const Integer& sum, const Integer& factor) {
      const Integer right = (pow(Integer(q), static_cast<unsigned>(q)) * factor * pieces) << (q - 1);
      if (static_cast<std::size_t>(msb(sum)) * static_cast<std::size_t>(q) > msb(right)) return true;
      return pow(sum, static_cast<unsigned>(q)) >= right;
    };
    if (!reaches(of_one + 2 * q + 2, 3)) continue;
    if (q < depth - 1 || reaches(parameters + 2 * q + outputs + 1, outputs + 2)) return false;
  }
  return true;
}

}  // namespace hyperwidth::checker
