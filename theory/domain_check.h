// SPDX-License-Identifier: Apache-2.0
//
// Refusing arguments in the same words everywhere: name = value, and what would be accepted.

#ifndef HYPERWIDTH_THEORY_DOMAIN_CHECK_H_
#define HYPERWIDTH_THEORY_DOMAIN_CHECK_H_

#include <cstdint>
#include <string>

namespace hyperwidth {

// Throws std::domain_error unless low <= value <= high.
void RequireInteger(const std::string& name, std::int64_t value, std::int64_t low, std::int64_t high);

// Throws std::domain_error unless low < value < high; NaN is refused.
void RequireStrictlyBetween(const std::string& name, double value, double low, double high);

// Throws std::domain_error unless low <= value <= high; NaN is refused.
void RequireBetween(const std::string& name, double value, double low, double high);

// Throws std::domain_error unless low <= value < high; NaN is refused.
void RequireFrom(const std::string& name, double value, double low, double high);

// Throws std::domain_error unless 0 < value <= high; NaN is refused.
void RequirePositive(const std::string& name, double value, double high);

// The shortest decimal that reads back as `value`: "0.001", "1e-12".
std::string ShortestDecimal(double value);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_DOMAIN_CHECK_H_
