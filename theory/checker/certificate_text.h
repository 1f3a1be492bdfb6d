// SPDX-License-Identifier: Apache-2.0
//
// Reading certificates: lines of "name: value", with numbers read exactly.

#ifndef HYPERWIDTH_THEORY_CHECKER_CERTIFICATE_TEXT_H_
#define HYPERWIDTH_THEORY_CHECKER_CERTIFICATE_TEXT_H_

#include <map>
#include <string>
#include <vector>

#include "boost/multiprecision/cpp_int.hpp"

namespace hyperwidth::checker {

using Integer = boost::multiprecision::cpp_int;
using Fraction = boost::multiprecision::cpp_rational;

// Limits beyond which a file is not taken for a certificate, so that a changed digit cannot keep the checker busy.
inline constexpr int kMaxAxes = 20000;
inline constexpr int kMaxDepth = 1000000;
inline constexpr int kMaxDigits = 4100;        // of a whole number
inline constexpr int kMaxDecimalDigits = 400;  // of another one, without its exponent

// "layers: 1 units N points all condition yes degrees from 2 times 1 (hidden layers)"
struct LayerLine {
  int layers = 0;
  bool hidden = false;  // units: N, else one for each output
  std::string points;
  bool sees_condition = false;
  int first_degree = 0;
  int degree_factor = 0;
  Integer outputs = 1;  // units of a layer that is not hidden

  bool operator==(const LayerLine&) const = default;
};

// All functions throw std::runtime_error, with what was found and what is accepted, for text that cannot be read.
class CertificateText {
 public:
  explicit CertificateText(const std::string& text);

  // The value of the line `name`, which must exist.
  const std::string& Text(const std::string& name) const;
  Integer WholeNumber(const std::string& name) const;
  int SmallNumber(const std::string& name, int low, int high) const;
  Fraction Decimal(const std::string& name) const;

  // Of the ball of targets, above 0. Certificates without this line are about the unit ball.
  Fraction Radius() const;
  std::string RadiusInWords() const;  // as it is written

  // Whether the derivatives of a target are each at most the radius; else they add up to that. Certificates without a
  // line "norm" are about the sum.
  bool TakesMaximum() const;

  // Whether errors are root mean squares over the cube; else largest ones, as in certificates without a line "error".
  bool IsMeanSquare() const;

  // K, at least 1: how many coordinates a target has. Certificates without this line are about one.
  Integer Outputs() const;

  // epsilon / radius: that of the unit ball, whose functions are those of the certificate's divided by the radius.
  Fraction UnitEpsilon() const;

  // The cells of every axis, from "2 of 332, 1 of 333".
  std::vector<Integer> Axes(const std::string& name) const;

  const std::vector<LayerLine>& layers() const { return layers_; }

 private:
  std::map<std::string, std::string> values_;
  std::vector<LayerLine> layers_;
};

// "12.5" or "1e-12", exactly. `name` is for the message.
Fraction ParseDecimal(const std::string& name, const std::string& text);

}  // namespace hyperwidth::checker

#endif  // HYPERWIDTH_THEORY_CHECKER_CERTIFICATE_TEXT_H_
