// SPDX-License-Identifier: Apache-2.0
#include "experiments/result/verdict.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <stdexcept>

#include "experiments/result/format.h"

namespace hyperwidth {
namespace {

constexpr std::int64_t kFewestPoints = 4;  // of a fit: three leave one degree of freedom

// A prediction in a sentence.
std::string Spoken(const Interval& predicted) {
  if (predicted == Interval{}) return "any number";
  if (predicted.low == predicted.high) return "the predicted value " + FormatNumber(predicted.low);
  return "the predicted range " + FormatRange(predicted);
}

std::string Percent(double fraction) { return FormatNumber(100 * fraction) + " %"; }

// "(Student's [1, 2], bootstrap [1.1, 2.1]) from 6 points, x from 10 to 1000, 2 more below that dropped": what the
// interval of a fit rests on.
std::string Basis(const SlopeFit& fit) {
  std::string basis;
  if (fit.bootstrap95) {
    basis =
        fmt::format("(Student's {}, bootstrap {}) ", FormatInterval(fit.student95), FormatInterval(*fit.bootstrap95));
  }
  basis += fmt::format(
      "from {} points, x from {} to {}", fit.points, FormatNumber(fit.x_range.low), FormatNumber(fit.x_range.high));
  if (fit.dropped > 0) basis += fmt::format(" ({} with smaller x dropped by the rule for the range)", fit.dropped);
  return basis;
}

void Validate(double exponent, const ExponentOptions& options) {
  if (std::isfinite(exponent) && exponent != 0 && options.max_half_width > 0 && options.finite_range_tolerance >= 0) {
    return;
  }
  throw std::invalid_argument(
      fmt::format("exponent = {}, max_half_width = {}, finite_range_tolerance = {}; accepted: an exponent other than "
                  "zero, max_half_width > 0, finite_range_tolerance >= 0",
                  exponent,
                  options.max_half_width,
                  options.finite_range_tolerance));
}

// How the interval of a fit stands to the predicted exponent, as the end of a sentence.
std::string Conclusion(const Check& check, double exponent, const ExponentOptions& options) {
  const std::string number = FormatNumber(exponent);
  if (check.verdict == Verdict::kInconclusive) {
    return fmt::format(
        "wider than +-{} of the predicted {}: too uncertain to tell", Percent(options.max_half_width), number);
  }
  const bool consistent = check.verdict == Verdict::kConsistent;
  if (options.finite_range_tolerance == 0) {
    return fmt::format("which {} the predicted {}", consistent ? "contains" : "excludes", number);
  }
  return fmt::format("which {} {}, the predicted {} with +-{} for the finite range",
                     consistent ? "meets" : "lies outside",
                     FormatRange(check.predicted),
                     number,
                     Percent(options.finite_range_tolerance));
}

}  // namespace

Check MakeCheck(const Claim& claim, Interval predicted, double measured, Interval ci95) {
  Check check{.id = claim.id, .claim = claim.text, .predicted = predicted, .measured = measured};
  check.group = claim.group;
  check.which = claim.which;
  // An interval that says nothing is none.
  if (ci95 != Interval{} && !std::isnan(ci95.low) && !std::isnan(ci95.high)) check.ci95 = ci95;
  return check;
}

void SetTooFew(Check& check, std::int64_t found, const char* what, std::int64_t needed) {
  check.verdict = Verdict::kInconclusive;
  check.why = fmt::format(
      "Only {} {}{}, where at least {} are needed for a verdict.", found, what, found == 1 ? "" : "s", needed);
}

Check JudgeRange(const Claim& claim, Interval predicted, const Estimate& measured, const std::string& basis) {
  Check check = MakeCheck(claim, predicted, measured.value, measured.ci95);
  if (!check.ci95 || std::isnan(measured.value)) {
    check.why = "There is no 95 % interval of the measured value to judge by.";
    return check;
  }
  const Interval& ci = *check.ci95;
  const bool inside = ci.low >= predicted.low && ci.high <= predicted.high;
  const bool outside = ci.high < predicted.low || ci.low > predicted.high;
  check.verdict = inside ? Verdict::kConsistent : outside ? Verdict::kInconsistent : Verdict::kInconclusive;
  check.why = fmt::format("The 95 % interval {} of the measured {}{} {} {}.",
                          FormatInterval(ci),
                          FormatNumber(measured.value),
                          basis.empty() ? "" : " " + basis,
                          inside    ? "lies wholly within"
                          : outside ? "lies wholly outside"
                                    : "is partly inside and partly outside",
                          Spoken(predicted));
  return check;
}

Check JudgeMean(const Claim& claim, Interval predicted, std::span<const double> samples) {
  const Estimate mean = MeanEstimate(samples);
  Check check = JudgeRange(claim, predicted, mean, fmt::format("(mean of {} repetitions)", samples.size()));
  if (mean.samples < kFewestRepetitions) {
    SetTooFew(check, mean.samples, "repetition", kFewestRepetitions);
  } else if (mean.ci95.low == mean.ci95.high) {
    check.verdict = Verdict::kInconclusive;
    check.why = fmt::format("All {} repetitions gave {}: repetitions that are not independent show nothing.",
                            mean.samples,
                            FormatNumber(mean.value));
  }
  return check;
}

Check JudgeErrorFraction(const Claim& claim, Interval predicted, std::int64_t errors, std::int64_t samples) {
  Check check = JudgeRange(
      claim, predicted, FractionEstimate(errors, samples), fmt::format("({} errors in {} samples)", errors, samples));
  check.why += " The interval covers the choice of samples, not the spread between training runs.";
  return check;
}

Check JudgeLess(const Claim& claim, const PairedSamples& samples) {
  const Estimate difference = PairedDifferenceEstimate(samples.a, samples.b);
  const Interval below_zero{.high = 0};
  Check check = MakeCheck(claim, below_zero, difference.value, difference.ci95);
  if (difference.samples < kFewestRepetitions) {
    SetTooFew(check, difference.samples, "pair", kFewestRepetitions);
    return check;
  }
  const Interval& ci = difference.ci95;
  const std::string numbers = fmt::format("{} minus {} is {} on average over {} pairs",
                                          samples.name_a,
                                          samples.name_b,
                                          FormatNumber(difference.value),
                                          difference.samples);
  if (ci.low == ci.high) {
    check.why = numbers + ", and the same for every pair: repetitions that are not independent show nothing.";
    return check;
  }
  check.verdict = ci.high < 0 ? Verdict::kConsistent : ci.low > 0 ? Verdict::kInconsistent : Verdict::kInconclusive;
  check.why = fmt::format("{}; its 95 % interval {} {}.",
                          numbers,
                          FormatInterval(ci),
                          ci.high < 0  ? "lies below zero"
                          : ci.low > 0 ? "lies above zero"
                                       : "contains zero");
  return check;
}

Check JudgeExponent(const Claim& claim, double exponent, const SlopeFit& fit, const ExponentOptions& options) {
  Validate(exponent, options);
  const double margin = options.finite_range_tolerance * std::abs(exponent);
  Check check = MakeCheck(claim, {.low = exponent - margin, .high = exponent + margin}, fit.slope, fit.ci95);
  if (fit.points < kFewestPoints) {
    SetTooFew(check, fit.points, "point", kFewestPoints);
    return check;
  }
  const bool contains = fit.ci95.low - margin <= exponent && exponent <= fit.ci95.high + margin;
  const bool narrow = (fit.ci95.high - fit.ci95.low) / 2 <= options.max_half_width * std::abs(exponent);
  check.verdict = !contains ? Verdict::kInconsistent : narrow ? Verdict::kConsistent : Verdict::kInconclusive;
  check.why = fmt::format("Fitted exponent {} with 95 % interval {} {}, {}.",
                          FormatNumber(fit.slope),
                          FormatInterval(fit.ci95),
                          Basis(fit),
                          Conclusion(check, exponent, options));
  return check;
}

Check JudgeSeparate(const Claim& claim, const SlopeFit& smaller, const SlopeFit& larger) {
  const Interval difference{.low = larger.ci95.low - smaller.ci95.high, .high = larger.ci95.high - smaller.ci95.low};
  Check check = MakeCheck(claim, {.low = 0}, larger.slope - smaller.slope, difference);
  const std::int64_t points = std::min(smaller.points, larger.points);
  if (points < kFewestPoints) {
    SetTooFew(check, points, "point", kFewestPoints);
    return check;
  }
  check.verdict = difference.low > 0    ? Verdict::kConsistent
                  : difference.high < 0 ? Verdict::kInconsistent
                                        : Verdict::kInconclusive;
  check.why = fmt::format(
      "The 95 % interval {} of the exponent {} that should be the smaller, {}, {} {} of the {} that "
      "should be the larger, {}.",
      FormatInterval(smaller.ci95),
      FormatNumber(smaller.slope),
      Basis(smaller),
      difference.low > 0    ? "lies wholly below"
      : difference.high < 0 ? "lies wholly above"
                            : "overlaps with",
      FormatInterval(larger.ci95),
      FormatNumber(larger.slope),
      Basis(larger));
  return check;
}

Check JudgeNever(const Claim& claim, std::int64_t violations, std::int64_t runs, const std::string& closest) {
  if (violations < 0 || violations > runs) {
    throw std::domain_error(
        fmt::format("{} violations in {} runs; accepted: 0 <= violations <= runs", violations, runs));
  }
  // A count is exact; what it leaves open is in `why`.
  const double count = static_cast<double>(violations);
  Check check = MakeCheck(claim, {.low = 0, .high = 0}, count, {.low = count, .high = count});
  check.unit = fmt::format("of {} runs", runs);
  const std::string nearest = closest.empty() ? "" : " The closest: " + closest + ".";
  if (violations > 0) {
    check.verdict = Verdict::kInconsistent;
    check.why = fmt::format("{} of {} runs violate it, where a single one refutes it.{}", violations, runs, nearest);
  } else if (runs < kFewestRuns) {
    SetTooFew(check, runs, "run", kFewestRuns);
    check.why += nearest;
  } else {
    check.verdict = Verdict::kConsistent;
    check.why = fmt::format(
        "None of {} runs violates it, each of which could have: with 95 % confidence fewer than {} of such runs do.{}",
        runs,
        Percent(FractionEstimate(0, runs).ci95.high),
        nearest);
  }
  return check;
}

Check Withhold(Check check, const std::string& reason) {
  if (reason.empty()) throw std::invalid_argument("a verdict withheld without a reason; accepted: a sentence");
  if (check.verdict == Verdict::kInconclusive) {
    check.why += " " + reason;
  } else {
    check.why = fmt::format("Withheld, and would be {}: {} {}", ToString(check.verdict), reason, check.why);
    check.verdict = Verdict::kInconclusive;
  }
  return check;
}

std::int64_t CountVerdicts(std::span<const Check> checks, Verdict verdict) {
  return std::count_if(checks.begin(), checks.end(), [&](const Check& check) { return check.verdict == verdict; });
}

}  // namespace hyperwidth
