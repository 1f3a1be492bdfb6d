// SPDX-License-Identifier: Apache-2.0
//
// Orders at which a Hadamard matrix can be constructed: entries +-1, rows orthogonal to one another.

#ifndef HYPERWIDTH_THEORY_HADAMARD_ORDER_H_
#define HYPERWIDTH_THEORY_HADAMARD_ORDER_H_

#include <cstdint>
#include <string>

namespace hyperwidth {

// How a Hadamard matrix is made: `doublings` times Sylvester's [[H, H], [H, -H]], starting from a matrix of Paley's, or
// from [1].
struct HadamardOrder {
  enum class Start {
    kOne,       // [1]
    kPaleyOne,  // prime + 1, for a prime that leaves 3 when divided by 4
    kPaleyTwo,  // 2 (prime + 1), for a prime that leaves 1
  };
  Start start = Start::kOne;
  std::int64_t prime = 0;
  int doublings = 0;

  std::int64_t order() const;
  // "2^2 * (131 + 1)", "2^0 * 2 * (13 + 1)", "2^4".
  std::string Recipe() const;
};

// The largest order that is at most `at_most` and made as above; from 2^32 on, of those that are a multiple of a high
// power of two, a loss of less than one part in 10^9. Domain: 1 <= at_most <= 2^53. Throws: std::domain_error.
HadamardOrder LargestHadamardOrder(std::int64_t at_most);

// Orthogonal rows of +-1 for a matrix of x by `condition` points: as many points of one as there are of the other, or
// the other way round, whichever order is nearer.
struct HadamardRows {
  std::int64_t rows = 1;     // at most the order, and the points of the one that does not give it
  HadamardOrder order = {};  // at most the points of I, or else of x
  bool order_is_of_condition = true;
};
HadamardRows MostHadamardRows(std::int64_t x, std::int64_t condition);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_HADAMARD_ORDER_H_
