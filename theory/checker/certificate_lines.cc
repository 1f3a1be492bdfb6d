// SPDX-License-Identifier: Apache-2.0

#include "theory/checker/certificate_lines.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "theory/checker/certificate_checker.h"

namespace hyperwidth::checker {
namespace {

// The layers of each statement, as theory/README.md and sign_patterns.h describe them.
std::string LayersOf(const HandWritten& hand) {
  const auto line = [](int layers, const std::string& units_and_points, bool condition, int from, int times) {
    return "layers: " + std::to_string(layers) + " units " + units_and_points + " condition " +
           (condition ? "yes" : "no") + " degrees from " + std::to_string(from) + " times " + std::to_string(times) +
           "\n";
  };
  const bool is_total = hand.statement == "certified.hypernetwork_total";
  const bool sees = hand.statement.starts_with("certified.embedding") && !hand.ignores_condition;
  const int first = sees ? 2 : 1;
  const int times = is_total ? hand.generator_depth : 1;
  return (is_total ? line(hand.generator_depth - 1, "N points conditions", false, 1, 1) : "") +
         line(hand.depth - 1, "N points all", sees, first, times) +
         line(1, "1 points all", sees, first + hand.depth - 1, times);
}

std::string ScalarsOf(const HandWritten& hand) {
  if (hand.ignores_condition || !hand.statement.starts_with("certified.embedding")) return "0";
  return hand.statement == "certified.embedding" ? std::to_string(hand.embedding_dim) : "sqrt(N)";
}

}  // namespace

CertificateLines SplitLines(const std::string& text) {
  CertificateLines lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    const auto colon = line.find(": ");
    if (colon == std::string::npos) throw std::invalid_argument("no name: " + line);
    lines.emplace_back(line.substr(0, colon), line.substr(colon + 2));
  }
  return lines;
}

std::string JoinLines(const CertificateLines& lines) {
  std::string text;
  for (const auto& [name, value] : lines) text.append(name).append(": ").append(value).append("\n");
  return text;
}

std::string With(const std::string& text, const std::string& name, const std::string& value) {
  CertificateLines lines = SplitLines(text);
  const auto line = std::find_if(lines.begin(), lines.end(), [&](const auto& each) { return each.first == name; });
  if (line == lines.end()) throw std::invalid_argument("no line " + name);
  line->second = value;
  return JoinLines(lines);
}

std::string ValueOf(const std::string& text, const std::string& name) {
  for (const auto& [each, value] : SplitLines(text)) {
    if (each == name) return value;
  }
  throw std::invalid_argument("no line " + name);
}

bool Holds(const std::string& text) { return WhyNot(text).empty(); }

std::string WhyNot(const std::string& text) {
  try {
    const CheckResult result = CheckCertificate(text);
    return result.holds ? "" : result.report;
  } catch (const std::runtime_error& error) {
    return error.what();
  }
}

std::string OneInTheLastDigit(const std::string& number, bool up) {
  std::string changed = number;
  for (auto digit = changed.rbegin(); digit != changed.rend(); ++digit) {
    if (*digit == '.') continue;
    if (*digit != (up ? '9' : '0')) {
      *digit = static_cast<char>(*digit + (up ? 1 : -1));
      return changed;
    }
    *digit = up ? '0' : '9';
  }
  if (!up) throw std::invalid_argument("nothing below " + number);
  return "1" + changed;
}

std::string HandWritten::Text() const {
  std::ostringstream out;
  const bool counts_patterns = statement != "certified.bits" && statement != "certified.continuous_selection" &&
                               statement != "certified.bounded_weights";
  out << "certificate: 2\nstatement: " << statement << "\n"
      << "smoothness: 1\ndimension of x: 1\ndimension of I: 1\nepsilon: 1e-06\n"
      << "depth: " << depth << "\ngenerator depth: " << generator_depth << "\nembedding dimension: " << embedding_dim
      << "\nweight bound: 10\nwidth: 100\nlayout: " << layout << "\nbump: perfect-spline 1\nseminorms: 1 1\n"
      << "axes of x: 1 of " << x_cells << ", 0 of 0\n"
      << "axes of I: " << (ignores_condition ? 0 : 1) << " of " << condition_cells << ", 0 of 0\n"
      << "inequality: "
      << (counts_patterns                            ? "sign patterns"
          : statement == "certified.bounded_weights" ? "rounded weights"
                                                     : "fewer than points")
      << "\n";
  if (counts_patterns) out << "scalars per condition: " << ScalarsOf(*this) << "\n" << LayersOf(*this);
  out << "insufficient: " << insufficient << "\nleft-hand side: " << left << "\n";
  if (counts_patterns || statement == "certified.bounded_weights") {
    out << "right-hand side over left-hand side: 0.999999999999\n";
  }
  return out.str();
}

}  // namespace hyperwidth::checker
