// SPDX-License-Identifier: Apache-2.0

#include "theory/checker/certificate_text.h"

#include <sstream>
#include <stdexcept>

namespace hyperwidth::checker {
namespace {

[[noreturn]] void Refuse(const std::string& where, const std::string& found, const std::string& accepted) {
  throw std::runtime_error(where + " of the certificate: found '" + found.substr(0, 80) + "', accepted: " + accepted);
}

bool IsDigits(const std::string& text) {
  return !text.empty() && text.size() <= kMaxDigits && text.find_first_not_of("0123456789") == std::string::npos;
}

Integer ParseInteger(const std::string& name, const std::string& text) {
  if (!IsDigits(text)) Refuse("line '" + name + "'", text, "a whole number");
  const auto first = text.find_first_not_of('0');  // a leading zero would mean an octal number
  return first == std::string::npos ? Integer(0) : Integer(text.substr(first));
}

int ParseSmall(const std::string& name, const std::string& text, int low, int high) {
  const Integer value = ParseInteger(name, text);
  if (value < low || value > high) {
    Refuse("line '" + name + "'", text, "a whole number from " + std::to_string(low) + " to " + std::to_string(high));
  }
  return static_cast<int>(value);
}

LayerLine ParseLayers(const std::string& text) {
  std::istringstream in(text);
  std::string layers, units, units_value, points, points_value, condition, condition_value, degrees, from, first, times,
      factor;
  in >> layers >> units >> units_value >> points >> points_value >> condition >> condition_value >> degrees >> from >>
      first >> times >> factor;
  const bool is_known = units == "units" && (units_value == "N" || IsDigits(units_value)) && points == "points" &&
                        condition == "condition" && (condition_value == "yes" || condition_value == "no") &&
                        degrees == "degrees" && from == "from" && times == "times";
  if (!in || !is_known) {
    Refuse("line 'layers'",
           text,
           "<n> units N|<outputs> points all|conditions|primary condition yes|no degrees from <d> times <f>");
  }
  return {.layers = ParseSmall("layers", layers, 1, kMaxDepth),
          .hidden = units_value == "N",
          .points = points_value,
          .sees_condition = condition_value == "yes",
          .first_degree = ParseSmall("layers", first, 1, 2 * kMaxDepth),
          .degree_factor = ParseSmall("layers", factor, 1, kMaxDepth),
          .outputs = units_value == "N" ? Integer(1) : ParseInteger("layers", units_value)};
}

}  // namespace

CertificateText::CertificateText(const std::string& text) {
  std::istringstream lines(text);
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    const auto colon = line.find(": ");
    const std::string where = "line " + std::to_string(number);
    if (colon == std::string::npos) Refuse(where, line, "name: value");
    const std::string name = line.substr(0, colon);
    if (name == "layers") {
      layers_.push_back(ParseLayers(line.substr(colon + 2)));
    } else if (!values_.emplace(name, line.substr(colon + 2)).second) {
      Refuse(where, line, "every name once");
    }
  }
  if (Text("certificate") != "2") Refuse("line 'certificate'", Text("certificate"), "2, the version that is checked");
}

const std::string& CertificateText::Text(const std::string& name) const {
  const auto found = values_.find(name);
  if (found == values_.end()) throw std::runtime_error("not a certificate: there is no line '" + name + ": ..'");
  return found->second;
}

Integer CertificateText::WholeNumber(const std::string& name) const { return ParseInteger(name, Text(name)); }

int CertificateText::SmallNumber(const std::string& name, int low, int high) const {
  return ParseSmall(name, Text(name), low, high);
}

Fraction CertificateText::Decimal(const std::string& name) const { return ParseDecimal(name, Text(name)); }

Fraction CertificateText::Radius() const {
  Fraction radius = ParseDecimal("radius", RadiusInWords());
  if (radius <= 0) Refuse("line 'radius'", RadiusInWords(), "a number above 0");
  return radius;
}

std::string CertificateText::RadiusInWords() const { return values_.contains("radius") ? Text("radius") : "1"; }

bool CertificateText::TakesMaximum() const {
  if (!values_.contains("norm")) return false;
  const std::string& norm = Text("norm");
  if (norm != "sum" && norm != "max") Refuse("line 'norm'", norm, "sum or max");
  return norm == "max";
}

bool CertificateText::IsMeanSquare() const {
  if (!values_.contains("error")) return false;
  const std::string& error = Text("error");
  if (error != "sup" && error != "rms") Refuse("line 'error'", error, "sup or rms");
  return error == "rms";
}

Integer CertificateText::Outputs() const {
  if (!values_.contains("outputs")) return 1;
  const Integer outputs = WholeNumber("outputs");
  if (outputs < 1) Refuse("line 'outputs'", Text("outputs"), "a whole number of at least 1");
  return outputs;
}

Fraction CertificateText::UnitEpsilon() const { return Decimal("epsilon") / Radius(); }

std::vector<Integer> CertificateText::Axes(const std::string& name) const {
  std::istringstream in(Text(name));
  std::string count, of, cells, finer_count, finer_of, finer_cells;
  in >> count >> of >> cells >> finer_count >> finer_of >> finer_cells;
  if (!in || of != "of" || finer_of != "of" || cells.back() != ',') {
    Refuse("line '" + name + "'", Text(name), "<n> of <cells>, <n> of <cells>");
  }
  cells.pop_back();
  std::vector<Integer> all(ParseSmall(name, count, 0, kMaxAxes), ParseInteger(name, cells));
  all.insert(all.end(), ParseSmall(name, finer_count, 0, kMaxAxes), ParseInteger(name, finer_cells));
  return all;
}

Fraction ParseDecimal(const std::string& name, const std::string& text) {
  constexpr int kMaxExponent = 400;  // more than that of any double
  const auto exponent_at = text.find('e');
  const std::string mantissa = text.substr(0, exponent_at);
  int exponent = 0;
  if (exponent_at != std::string::npos) {
    std::string digits = text.substr(exponent_at + 1);
    const bool is_negative = digits.starts_with('-');
    if (is_negative || digits.starts_with('+')) digits.erase(0, 1);
    exponent = ParseSmall(name, digits, 0, kMaxExponent) * (is_negative ? -1 : 1);
  }
  const auto point = mantissa.find('.');
  std::string digits = mantissa;
  if (point != std::string::npos) {
    digits.erase(point, 1);
    exponent -= static_cast<int>(digits.size() - point);
  }
  if (digits.size() > kMaxDecimalDigits) {
    Refuse("line '" + name + "'", text, "at most " + std::to_string(kMaxDecimalDigits) + " digits");
  }
  Fraction value = ParseInteger(name, digits);
  for (; exponent > 0; --exponent) value *= 10;
  for (; exponent < 0; ++exponent) value /= 10;
  return value;
}

}  // namespace hyperwidth::checker
