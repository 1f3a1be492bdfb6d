// SPDX-License-Identifier: Apache-2.0
#include "experiments/compare/scheme_errors.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "experiments/compare/advice.h"
#include "experiments/result/format.h"
#include "experiments/result/paired_comparisons.h"

namespace hyperwidth {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

// The mean of a number of the tests over those that have it; not a number if none has.
double MeanOf(const TestedContender& contender, const char* name) {
  double sum = 0;
  int count = 0;
  for (const ContenderResult* repetition : contender.repetitions) {
    const double value = DetailOf(*repetition, name);
    if (std::isnan(value)) continue;
    sum += value;
    ++count;
  }
  return count == 0 ? kNone : sum / count;
}

constexpr std::pair<const char*, double TestedContender::*> kMeans[] = {
    {"total_parameters", &TestedContender::total_parameters},
    {"primary_parameters", &TestedContender::primary_parameters},
    {"kappa", &TestedContender::kappa},
    {"multiply_adds_reusing", &TestedContender::multiply_adds_reusing},
    {"seen_error", &TestedContender::seen_error}};

// Of the eligible schemes, the name of the one with the lowest mean of log error.
std::string LowestOf(const SchemesOfSize& size, const SizeStanding& standing) {
  std::string lowest = size.schemes[standing.eligible.front()].name;
  for (const std::size_t scheme : standing.eligible) {
    const std::string& name = size.schemes[scheme].name;
    if (name != lowest && standing.Of(name, lowest).difference.value < 0) lowest = name;
  }
  return lowest;
}

Check Judge(const PairedComparison& pair, std::size_t size_number, double size) {
  Check check{.id = CheckId(pair.a, pair.b, size_number),
              .claim = fmt::format(
                  "At size {} ({:.0f}), {} has a lower test error than {}.", size_number, size, pair.a, pair.b),
              .predicted = {.high = 1},
              .measured = std::exp(pair.difference.value)};
  check.group = fmt::format(
      "At size {} ({:.0f}), {} has a lower test error than each other scheme; measured is its error "
      "over theirs.",
      size_number,
      size,
      pair.a);
  check.which = "than " + pair.b;
  check.ci95 = Interval{.low = std::exp(pair.difference.ci95.low), .high = std::exp(pair.difference.ci95.high)};
  if (pair.is_different) check.verdict = pair.difference.value < 0 ? Verdict::kConsistent : Verdict::kInconsistent;
  check.why = fmt::format(
      "Its error is {} times that of {} (95 % interval {}), from {} pairs of one seed; p = {:.2g}, after "
      "Holm's correction for {} comparisons {:.2g}.",
      FormatNumber(check.measured),
      pair.b,
      FormatInterval(*check.ci95),
      pair.difference.samples,
      pair.p_value,
      pair.comparisons,
      pair.adjusted_p);
  return check;
}

}  // namespace

double DetailOf(const ContenderResult& repetition, const char* name) {
  const FieldValue* const value = repetition.tests.empty() ? nullptr : Find(repetition.tests.front().details, name);
  if (value == nullptr) return kNone;
  if (const auto* whole = std::get_if<std::int64_t>(value)) return static_cast<double>(*whole);
  const auto* const real = std::get_if<double>(value);
  return real == nullptr ? kNone : *real;
}

Estimate TestedContender::Error() const { return MeanOfFinite(errors); }

std::vector<TestedContender> TestedContenders(const std::vector<CompareContender>& contenders,
                                              Index repetitions,
                                              const FairResult& found) {
  std::vector<TestedContender> tested;
  const auto each = static_cast<std::size_t>(repetitions);
  for (std::size_t i = 0; i < contenders.size() && (i + 1) * each <= found.contenders.size(); ++i) {
    TestedContender contender{.contender = contenders[i]};
    int finite = 0;
    for (std::size_t r = i * each; r < (i + 1) * each; ++r) {
      const ContenderResult& repetition = found.contenders[r];
      contender.repetitions.push_back(&repetition);
      // One whose trials all failed has not been tested.
      const bool is_tested = !repetition.tests.empty() && repetition.tests.front().message.empty();
      contender.errors.push_back(is_tested ? repetition.tests.front().test_score : kNone);
      if (!is_tested) continue;
      contender.validation_error += repetition.tests.front().validation_score;
      ++finite;
    }
    if (finite == 0) continue;
    contender.validation_error /= finite;
    for (const auto& [name, member] : kMeans) contender.*member = MeanOf(contender, name);
    tested.push_back(std::move(contender));
  }
  return tested;
}

std::vector<SchemesOfSize> BySize(const std::vector<CompareContender>& contenders,
                                  const std::vector<TestedContender>& tested,
                                  double constant_error,
                                  std::int64_t samples) {
  const double half = samples == 0 ? 0 : 0.5 / static_cast<double>(samples);
  const auto positive = [&](double error) { return std::isnan(error) ? error : std::max(error + half, kLeastError); };
  std::vector<SchemesOfSize> sizes;
  for (const CompareContender& contender : contenders) {
    const auto place = static_cast<std::size_t>(contender.size_number) - 1;
    if (place >= sizes.size()) sizes.resize(place + 1);
    sizes[place].size = contender.size;
    sizes[place].mean_errors = {positive(constant_error)};
  }
  for (const TestedContender& contender : tested) {
    ScoredScheme scored{.name = contender.contender.scheme,
                        .total_parameters = contender.total_parameters,
                        .primary_parameters = contender.primary_parameters,
                        .multiply_adds_reusing = contender.multiply_adds_reusing};
    for (const double error : contender.errors) scored.errors.push_back(positive(error));
    sizes[static_cast<std::size_t>(contender.contender.size_number) - 1].schemes.push_back(std::move(scored));
  }
  return sizes;
}

std::vector<Check> JudgeSchemes(const std::vector<SchemesOfSize>& sizes) {
  std::vector<Check> checks;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const SizeStanding standing = StandingOf(sizes[i]);
    if (standing.eligible.size() < 2) continue;
    const std::string lowest = standing.best ? sizes[i].schemes[*standing.best].name : LowestOf(sizes[i], standing);
    for (const std::size_t other : standing.eligible) {
      const std::string& name = sizes[i].schemes[other].name;
      if (name != lowest) checks.push_back(Judge(standing.Of(lowest, name), i + 1, sizes[i].size));
    }
  }
  return checks;
}

}  // namespace hyperwidth
