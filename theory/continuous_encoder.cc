// SPDX-License-Identifier: Apache-2.0

#include "theory/continuous_encoder.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <numeric>
#include <vector>

#include "theory/bump.h"
#include "theory/domain_check.h"
#include "theory/exact_points.h"
#include "theory/norm_polynomial.h"
#include "theory/onset.h"
#include "theory/rigorous.h"

namespace hyperwidth {
namespace {

using internal::Real;

// 1 / rho from the coefficients by order of derivative: of the sum over the functions, up to order r, and of the
// largest one of them, up to order r - 1.
template <class Number>
Number InverseError(BallNorm norm,
                    const std::vector<Number>& of_sum,
                    const std::vector<Number>& of_one,
                    std::int64_t functions) {
  Number inverse = 0;
  for (const Number& coefficient : of_sum) inverse = Joined(norm, inverse, coefficient);
  if (norm == BallNorm::kMax) return inverse;  // no derivative of one function exceeds that of their sum
  Number single = 0;
  for (std::size_t order = 0; order + 1 < of_one.size(); ++order) single += of_one[order];
  return inverse + Number(static_cast<double>(functions)) * single;
}

// Times 1 + slope t for each of the axes, as a polynomial in t.
template <class Number>
std::vector<Number> TimesAffine(BallNorm norm, std::vector<Number> polynomial, int axes, double slope) {
  for (int axis = 0; axis < axes; ++axis) {
    for (std::size_t order = polynomial.size(); --order > 0;) {
      polynomial[order] = Joined(norm, polynomial[order], Number(slope * polynomial[order - 1]));
    }
  }
  return polynomial;
}

template <class Number>
Number InverseErrorOf(BallNorm norm, const std::vector<Number>& bumps, int affine_axes, std::int64_t functions) {
  return InverseError(
      norm, TimesAffine(norm, bumps, affine_axes, 1), TimesAffine(norm, bumps, affine_axes, 0.5), functions);
}

double Estimate(const EncoderFloor& floor) {
  const internal::NormPolynomial bumps = internal::ProductOverAxes(floor.grid.norm, floor.grid.bump, floor.grid.x);
  std::vector<double> coefficients;
  for (std::size_t order = 0; order < bumps.size(); ++order) coefficients.push_back(bumps[order]);
  return InverseErrorOf(floor.grid.norm, coefficients, floor.affine_axes, floor.Functions());
}

Real Exactly(const EncoderFloor& floor) {
  const Bump& bump = floor.grid.bump;
  std::vector<Real> product(bump.seminorms.size(), Real(0));
  product[0] = 1;
  const AxisGroup& x = floor.grid.x;
  for (int axis = 0; axis < x.axes; ++axis) {
    const Real cells = x.cells + (axis < x.finer_axes ? 1 : 0);
    if (cells == 0) break;  // the finer ones come first
    std::vector<Real> next(product.size(), Real(0));
    Real scale = 1;
    for (std::size_t j = 0; j < product.size(); ++j, scale *= cells) {
      for (std::size_t i = 0; i + j < product.size(); ++i) {
        next[i + j] = Joined<Real>(floor.grid.norm, next[i + j], product[i] * bump.seminorms[j] * scale);
      }
    }
    product = next;
  }
  return InverseErrorOf(floor.grid.norm, product, floor.affine_axes, floor.Functions());
}

bool HasBumps(const EncoderFloor& floor) { return floor.grid.x.cells > 0 || floor.grid.x.finer_axes > 0; }

// Whole numbers, halves and so on add up without rounding; the seminorms of other bumps do not.
bool IsExact(const EncoderFloor& floor) {
  return !HasBumps(floor) || (floor.grid.bump.family == Bump::Family::kPerfectSpline && floor.grid.bump.order <= 2);
}

double RoundedUp(const EncoderFloor& floor) {
  const Real margin = IsExact(floor) ? Real(0) : Real("1e-40");
  const Real above = Exactly(floor) * (1 + margin);
  const auto nearest = static_cast<double>(above);
  return Real(nearest) < above ? std::nextafter(nearest, std::numeric_limits<double>::infinity()) : nearest;
}

bool IsSmallInteger(double number) { return number == std::floor(number) && number < 1e6; }

// In lowest terms; nothing for numbers that are not whole or not small.
std::optional<std::string> Fraction(double numerator, double denominator) {
  if (!IsSmallInteger(numerator) || !IsSmallInteger(denominator)) return std::nullopt;
  const auto a = static_cast<std::int64_t>(numerator), b = static_cast<std::int64_t>(denominator);
  const std::int64_t common = std::gcd(a, b);
  return std::to_string(a / common) + (b == common ? "" : "/" + std::to_string(b / common));
}

}  // namespace

double EncoderFloor::Error() const {
  const double nearest = 1 / inverse_error;
  const double in_unit_ball = Real(nearest) * inverse_error > 1 ? std::nextafter(nearest, 0.0) : nearest;
  return ErrorInBallBelow(in_unit_ball, radius);
}

std::string EncoderFloor::Text() const {
  const double inverse = inverse_error / radius;
  const bool is_exact = inverse >= 1 && std::fma(inverse, radius, -inverse_error) == 0;
  const std::optional<std::string> fraction =
      is_exact && IsSmallInteger(inverse) ? Fraction(1, inverse) : Fraction(radius, inverse_error);
  if (fraction) return *fraction;
  const double error = Error();
  int exponent = static_cast<int>(std::floor(std::log10(error))) - 3;
  std::array<char, 48> text;
  // The last of four digits is taken down by one where the quotient may have been rounded up.
  const auto digits_at = [error](int place) { return std::floor(error / std::pow(10.0, place) * (1 - 1e-12)); };
  if (digits_at(exponent) < 1000) --exponent;
  const double digits = digits_at(exponent);
  std::snprintf(text.data(), text.size(), "%.0fe%d", digits, exponent);
  return ShortestDecimal(std::strtod(text.data(), nullptr));
}

std::string EncoderFloor::Description() const {
  std::string text;
  if (affine_axes > 0) {
    text = "(1 - t)/2 and (1 + t)/2 along " + std::to_string(affine_axes) + (affine_axes == 1 ? " axis" : " axes");
  }
  if (HasBumps(*this)) text += (text.empty() ? "" : ", ") + grid.Description() + ", " + grid.bump.Name();
  return text.empty() ? "a constant" : text;
}

EncoderFloor ContinuousEncoderFloor(
    int smoothness, int primary_dim, std::int64_t scalars, double radius, BallNorm norm, std::int64_t outputs) {
  RequireInteger("smoothness", smoothness, 1, kMaxSmoothness);
  RequireInteger("primary_dim", primary_dim, 1, kMaxDimension);
  RequireInteger("scalars", scalars, 0, kMaxDimension - 1);
  RequireBetween("radius", radius, kMinRadius, kMaxRadius);
  RequireInteger("outputs", outputs, 1, kMaxCount);
  const auto functions = static_cast<double>(EncoderFloor{.scalars = scalars, .outputs = outputs}.Functions());
  // At smoothness 1 the pairs (1 +- t)/2 are hats on one cell, and pyramids are more for the same norm.
  int most_affine = 0;
  if (smoothness > 1) most_affine = std::min(primary_dim, static_cast<int>(std::ceil(std::log2(functions))));
  const bool all_are_affine = smoothness > 1 && std::exp2(most_affine) >= functions;
  std::optional<EncoderFloor> best;
  double best_estimate = 0;
  for (int affine = all_are_affine ? most_affine : 0; affine <= most_affine; ++affine) {
    if (affine == primary_dim && !all_are_affine) break;
    for (const Bump& bump : AdmissibleBumps(smoothness)) {
      EncoderFloor floor{.scalars = scalars,
                         .affine_axes = affine,
                         .grid = {.layout = smoothness == 1 ? Layout::kCheckerboard : Layout::kNodes,
                                  .bump = bump,
                                  .x = {.axes = primary_dim - affine},
                                  .condition = {.axes = 0},
                                  .norm = norm},
                         .outputs = outputs};
      const double bumps = std::ceil(functions / std::exp2(affine));
      floor.grid.x = FewestSteps(primary_dim - affine, [&](const AxisGroup& x) {
        floor.grid.x = x;
        const Count points = NumPoints(floor.grid);
        return !points.value || static_cast<double>(*points.value) >= bumps;
      });
      const double estimate = Estimate(floor);
      if (best && !(estimate < best_estimate)) continue;
      best = floor;
      best_estimate = estimate;
    }
  }
  best->inverse_error = RoundedUp(*best);
  best->radius = radius;
  return *best;
}

bool ProvesError(const EncoderFloor& floor, double epsilon) {
  return internal::IsBelow(Exactly(floor) * std::nextafter(UnitEpsilonAbove(epsilon, floor.radius), 1.0), 1);
}

std::optional<EncoderFloor> FloorOfScalars(const Problem& problem, std::int64_t scalars) {
  if (scalars >= problem.condition_dim) return std::nullopt;
  return ContinuousEncoderFloor(
      problem.smoothness, problem.primary_dim, scalars, problem.radius, problem.norm, problem.outputs);
}

LeastScalars LeastContinuousScalars(const Problem& problem) {
  Validate(problem);
  const auto floor_of = [&](std::int64_t scalars) { return FloorOfScalars(problem, scalars).value(); };
  LeastScalars least{.scalars = 1, .floor = floor_of(0), .onset = std::nullopt};
  const auto is_excluded = [&](std::int64_t scalars) {
    const EncoderFloor floor = floor_of(scalars);
    if (!ProvesError(floor, problem.epsilon)) return false;
    least = {.scalars = scalars + 1, .floor = floor, .onset = std::nullopt};
    return true;
  };
  std::int64_t low = 0;
  std::int64_t high = problem.condition_dim;
  if (high > 1 && is_excluded(high - 1)) return least;  // as it nearly always is where anything is
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    (is_excluded(middle) ? low : high) = middle;
  }
  if (least.scalars == 1 && problem.condition_dim > 1) {
    const double onset = BelowWithThreeDigits(floor_of(1).Error());
    if (onset >= kMinEpsilon * problem.radius) least.onset = onset;
  }
  return least;
}

std::optional<EncoderFloor> FloorOfEmbeddingDim(const Problem& problem) {
  return FloorOfScalars(problem, problem.EmbeddingDim());
}

}  // namespace hyperwidth
