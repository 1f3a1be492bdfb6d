// SPDX-License-Identifier: Apache-2.0
//
// Forged certificates: every number and word of true ones changed, one at a time, and lines dropped, doubled and
// swapped. None may hold unless what it claims is no more than the true one proves, by rules that know nothing of the
// inequalities.

#include <algorithm>
#include <cctype>
#include <set>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "theory/certificate.h"
#include "theory/checker/certificate_lines.h"
#include "theory/checker/true_certificates.h"

namespace hyperwidth::checker {
namespace {

const std::string kRatio = "right-hand side over left-hand side";
const std::string kContinuousEncoder = "certified.continuous_encoder";
const std::string kLinearDecoder = "certified.linear_decoder";

bool IgnoresCondition(const std::string& text) { return ValueOf(text, "axes of I").starts_with("0 of 0, 0 of"); }

bool IsAboutPointsOnly(const std::string& statement) {
  return statement == "certified.bits" || statement == "certified.continuous_selection";
}

// The lines that say about which networks and targets the statement is, beside smoothness and dimensions. For a single
// I an embedding of any dimension is a shift of biases.
std::set<std::string> Hypotheses(const std::string& text) {
  const std::string statement = ValueOf(text, "statement");
  if (IsAboutPointsOnly(statement) || statement == kContinuousEncoder || statement == kLinearDecoder) {
    return {"epsilon"};
  }
  std::set<std::string> names = {"epsilon", "depth"};
  if (statement == "certified.hypernetwork_total") names.insert("generator depth");
  if (statement == "certified.embedding" && !IgnoresCondition(text)) names.insert("embedding dimension");
  if (statement == "certified.bottleneck" && !IgnoresCondition(text)) names.insert("bottleneck");
  if (statement == "certified.bounded_weights") names.insert({"weight bound", "width"});
  return names;
}

enum class Change { kUp, kDown };

// With sqrt(N) scalars the inequality is that of the next whole number below, which holds for a few parameters more.
// inequality_test.cc finds its edge.
bool HasRootOfParameters(const std::string& text) { return text.find("sqrt(N)") != std::string::npos; }

// Whether a certificate may still hold with one number of the line `name`, at `position` in its value, changed.
bool MayHold(const std::string& text, const std::string& name, std::size_t position, Change change) {
  const std::string statement = ValueOf(text, "statement");
  // The target of an encoder may be much higher than epsilon; more coordinates of I may be left out of it.
  if (statement == kContinuousEncoder) {
    const bool is_tight = std::stod(ValueOf(text, "epsilon")) > 0.01;
    if (name == "epsilon") return !is_tight || change == Change::kDown;
    if (name == "radius") return !is_tight || change == Change::kUp;
    if (name == "seminorms") return !is_tight || change == Change::kUp || ValueOf(text, "bump") != "perfect-spline 1";
    if (name == "dimension of I") return change == Change::kUp;
  }
  // More outputs have more to do; where they are not on the left-hand side, one line is all that counts them.
  const bool counts_outputs_once = statement == kContinuousEncoder || ValueOf(text, "inequality") == "linear pieces";
  if (name == "outputs" && counts_outputs_once && change == Change::kUp) return true;
  if (name == "outputs") return statement == kContinuousEncoder && std::stod(ValueOf(text, "epsilon")) < 0.1;
  // Another matrix that fits the grid is as good. The last function is claimed with up to one to spare.
  if (statement == kLinearDecoder && (name == "rows" || name == "Hadamard matrix" || name == "epsilon")) return true;
  if (statement == kLinearDecoder && name == "radius") return true;
  if (statement == kLinearDecoder && name == "seminorms") return true;
  // Better accuracy, fewer layers or scalars, smaller weights: fewer networks, or the same ones with more to do. Fewer
  // parameters are claimed to be insufficient.
  if (Hypotheses(text).contains(name)) return change == Change::kDown;
  if (name == "radius") return change == Change::kUp;  // all targets of the smaller ball and more
  if (name == "insufficient") return change == Change::kDown || HasRootOfParameters(text);
  if (name == "depth" || name == "generator depth" || name == "embedding dimension" || name == "weight bound" ||
      name == "width" || name == "bottleneck") {
    return true;  // not a word about them in the statement
  }
  // Higher bumps than are needed. Seminorms of all but the first two splines are raised by a millionth, a few units of
  // their last digit: grid_of_certificate_test.cc finds their edge. The ratio has a test below.
  if (name == "seminorms") {
    const std::string bump = ValueOf(text, "bump");
    return change == Change::kUp || (bump != "perfect-spline 1" && bump != "perfect-spline 2");
  }
  if (name == kRatio) return true;
  // How fine no axes are.
  if (name.starts_with("axes")) {
    const std::string before = ValueOf(text, name).substr(0, position);
    return before == "0 of " || before.ends_with(", 0 of ");
  }
  // Bumps that do not depend on I are there whatever its dimension.
  if (name == "dimension of I") return IgnoresCondition(text) && statement != "certified.bounded_weights";
  return false;
}

bool MayBeNamed(const std::string& text, const std::string& forged_statement) {
  const std::string statement = ValueOf(text, "statement");
  if (IsAboutPointsOnly(statement)) return IsAboutPointsOnly(forged_statement);
  // For a single I all of these are networks of x.
  std::set<std::string> of_x = {
      "certified.standard", "certified.primary", "certified.embedding", "certified.embedding_any_dimension"};
  // Linear pieces say the same of what is behind a bottleneck, if the certificate has one.
  const bool counts_pieces = ValueOf(text, "inequality") == "linear pieces";
  if (counts_pieces && text.find("\nbottleneck: ") != std::string::npos) of_x.insert("certified.bottleneck");
  return IgnoresCondition(text) && of_x.contains(statement) && of_x.contains(forged_statement);
}

void ExpectRefused(const std::string& forged, const std::string& what) {
  EXPECT_FALSE(Holds(forged)) << "forged " << what << "\n" << forged;
}

std::string WithLine(const CertificateLines& lines, std::size_t number, const std::string& value) {
  CertificateLines changed = lines;
  changed[number].second = value;
  return JoinLines(changed);
}

TEST(Forgery, TrueCertificatesHold) {
  for (const std::string& text : TrueCertificates()) EXPECT_EQ(WhyNot(text), "") << text;
}

// All whole numbers, decimal numbers, and exponents.
void ChangeEveryNumberOfALine(const std::string& text, const CertificateLines& lines, std::size_t number, int& held) {
  const auto& [name, value] = lines[number];
  for (std::size_t begin = 0, end = 0; begin < value.size(); begin = std::max(end, begin + 1)) {
    end = value.find_first_not_of("0123456789.", begin);
    if (end == std::string::npos) end = value.size();
    if (end == begin || value[begin] == '.') continue;
    const bool is_exponent = begin > 1 && value.substr(begin - 2, 2) == "e-";
    const std::string old = value.substr(begin, end - begin);
    for (const bool up : {true, false}) {
      if (!up && old.find_first_not_of("0.") == std::string::npos) continue;
      const std::string changed = value.substr(0, begin) + OneInTheLastDigit(old, up) + value.substr(end);
      const Change change = up != is_exponent ? Change::kUp : Change::kDown;
      const bool holds = Holds(WithLine(lines, number, changed));
      EXPECT_TRUE(!holds || MayHold(text, name, begin, change)) << name << ": " << changed << "\n" << text;
      held += holds ? 1 : 0;
    }
  }
}

TEST(Forgery, OfEveryNumberIsRefusedUnlessItWeakensTheClaim) {
  for (const std::string& text : TrueCertificates()) {
    const CertificateLines lines = SplitLines(text);
    int held = 0;
    for (std::size_t number = 0; number < lines.size(); ++number) {
      ChangeEveryNumberOfALine(text, lines, number, held);
    }
    EXPECT_GE(held, 2) << text;  // fewer parameters, better accuracy
  }
}

// Ratios are rounded up by at most two units of the last of their 36 digits. Those of rounded weights, and those with
// sqrt(N) scalars, are larger than they need be.
TEST(Forgery, OfTheRatioIsRefusedTwoUnitsBelow) {
  for (const std::string& text : TrueCertificates()) {
    if (text.find(kRatio) == std::string::npos) continue;
    const std::string ratio = ValueOf(text, kRatio);
    EXPECT_TRUE(Holds(With(text, kRatio, OneInTheLastDigit(ratio, true))));
    const bool is_rounded = ValueOf(text, "statement") == "certified.bounded_weights";
    const std::string stated = is_rounded                  ? ratio.substr(0, 14)
                               : HasRootOfParameters(text) ? ratio.substr(0, 3)
                                                           : ratio;
    const std::string below = OneInTheLastDigit(OneInTheLastDigit(stated, false), false);
    EXPECT_NE(WhyNot(With(text, kRatio, below)).find("the right-hand side is stated too small"), std::string::npos)
        << below << "\n"
        << text;
  }
}

// The kinds of words: each is exchanged for all others of its kind.
const std::vector<std::vector<std::string>> kWords = {
    {"nodes", "cells", "checkerboard"},
    {"perfect-spline", "cosine-power", "hat"},
    {"all", "conditions", "primary"},
    {"yes", "no"},
    {"N", "1", "0", "J"},
    {"sqrt(N)", "0", "1", "N"},
    {"sign patterns", "rounded weights", "fewer than points", "continuous encoder", "linear pieces", "rank"},
    {"alternating bumps", "parabola", "hat"},
    {"of", "to"},
    {"units", "points", "condition", "degrees", "from", "times"}};

void ExchangeEveryWordOfALine(const CertificateLines& lines, std::size_t number) {
  const std::string& name = lines[number].first;
  // Along a single axis a checkerboard's pyramids are hats at nodes.
  const std::string text = JoinLines(lines);
  const bool has_no_bumps =
      ValueOf(text, "axes of x").starts_with("0 of 0, 0 of") || ValueOf(text, "axes of x").starts_with("1 of 0, ");
  if (has_no_bumps && name == "layout") return;
  const bool is_along_an_axis =
      ValueOf(text, "dimension of x") == "1" || ValueOf(text, "inequality") == "linear pieces";
  const bool is_line = IgnoresCondition(text) && is_along_an_axis && ValueOf(text, "smoothness") == "1";
  const std::string value = " " + lines[number].second.substr(0, lines[number].second.find(" (")) + " ";
  for (const std::vector<std::string>& kind : kWords) {
    for (const std::string& word : kind) {
      for (auto at = value.find(" " + word + " "); at != std::string::npos; at = value.find(" " + word + " ", at + 1)) {
        for (const std::string& other : kind) {
          if (other == word || std::isdigit(static_cast<unsigned char>(word[0]))) continue;
          std::string changed = value;
          changed.replace(at + 1, word.size(), other);
          const std::string forged = WithLine(lines, number, changed.substr(1, changed.size() - 2));
          EXPECT_EQ(Holds(forged), is_line && name == "layout" && other != "cells") << name << changed << forged;
        }
      }
    }
  }
}

TEST(Forgery, OfEveryWordIsRefused) {
  for (const std::string& text : TrueCertificates()) {
    const CertificateLines lines = SplitLines(text);
    for (std::size_t number = 0; number < lines.size(); ++number) ExchangeEveryWordOfALine(lines, number);
    for (std::size_t number = 0; number < lines.size(); ++number) {
      if (lines[number].first != "layers") continue;
      for (const auto& [units, other] : {std::pair("units N", "units 1"), std::pair("units 1", "units N")}) {
        std::string changed = lines[number].second;
        const auto at = changed.find(units);
        if (at == std::string::npos) continue;
        ExpectRefused(WithLine(lines, number, changed.replace(at, 7, other)), changed);
      }
    }
  }
}

TEST(Forgery, OfTheStatementIsRefusedUnlessTheProofIsTheSame) {
  for (const std::string& text : TrueCertificates()) {
    for (const std::string& statement : CertifiableStatements()) {
      EXPECT_EQ(Holds(With(text, "statement", statement)),
                statement == ValueOf(text, "statement") || MayBeNamed(text, statement))
          << statement << "\n"
          << text;
    }
  }
}

TEST(Forgery, ByADroppedLineIsRefusedUnlessTheStatementDoesNotNeedIt) {
  for (const std::string& text : TrueCertificates()) {
    const CertificateLines lines = SplitLines(text);
    std::set<std::string> unneeded = {"depth", "generator depth", "embedding dimension", "weight bound", "width"};
    for (const std::string& name : Hypotheses(text)) unneeded.erase(name);
    // Without it the claim is about the unit ball, which may be the larger one.
    if (std::stod(ValueOf(text, "radius")) <= 1) unneeded.insert("radius");
    // Likewise about the sum norm; functions that coordinates of I are multiplied by are often high enough in either.
    const bool has_room =
        ValueOf(text, "statement") == "certified.continuous_encoder" && std::stod(ValueOf(text, "epsilon")) < 0.1;
    if (ValueOf(text, "norm") == "sum" || has_room) unneeded.insert("norm");
    // It is named in the report, whether it matters or not.
    if (ValueOf(text, "statement") == "certified.embedding") unneeded.erase("embedding dimension");
    if (ValueOf(text, "statement") == "certified.bottleneck") unneeded.erase("bottleneck");
    for (std::size_t number = 0; number < lines.size(); ++number) {
      CertificateLines dropped = lines;
      dropped.erase(dropped.begin() + static_cast<std::ptrdiff_t>(number));
      EXPECT_EQ(Holds(JoinLines(dropped)), unneeded.contains(lines[number].first)) << lines[number].first << text;
    }
  }
}

TEST(Forgery, ByADoubledLineIsRefused) {
  for (const std::string& text : TrueCertificates()) {
    const CertificateLines lines = SplitLines(text);
    for (std::size_t number = 0; number < lines.size(); ++number) {
      CertificateLines doubled = lines;
      doubled.insert(doubled.begin() + static_cast<std::ptrdiff_t>(number), lines[number]);
      ExpectRefused(JoinLines(doubled), lines[number].first);
    }
  }
}

// Only the order of layers means something.
TEST(Forgery, BySwappedLinesIsRefusedForLayers) {
  for (const std::string& text : TrueCertificates()) {
    const CertificateLines lines = SplitLines(text);
    for (std::size_t number = 1; number < lines.size(); ++number) {
      CertificateLines swapped = lines;
      std::swap(swapped[number - 1], swapped[number]);
      const bool are_layers = lines[number - 1].first == "layers" && lines[number].first == "layers";
      EXPECT_EQ(Holds(JoinLines(swapped)), !are_layers) << lines[number].first << "\n" << text;
    }
  }
}

// The values of two lines exchanged.
TEST(Forgery, BySwappedNumbersIsRefused) {
  for (const std::string& text : TrueCertificates()) {
    for (const auto& [a, b] : {std::pair("axes of x", "axes of I"),
                               std::pair("insufficient", "left-hand side"),
                               std::pair("smoothness", "dimension of x")}) {
      if (ValueOf(text, a) == ValueOf(text, b)) continue;
      ExpectRefused(With(With(text, a, ValueOf(text, b)), b, ValueOf(text, a)), a);
    }
  }
}

}  // namespace
}  // namespace hyperwidth::checker
