// SPDX-License-Identifier: Apache-2.0

#include "theory/checker/rank_check.h"

#include <ostream>
#include <regex>
#include <stdexcept>

#include "theory/checker/failure.h"

namespace hyperwidth::checker {
namespace {

constexpr int kMostDoublings = 60;
constexpr std::uint64_t kLargestPrime = std::uint64_t{1} << 33;  // so that trial division takes no time

void RequirePrime(std::uint64_t number, std::uint64_t remainder) {
  bool is_prime = number >= 2 && number % 4 == remainder;
  for (std::uint64_t divisor = 2; is_prime && divisor * divisor <= number; ++divisor) {
    is_prime = number % divisor != 0;
  }
  if (!is_prime) {
    throw Failure{std::to_string(number) + " is no prime that leaves " + std::to_string(remainder) +
                  " when divided by 4"};
  }
}

}  // namespace

Integer HadamardOrderOf(const std::string& recipe) {
  static const std::regex form(R"(2\^(\d{1,2})(?:( \* 2)? \* \((\d{1,10}) \+ 1\))?)");
  std::smatch parts;
  if (!std::regex_match(recipe, parts, form) || std::stoi(parts[1]) > kMostDoublings) {
    throw std::runtime_error("Hadamard matrix: found '" + recipe +
                             "', accepted: 2^D, 2^D * (P + 1) or 2^D * 2 * (P + 1) with D at most " +
                             std::to_string(kMostDoublings));
  }
  Integer order = Integer(1) << std::stoi(parts[1]);
  if (!parts[3].matched) return order;
  const std::uint64_t prime = std::stoull(parts[3]);
  if (prime > kLargestPrime) {
    throw std::runtime_error("Hadamard matrix: found the prime " + parts[3].str() + ", accepted: at most 2^33");
  }
  const bool is_second = parts[2].matched;
  RequirePrime(prime, is_second ? 1 : 3);
  return order * (is_second ? 2 : 1) * Integer(prime + 1);
}

void CheckRank(const CertificateText& certificate,
               const Integer& points_of_x,
               const Integer& condition,
               const Fraction& squared_height,
               std::ostream& report) {
  const std::string& layout = certificate.Text("layout");
  const Integer x = points_of_x * certificate.Outputs();
  if (layout != "nodes" && layout != "cells") throw Failure{"the points are no product of those of x and of I"};
  if (certificate.WholeNumber("left-hand side") != x * condition) {
    throw Failure{"the left-hand side is not the number of points"};
  }
  const std::string& matrix = certificate.Text("Hadamard matrix");
  const std::string of_condition = " points of I", of_x = " points of x";
  const bool is_of_condition = matrix.ends_with(of_condition);
  if (!is_of_condition && !matrix.ends_with(of_x)) {
    throw std::runtime_error("Hadamard matrix: found '" + matrix + "', accepted: .. points of x, or of I");
  }
  const Integer order = HadamardOrderOf(matrix.substr(0, matrix.size() - of_x.size()));
  const Integer rows = certificate.WholeNumber("rows");
  if (order > (is_of_condition ? condition : x)) throw Failure{"the Hadamard matrix is larger than the grid"};
  if (rows > order || rows > (is_of_condition ? x : condition)) throw Failure{"there are not as many rows"};
  const Integer insufficient = certificate.WholeNumber("insufficient");
  // Squared errors of (rows - p) order rho^2 at least, of at most rows order epsilon^2.
  if (!(Fraction(rows - insufficient) > Fraction(rows) * squared_height)) {
    throw Failure{"a matrix of that rank may come within epsilon"};
  }
  report << "rank: " << rows << " singular values are equal, and " << insufficient << " functions leave "
         << rows - insufficient << "\n";
}

}  // namespace hyperwidth::checker
