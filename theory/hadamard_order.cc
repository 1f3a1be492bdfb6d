// SPDX-License-Identifier: Apache-2.0
#include "theory/hadamard_order.h"

#include <algorithm>
#include <optional>

#include "theory/count.h"
#include "theory/domain_check.h"

namespace hyperwidth {
namespace {

// Of an odd number above 1, by trial division: at most 2^15 of them below 2^32.
bool IsPrime(std::int64_t number) {
  for (std::int64_t divisor = 3; divisor * divisor <= number; divisor += 2) {
    if (number % divisor == 0) return false;
  }
  return true;
}

std::optional<HadamardOrder> RecipeFor(std::int64_t order) {
  int doublings = 0;
  for (std::int64_t rest = order;; rest /= 2, ++doublings) {
    if (rest == 1) return HadamardOrder{.doublings = doublings};
    if (rest % 4 == 0 && IsPrime(rest - 1)) {
      return HadamardOrder{.start = HadamardOrder::Start::kPaleyOne, .prime = rest - 1, .doublings = doublings};
    }
    if (rest % 8 == 4 && IsPrime(rest / 2 - 1)) {
      return HadamardOrder{.start = HadamardOrder::Start::kPaleyTwo, .prime = rest / 2 - 1, .doublings = doublings};
    }
    if (rest % 2 != 0) return {};
  }
}

}  // namespace

std::int64_t HadamardOrder::order() const {
  const std::int64_t first = start == Start::kOne ? 1 : start == Start::kPaleyOne ? prime + 1 : 2 * (prime + 1);
  return first << doublings;
}

std::string HadamardOrder::Recipe() const {
  std::string recipe = "2^" + std::to_string(doublings);
  if (start == Start::kPaleyTwo) recipe += " * 2";
  if (start != Start::kOne) recipe += " * (" + std::to_string(prime) + " + 1)";
  return recipe;
}

HadamardOrder LargestHadamardOrder(std::int64_t at_most) {
  RequireInteger("at_most", at_most, 1, kMaxExactCount);
  int shift = 0;
  while (at_most >> shift >= std::int64_t{1} << 32) ++shift;
  for (std::int64_t order = at_most >> shift;; --order) {
    if (order > 2 && order % 4 != 0) continue;
    if (std::optional<HadamardOrder> found = RecipeFor(order)) {
      found->doublings += shift;
      return *found;
    }
  }
}

HadamardRows MostHadamardRows(std::int64_t x, std::int64_t condition) {
  const HadamardOrder of_x = LargestHadamardOrder(x), of_condition = LargestHadamardOrder(condition);
  const std::int64_t rows_of_x = std::min(x, of_condition.order()),
                     rows_of_condition = std::min(condition, of_x.order());
  const bool uses_condition = rows_of_x >= rows_of_condition;
  return {.rows = std::max(rows_of_x, rows_of_condition),
          .order = uses_condition ? of_condition : of_x,
          .order_is_of_condition = uses_condition};
}

}  // namespace hyperwidth
