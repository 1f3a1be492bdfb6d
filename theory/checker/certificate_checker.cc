// SPDX-License-Identifier: Apache-2.0

#include "theory/checker/certificate_checker.h"

#include <map>
#include <sstream>
#include <stdexcept>
#include <vector>

#include "boost/multiprecision/cpp_int.hpp"
#include "theory/checker/bump_check.h"

namespace hyperwidth {
namespace {

using Integer = boost::multiprecision::cpp_int;
using Fraction = boost::multiprecision::cpp_rational;

struct Axes {
  Integer count, cells, finer_count, finer_cells;
};

struct LayerLine {
  int layers = 0;
  bool hidden = false;
  std::string points;
  bool sees_condition = false;
  int first_degree = 0;
  int degree_factor = 0;
};

class Certificate {
 public:
  explicit Certificate(const std::string& text) {
    std::istringstream lines(text);
    int number = 0;
    for (std::string line; std::getline(lines, line);) {
      ++number;
      const auto colon = line.find(": ");
      if (colon == std::string::npos) Refuse(number, line, "name: value");
      if (line.substr(0, colon) == "layers") {
        layers_.push_back(ParseLayers(number, line.substr(colon + 2)));
      } else if (!values_.emplace(line.substr(0, colon), line.substr(colon + 2)).second) {
        Refuse(number, line, "every name once");
      }
    }
    if (Text("certificate") != "1") throw std::runtime_error("certificate: version 1 is accepted");
  }

  const std::string& Text(const std::string& name) const {
    const auto found = values_.find(name);
    if (found == values_.end()) throw std::runtime_error("not a certificate: there is no line '" + name + ": ..'");
    return found->second;
  }

  const std::vector<LayerLine>& layers() const { return layers_; }

 private:
  [[noreturn]] static void Refuse(int number, const std::string& line, const std::string& accepted) {
    throw std::runtime_error("line " + std::to_string(number) + " of the certificate: found '" + line +
                             "', accepted: " + accepted);
  }

  static LayerLine ParseLayers(int number, const std::string& text) {
    std::istringstream in(text);
    LayerLine line;
    std::string units, units_value, points, condition, condition_value, degrees, from, times;
    in >> line.layers >> units >> units_value >> points >> line.points >> condition >> condition_value >> degrees >>
        from >> line.first_degree >> times >> line.degree_factor;
    if (!in || units != "units" || points != "points" || condition != "condition" || degrees != "degrees" ||
        line.layers < 1 || line.first_degree < 1 || line.degree_factor < 1) {
      Refuse(number, text, "<n> units N|1 points all|conditions|primary condition yes|no degrees from <d> times <f>");
    }
    line.hidden = units_value == "N";
    line.sees_condition = condition_value == "yes";
    return line;
  }

  std::map<std::string, std::string> values_;
  std::vector<LayerLine> layers_;
};

Integer ParseInteger(const std::string& text) {
  if (text.empty() || text.find_first_not_of("0123456789") != std::string::npos) {
    throw std::runtime_error("found '" + text + "', accepted: a whole number");
  }
  return Integer(text);
}

// "12.5" or "1e-12", exactly.
Fraction ParseDecimal(const std::string& text) {
  const auto exponent_at = text.find('e');
  const std::string mantissa = text.substr(0, exponent_at);
  long exponent = exponent_at == std::string::npos ? 0 : std::stol(text.substr(exponent_at + 1));
  std::string digits;
  for (std::size_t i = 0; i < mantissa.size(); ++i) {
    if (mantissa[i] == '.') {
      exponent -= static_cast<long>(mantissa.size() - i - 1);
    } else {
      digits += mantissa[i];
    }
  }
  const std::string significant = digits.substr(std::min(digits.find_first_not_of('0'), digits.size() - 1));
  Fraction value = ParseInteger(significant);
  for (; exponent > 0; --exponent) value *= 10;
  for (; exponent < 0; ++exponent) value /= 10;
  return value;
}

// "2 of 332, 1 of 333"
Axes ParseAxes(const std::string& text) {
  std::istringstream in(text);
  std::string count, of, cells, finer_count, finer_of, finer_cells;
  in >> count >> of >> cells >> finer_count >> finer_of >> finer_cells;
  if (!in || of != "of" || finer_of != "of" || cells.back() != ',') {
    throw std::runtime_error("found axes '" + text + "', accepted: <n> of <cells>, <n> of <cells>");
  }
  cells.pop_back();
  return {ParseInteger(count), ParseInteger(cells), ParseInteger(finer_count), ParseInteger(finer_cells)};
}

std::vector<Integer> CellsOfAxes(const Axes& axes) {
  std::vector<Integer> cells;
  for (Integer i = 0; i < axes.count; ++i) cells.push_back(axes.cells);
  for (Integer i = 0; i < axes.finer_count; ++i) cells.push_back(axes.finer_cells);
  return cells;
}

// Sum of the coefficients of degree at most r of the product over the axes of sum_j s_j (n t)^j.
Fraction Norm(const std::vector<Fraction>& seminorms, const std::vector<Integer>& cells) {
  std::vector<Fraction> product(seminorms.size(), Fraction(0));
  product[0] = 1;
  for (const Integer& n : cells) {
    std::vector<Fraction> next(seminorms.size(), Fraction(0));
    Fraction power = 1;
    for (std::size_t j = 0; j < seminorms.size(); ++j) {
      for (std::size_t i = 0; i + j < seminorms.size(); ++i) next[i + j] += product[i] * seminorms[j] * power;
      power *= n;
    }
    product = next;
  }
  Fraction sum = 0;
  for (const Fraction& coefficient : product) sum += coefficient;
  return sum;
}

Integer PointsOfGroup(const std::string& layout, const std::vector<Integer>& cells) {
  Integer points = 1;
  for (const Integer& n : cells) {
    if (layout == "nodes") points *= n + 1;
    if (layout == "checkerboard") points *= 2 * n + 1;
    if (layout == "cells") points *= n > 0 ? n : Integer(1);
  }
  return points;
}

// 2^64 log2(value), rounded up, for value >= 1: the integer part from the length, 64 binary digits by squaring a number
// in [1,2) that is held with 128 digits and rounded up.
Integer ScaledLog2Above(const Fraction& value) {
  const Integer quotient = numerator(value) / denominator(value);
  const auto integer_part = static_cast<int>(msb(quotient));
  Integer x = ((numerator(value) << 128) / (denominator(value) << integer_part)) + 1;
  Integer result = Integer(integer_part) << 64;
  for (int digit = 63; digit >= 0; --digit) {
    x = ((x * x) >> 128) + 1;
    if (msb(x) >= 129) {
      result += Integer(1) << digit;
      x = (x >> 1) + 1;
    }
  }
  return result + 1;
}

struct Counts {
  Integer all, conditions, primary;
};

// 2^64 times the right-hand side of the inequality, rounded up; -1 if Warren's lemma does not apply.
Integer ScaledPatterns(const Certificate& certificate, const Counts& counts, const Integer& parameters) {
  const Fraction two_e = 2 * Fraction(Integer("2718281828459045236"), Integer("1000000000000000000"));  // rounded up
  const std::string& scalars = certificate.Text("scalars per condition");
  // A whole number of scalars that is at most the square root of N.
  const Integer kappa = scalars == "sqrt(N)" ? Integer(sqrt(parameters)) : ParseInteger(scalars);
  Integer sum = 0;
  for (const LayerLine& line : certificate.layers()) {
    Integer polynomials = line.points == "all"          ? counts.all
                          : line.points == "conditions" ? counts.conditions
                                                        : counts.primary;
    if (line.hidden) polynomials *= parameters;
    const Integer variables = line.sees_condition ? Integer(parameters + kappa * counts.conditions) : parameters;
    if (variables < 1 || variables > polynomials) return -1;
    for (int layer = 0; layer < line.layers; ++layer) {
      const Integer degree = Integer(line.degree_factor) * (line.first_degree + layer);
      sum += (Integer(1) << 64) + variables * ScaledLog2Above(two_e * Fraction(polynomials * degree, variables));
    }
  }
  return sum;
}

}  // namespace

CheckResult CheckCertificate(const std::string& text) {
  const Certificate certificate(text);
  CheckResult result{.holds = false, .statement = certificate.Text("statement"), .report = ""};
  std::ostringstream report;
  const auto fail = [&](const std::string& why) {
    result.report = report.str() + "FAILS: " + why + "\n";
    return result;
  };

  const int smoothness = static_cast<int>(ParseInteger(certificate.Text("smoothness")));
  std::istringstream bump(certificate.Text("bump"));
  std::string family;
  int order = 0;
  bump >> family >> order;
  std::istringstream seminorm_text(certificate.Text("seminorms"));
  std::vector<Fraction> seminorms;
  for (std::string word; seminorm_text >> word;) seminorms.push_back(ParseDecimal(word));
  if (static_cast<int>(seminorms.size()) != smoothness + 1) return fail("there must be smoothness + 1 seminorms");
  const std::vector<long double> sup = checker::SupNorms(family, order, smoothness);
  // The hat and the quadratic spline have the exact seminorms 1, 1 and 1, 2, 4, which sampling can only come close to.
  const bool exact = family == "perfect-spline" && order == smoothness && smoothness <= 2;
  for (int j = 0; j <= smoothness; ++j) {
    const auto stated = static_cast<long double>(seminorms[j]);
    if (stated < sup[j] * (exact || j == 0 ? 1 - 1e-7L : 1))
      return fail("seminorm " + std::to_string(j) + " is stated too small");
  }
  report << "bump: seminorms confirmed\n";

  const std::string& layout = certificate.Text("layout");
  if (layout != "nodes" && layout != "cells" && (layout != "checkerboard" || smoothness != 1)) {
    return fail("layout " + layout + " is not valid at smoothness " + std::to_string(smoothness));
  }
  const std::vector<Integer> x = CellsOfAxes(ParseAxes(certificate.Text("axes of x")));
  const std::vector<Integer> condition = CellsOfAxes(ParseAxes(certificate.Text("axes of I")));
  std::istringstream dimensions(certificate.Text("dimensions"));
  std::size_t primary_dim = 0;
  std::size_t condition_dim = 0;
  dimensions >> primary_dim >> condition_dim;
  if (x.size() != primary_dim || (!condition.empty() && condition.size() != condition_dim)) {
    return fail("the axes do not match the dimensions");
  }
  std::vector<Integer> cells = x;
  cells.insert(cells.end(), condition.begin(), condition.end());
  const Fraction norm = Norm(seminorms, cells);
  if (norm * ParseDecimal(certificate.Text("epsilon")) >= 1) return fail("the bumps are not higher than epsilon");
  report << "height: 1/B > epsilon, B = " << static_cast<double>(norm) << "\n";

  Counts counts{.all = PointsOfGroup(layout, cells),
                .conditions = PointsOfGroup(layout, condition),
                .primary = PointsOfGroup(layout, x)};
  if (layout == "checkerboard") counts.all = (counts.all + 1) / 2;
  if (counts.conditions > counts.all) counts.conditions = counts.all;
  if (counts.primary > counts.all) counts.primary = counts.all;
  report << "points: M = " << counts.all << ", conditions J = " << counts.conditions << "\n";

  const Integer insufficient = ParseInteger(certificate.Text("insufficient"));
  if (certificate.Text("inequality") == "fewer than points") {
    if (insufficient >= counts.all) return fail("as many parameters as points");
    report << "parameters: " << insufficient << " < M\n";
  } else if (insufficient > 0) {
    const Integer patterns = ScaledPatterns(certificate, counts, insufficient);
    if (patterns < 0) return fail("more variables than polynomials: Warren's lemma does not apply");
    const Integer bits = (patterns >> 64) + 1;
    if (certificate.layers().empty() || patterns >= counts.all << 64) {
      return fail("2^" + bits.str() + " sign patterns are not excluded");
    }
    report << "patterns: at most 2^" << bits << " < 2^M with " << insufficient << " parameters\n";
  }
  result.holds = true;
  result.report = report.str() + "HOLDS: at least " + Integer(insufficient + 1).str() + "\n";
  return result;
}

}  // namespace hyperwidth
