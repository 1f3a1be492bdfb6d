// SPDX-License-Identifier: Apache-2.0

#include "theory/checker/certificate_checker.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>
#include <vector>

#include "theory/checker/binary_logarithm.h"
#include "theory/checker/bump_check.h"
#include "theory/checker/certificate_text.h"
#include "theory/checker/claim.h"
#include "theory/checker/encoder_check.h"
#include "theory/checker/failure.h"
#include "theory/checker/mean_square_check.h"
#include "theory/checker/orders.h"
#include "theory/checker/pieces_check.h"
#include "theory/checker/rank_check.h"

namespace hyperwidth {
namespace {

using checker::CertificateText;
using checker::Claim;
using checker::Failure;
using checker::Fraction;
using checker::Integer;
using checker::kLogarithmDigits;
using checker::LayerLine;
using checker::ScaledLog2Above;

constexpr int kMostBitsOfAFactor = 300;
constexpr int kMostAffineAxes = 100;  // more functions of x than any condition has coordinates

// Each seminorm is at least the sup norm of the bump's derivative.
std::vector<Fraction> CheckedSeminorms(const CertificateText& certificate, int smoothness) {
  std::istringstream bump(certificate.Text("bump"));
  std::string family;
  int order = 0;
  bump >> family >> order;
  std::istringstream text(certificate.Text("seminorms"));
  std::vector<Fraction> seminorms;
  for (std::string word; text >> word;) seminorms.push_back(checker::ParseDecimal("seminorms", word));
  if (static_cast<int>(seminorms.size()) != smoothness + 1) throw Failure{"there must be smoothness + 1 seminorms"};
  if (seminorms[0] < 1) throw Failure{"seminorm 0 is stated too small"};
  const std::vector<long double> sup = checker::SupNorms(family, order, smoothness);
  // Known exactly: the hat has 1, 1, the quadratic spline 1, 2, 4. Sampling can only come close to them.
  const bool is_exact = family == "perfect-spline" && order == smoothness && smoothness <= 2;
  for (int j = 1; j <= smoothness; ++j) {
    const bool is_enough = is_exact ? seminorms[j] >= smoothness * j : static_cast<long double>(seminorms[j]) >= sup[j];
    if (!is_enough) throw Failure{"seminorm " + std::to_string(j) + " is stated too small"};
  }
  return seminorms;
}

// Sum of the coefficients of degree at most r of the product over the axes of sum_j s_j (n t)^j; or all of these sums
// are maxima.
Fraction Norm(bool takes_maximum,
              const std::vector<Fraction>& seminorms,
              const std::vector<Integer>& cells,
              const Fraction& epsilon) {
  Fraction norm = 0;
  for (const Fraction& entry : checker::OrdersOfBumps(takes_maximum, seminorms, cells, epsilon)) {
    norm = takes_maximum ? std::max(norm, entry) : Fraction(norm + entry);
  }
  return norm;
}

Integer PointsOfGroup(const std::string& layout, const std::vector<Integer>& cells) {
  Integer points = 1;
  for (const Integer& n : cells) {
    if (layout == "nodes") points *= n + 1;
    if (layout == "checkerboard") points *= 2 * n + 1;
    if (layout == "cells") points *= std::max(n, Integer(1));
    if (layout == "inner checkerboard" && n > 0) points *= 2 * n - 1;
  }
  return points;
}

struct Points {
  Integer all, conditions;
};

Points CountPoints(const std::string& layout, const std::vector<Integer>& x, const std::vector<Integer>& condition) {
  Points points{.all = PointsOfGroup(layout, x), .conditions = PointsOfGroup(layout, condition)};
  points.all *= points.conditions;
  if (layout.ends_with("checkerboard")) points.all = (points.all + 1) / 2;
  points.conditions = std::min(points.conditions, points.all);
  return points;
}

// 2^kLogarithmDigits times the right-hand side of the inequality, rounded up.
Integer ScaledPatterns(const Claim& claim, const Points& points, const Integer& parameters) {
  // 2 e, rounded up
  const Fraction two_e = 2 * Fraction(Integer("27182818284590452353602874713526624977572470936999596"),
                                      Integer("10000000000000000000000000000000000000000000000000000"));
  // The number of scalars is whole, and at most the square root of N.
  const Integer kappa = claim.scalars == "sqrt(N)" ? Integer(sqrt(parameters)) : Integer(claim.scalars);
  Integer sum = 0;
  for (const LayerLine& line : claim.layers) {
    const Integer& units = line.hidden ? parameters : line.outputs;
    const Integer polynomials = units * (line.points == "conditions" ? points.conditions : points.all);
    Integer variables = parameters + kappa * points.conditions;  // kappa is 0 unless all layers see the condition
    // Fewer parameters than outputs make fewer polynomials in a hidden layer than there are variables: as many
    // variables as polynomials are counted then, which is more than all patterns.
    if (line.hidden && variables > polynomials) variables = polynomials;
    if (variables > polynomials) {
      throw Failure{"more variables than polynomials: Warren's lemma does not apply"};
    }
    // The degrees of the layers are degree_factor times first_degree, first_degree + 1, ..
    const Integer logarithms =
        line.layers * ScaledLog2Above(two_e * Fraction(polynomials * line.degree_factor, variables)) +
        checker::ScaledLog2OfProductAbove(line.first_degree, line.layers);
    sum += (Integer(line.layers) << kLogarithmDigits) + variables * logarithms;
  }
  return sum;
}

// 2^kLogarithmDigits times the bits of all weights, rounded so finely that two targets cannot share them, rounded up:
// every weight, at most B, to a multiple of 2 (rho - epsilon) / Lambda.
Integer ScaledRoundings(const CertificateText& certificate, const Fraction& norm, const Integer& weights) {
  const int depth = certificate.SmallNumber("depth", 2, 1000);
  const Fraction bound = certificate.Decimal("weight bound");
  const Integer inputs = certificate.WholeNumber("dimension of x") + certificate.WholeNumber("dimension of I");
  const Integer h = std::max(certificate.WholeNumber("width"), inputs);
  // The sum has that many digits for each layer.
  if (std::max<Integer>({numerator(bound), denominator(bound), h}) >> kMostBitsOfAFactor != 0) {
    throw std::runtime_error("weight bound or width of the certificate: more than 300 binary digits");
  }
  // Over j < depth of (B h)^j, B = p / q, with the denominator q^(depth - 1): fractions would be reduced each time.
  Integer sum = 1, power = 1;
  for (int layer = 1; layer < depth; ++layer) {
    power *= denominator(bound);
    sum = sum * numerator(bound) * h + power;
  }
  const Fraction lipschitz = Fraction(h + 1) * Fraction(sum, power);
  const Fraction excess = certificate.Radius() / norm - certificate.Decimal("epsilon");
  return weights * ScaledLog2Above(1 + bound * lipschitz / excess);
}

void CheckInequality(const CertificateText& certificate,
                     const Claim& claim,
                     const Points& points,
                     const Fraction& norm,
                     std::ostream& report) {
  const Integer signs = points.all * certificate.Outputs();  // M for each output
  const Integer insufficient = certificate.WholeNumber("insufficient");
  if (certificate.WholeNumber("left-hand side") != signs) {
    throw Failure{"the left-hand side is not the number of points"};
  }
  const bool is_mean_square = certificate.IsMeanSquare();
  const Integer needed = is_mean_square ? checker::ScaledNeeded(points.all, checker::WrongSignsOf(certificate))
                                        : Integer(signs << kLogarithmDigits);
  if (claim.inequality == checker::Inequality::kFewerThanPoints) {
    if (insufficient << kLogarithmDigits >= needed) throw Failure{"as many parameters as points"};
    report << "parameters: " << insufficient << " < " << (signs == points.all ? "M" : "M for each output") << "\n";
    return;
  }
  if (insufficient == 0) {  // every network has a parameter
    report << "parameters: nothing is claimed\n";
    return;
  }
  const bool counts_patterns = claim.inequality == checker::Inequality::kSignPatterns;
  const Integer right =
      counts_patterns ? ScaledPatterns(claim, points, insufficient) : ScaledRoundings(certificate, norm, insufficient);
  const std::string what = counts_patterns ? "sign patterns" : "roundings of the weights";
  const Integer bits = (right >> kLogarithmDigits) + 1;
  if (right >= needed) throw Failure{"2^" + bits.str() + " " + what + " are not excluded"};
  const Fraction stated = certificate.Decimal("right-hand side over left-hand side");
  if (stated >= 1) throw Failure{"the right-hand side is stated to be no smaller than the left-hand side"};
  if (right > stated * Fraction(signs << kLogarithmDigits)) throw Failure{"the right-hand side is stated too small"};
  report << what << ": at most 2^" << bits << ", of 2^"
         << (is_mean_square        ? Integer(needed >> kLogarithmDigits).str()
             : signs == points.all ? "M"
                                   : signs.str())
         << " needed, with " << insufficient << " parameters\n";
}

// A target of one function more than there are scalars, each of them with a coordinate of I of its own; of several
// outputs, each has its share of the coordinates, and they may use the same functions.
void CheckEncoder(const CertificateText& certificate,
                  const checker::EncoderFunctions& basis,
                  const Integer& points,
                  std::ostream& report) {
  const Integer functions = points << basis.affine_axes;
  if (certificate.WholeNumber("left-hand side") != functions) {
    throw Failure{"the left-hand side is not the number of functions of x"};
  }
  const Integer insufficient = certificate.WholeNumber("insufficient");
  if (insufficient == 0) {  // no scalar at all: the condition is ignored
    report << "scalars: nothing is claimed\n";
    return;
  }
  if (insufficient >= certificate.WholeNumber("dimension of I")) {
    throw Failure{"as many scalars as coordinates of I: the condition itself is continuous"};
  }
  const Integer outputs = certificate.Outputs();
  const Integer share = (insufficient + outputs) / outputs;  // of insufficient + 1, rounded up
  if (share > functions) throw Failure{"as many scalars as functions of x"};
  const Fraction norm = checker::NormOfTarget(basis, share);
  if (norm * certificate.UnitEpsilon() >= 1) throw Failure{"the target is not higher than epsilon"};
  report << "target: height " << certificate.RadiusInWords() << "/" << static_cast<double>(norm) << " > epsilon\n";
}

void CheckParametersForPieces(const CertificateText& certificate, const Integer& pieces, std::ostream& report) {
  const Integer insufficient = certificate.WholeNumber("insufficient");
  const int depth = certificate.SmallNumber("depth", 2, checker::kMaxDepth);
  if (!checker::AreTooFewForPieces(insufficient, pieces, depth, certificate.Outputs())) {
    throw Failure{insufficient.str() + " parameters may make " + pieces.str() + " pieces"};
  }
  report << "pieces: at least " << pieces << (certificate.Outputs() > 1 ? " of each output" : "") << ", more than "
         << insufficient << " parameters make\n";
}

// At most `insufficient` parameters make fewer linear pieces than the target needs along an axis of x.
void CheckPieces(const CertificateText& certificate,
                 const std::vector<Integer>& cells,
                 const Integer& points,
                 const Fraction& norm,
                 std::ostream& report) {
  const Integer stated = certificate.WholeNumber("left-hand side");
  if (certificate.IsMeanSquare()) {
    checker::CheckPiecesInMeanSquare(certificate, cells, norm, stated);
    CheckParametersForPieces(certificate, stated, report);
    return;
  }
  const Integer pieces = checker::LeastPieces(certificate.Text("target"),
                                              cells,
                                              points,
                                              certificate.SmallNumber("smoothness", 1, 64),
                                              certificate.UnitEpsilon(),
                                              certificate.TakesMaximum(),
                                              stated);
  if (stated != pieces) throw Failure{"the left-hand side is not the least number of pieces"};
  CheckParametersForPieces(certificate, pieces, report);
}

// The proofs of the others are about the largest error.
void RequireProvedInMeanSquare(const std::string& statement) {
  for (const char* const other :
       {"certified.continuous_selection", "certified.continuous_encoder", "certified.bounded_weights"}) {
    if (statement == other) throw Failure{statement + " is not proved for the root mean square error"};
  }
}

void CheckAll(const CertificateText& certificate, std::ostream& report) {
  const int smoothness = certificate.SmallNumber("smoothness", 1, 64);
  const std::vector<Fraction> seminorms = CheckedSeminorms(certificate, smoothness);
  report << "bump: seminorms confirmed\n";

  const std::string& layout = certificate.Text("layout");
  const bool is_checkerboard = layout == "checkerboard" || layout == "inner checkerboard";
  if (layout != "nodes" && layout != "cells" && (!is_checkerboard || smoothness != 1)) {
    throw Failure{"layout " + layout + " is not valid at smoothness " + std::to_string(smoothness)};
  }
  const std::vector<Integer> x = certificate.Axes("axes of x");
  const std::vector<Integer> condition = certificate.Axes("axes of I");
  const Claim claim = checker::ClaimOf(certificate, condition.empty());
  const bool is_encoder = claim.inequality == checker::Inequality::kContinuousEncoder;
  const int affine_axes = is_encoder ? certificate.SmallNumber("affine axes", 0, kMostAffineAxes) : 0;
  const auto primary_dim = static_cast<std::size_t>(certificate.SmallNumber("dimension of x", 1, checker::kMaxAxes));
  const auto condition_dim = static_cast<std::size_t>(certificate.SmallNumber("dimension of I", 1, checker::kMaxAxes));
  const bool is_mean_square = certificate.IsMeanSquare();
  const bool all_axes =
      x.size() + affine_axes == primary_dim && (condition.empty() || condition.size() == condition_dim);
  const bool too_many_axes = x.size() + affine_axes > primary_dim || condition.size() > condition_dim;
  if (is_mean_square ? too_many_axes : !all_axes) throw Failure{"the axes do not match the dimensions"};
  std::vector<Integer> cells = x;
  cells.insert(cells.end(), condition.begin(), condition.end());
  const Fraction norm = Norm(certificate.TakesMaximum(), seminorms, cells, certificate.UnitEpsilon());
  Fraction squared_height = norm * certificate.UnitEpsilon() * norm * certificate.UnitEpsilon();
  if (squared_height >= 1) throw Failure{"the bumps are not higher than epsilon"};
  if (is_mean_square) {
    RequireProvedInMeanSquare(certificate.Text("statement"));
    if (certificate.Outputs() != 1) throw Failure{"the root mean square error is that of one output"};
  }
  const bool counts_pieces = claim.inequality == checker::Inequality::kLinearPieces;
  if (is_mean_square && !counts_pieces) {
    squared_height /= checker::MeanSquareOfBumps(certificate, cells);
    if (claim.inequality != checker::Inequality::kRank) {
      checker::CheckHeightInMeanSquare(squared_height,
                                       checker::WrongSignsOf(certificate),
                                       claim.inequality == checker::Inequality::kFewerThanPoints);
    }
  }
  report << "height: " << certificate.RadiusInWords() << "/B > epsilon, B = " << static_cast<double>(norm) << "\n";

  const Points points = CountPoints(layout, x, condition);
  report << "points: M = " << points.all << ", conditions J = " << points.conditions << "\n";
  CheckForm(certificate, claim);
  if (claim.inequality == checker::Inequality::kRank) {
    checker::CheckRank(certificate, PointsOfGroup(layout, x), PointsOfGroup(layout, condition), squared_height, report);
  } else if (is_encoder) {
    CheckEncoder(
        certificate,
        {.seminorms = seminorms, .cells = x, .affine_axes = affine_axes, .takes_maximum = certificate.TakesMaximum()},
        points.all,
        report);
  } else if (claim.inequality == checker::Inequality::kLinearPieces) {
    CheckPieces(certificate, x, points.all, norm, report);
  } else {
    CheckInequality(certificate, claim, points, norm, report);
  }
  report << "HOLDS: at least " << certificate.WholeNumber("insufficient") + 1 << " ("
         << (certificate.Text("statement") == "certified.bits" ? "bits, " : "") << claim.in_words
         << (certificate.Radius() == 1 ? "" : ", targets of the ball of radius " + certificate.RadiusInWords())
         << (certificate.TakesMaximum() ? ", max norm" : "") << (is_mean_square ? ", root mean square error" : "")
         << ")\n";
}

}  // namespace

CheckResult CheckCertificate(const std::string& text) {
  const CertificateText certificate(text);
  CheckResult result{.holds = true, .statement = certificate.Text("statement"), .report = ""};
  std::ostringstream report;
  try {
    CheckAll(certificate, report);
  } catch (const Failure& failure) {
    report << "FAILS: " << failure.why << "\n";
    result.holds = false;
  }
  result.report = report.str();
  return result;
}

}  // namespace hyperwidth
