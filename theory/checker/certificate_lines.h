// SPDX-License-Identifier: Apache-2.0
//
// Certificates as tests change them: line by line.

#ifndef HYPERWIDTH_THEORY_CHECKER_CERTIFICATE_LINES_H_
#define HYPERWIDTH_THEORY_CHECKER_CERTIFICATE_LINES_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace hyperwidth::checker {

// Name and value of every line, in their order.
using CertificateLines = std::vector<std::pair<std::string, std::string>>;

// Throws: std::invalid_argument for a line without ": ".
CertificateLines SplitLines(const std::string& text);

std::string JoinLines(const CertificateLines& lines);

// The certificate with another value of the first line `name`. Throws: std::invalid_argument if there is none.
std::string With(const std::string& text, const std::string& name, const std::string& value);

std::string ValueOf(const std::string& text, const std::string& name);

// The outcome of CheckCertificate: true if the certificate holds, false if it does not or cannot be read.
bool Holds(const std::string& text);

// Why not: the report of a certificate that fails, or the message of one that cannot be read. Empty if it holds.
std::string WhyNot(const std::string& text);

// The decimal number with its last digit one higher or lower: "0.999" becomes "1.000" or "0.998".
// Throws: std::invalid_argument for less than 0.
std::string OneInTheLastDigit(const std::string& number, bool up);

// A certificate written by hand, of hats on one axis each of x and I, much higher than its epsilon of 10^-6. The ratio
// of the two sides that it states, 0.999999999999, is enough wherever the inequality holds with a little to spare.
struct HandWritten {
  std::string statement = "certified.standard";
  std::string layout = "nodes";
  int x_cells = 40;
  int condition_cells = 20;
  bool ignores_condition = false;
  int depth = 2;
  int generator_depth = 2;
  int embedding_dim = 1;
  std::string insufficient = "1";
  std::string left = "861";  // 41 * 21

  std::string Text() const;
};

}  // namespace hyperwidth::checker

#endif  // HYPERWIDTH_THEORY_CHECKER_CERTIFICATE_LINES_H_
