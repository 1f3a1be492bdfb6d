// SPDX-License-Identifier: Apache-2.0
#include "experiments/compare/advice.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "experiments/result/format.h"
#include "experiments/result/verdict.h"

namespace hyperwidth {
namespace {

// Two digits, or a whole number: 160, not 1.6e+02.
std::string Factor(double factor) {
  return factor >= 100 ? fmt::format("{:.0f}", factor) : fmt::format("{:.2g}", factor);
}

// "embedding, film and concat"
std::string Listed(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
  }
  return text;
}

// One size, with what is said of it.
class Size {
 public:
  Size(const SchemesOfSize& schemes, const SizeStanding& standing, const AdviceOptions& options)
      : schemes_(schemes), standing_(standing), options_(options) {}

  const std::string& name(std::size_t scheme) const { return schemes_.schemes[scheme].name; }
  const SizeStanding& standing() const { return standing_; }
  std::size_t repetitions() const { return schemes_.schemes[0].errors.size(); }
  std::string At() const { return fmt::format("at {} {}", FormatNumber(schemes_.size), options_.unit); }

  // "0.6 times that of embedding (0.5 to 0.7, 5 repetitions)", of one scheme's error.
  std::string ErrorAgainst(std::size_t scheme, std::size_t other) const {
    const Estimate logs = standing_.Of(name(scheme), name(other)).difference;
    return fmt::format("{} times that of {} ({} to {}, {} repetitions)",
                       Factor(std::exp(logs.value)),
                       name(other),
                       Factor(std::exp(logs.ci95.low)),
                       Factor(std::exp(logs.ci95.high)),
                       logs.samples);
  }
  double ErrorFactor(std::size_t scheme, std::size_t other) const {
    return std::exp(standing_.Of(name(scheme), name(other)).difference.value);
  }
  double CostFactor(std::size_t scheme, std::size_t other) const {
    return schemes_.schemes[scheme].multiply_adds_reusing / schemes_.schemes[other].multiply_adds_reusing;
  }

  // Of these schemes the one with the lowest error.
  std::size_t LowestOf(const std::vector<std::size_t>& schemes) const {
    return *std::min_element(
        schemes.begin(), schemes.end(), [&](std::size_t i, std::size_t j) { return i != j && ErrorFactor(i, j) < 1; });
  }

  std::vector<std::string> NamesOf(const std::vector<std::size_t>& schemes) const {
    std::vector<std::string> names;
    for (const std::size_t scheme : schemes) names.push_back(name(scheme));
    return names;
  }

  // Of those that are cheap beside the advised one and not much worse, the one with the lowest error.
  std::optional<std::size_t> CheaperThan(std::size_t advised) const {
    std::vector<std::size_t> found;
    for (const std::size_t scheme : standing_.learnt) {
      if (scheme == advised || CostFactor(scheme, advised) > kCheaper) continue;
      if (ErrorFactor(scheme, advised) <= kNotMuchWorse) found.push_back(scheme);
    }
    if (found.empty()) return std::nullopt;
    return LowestOf(found);
  }

  // Of the undecided ones, but for one of which enough is said.
  std::string Undecided(std::optional<std::size_t> told) const {
    std::vector<std::size_t> schemes = standing_.undecided;
    if (told) std::erase(schemes, *told);
    if (schemes.empty()) return "";
    return fmt::format("; {} repetitions do not tell how much worse {} {}",
                       repetitions(),
                       Listed(NamesOf(schemes)),
                       schemes.size() == 1 ? "is" : "are");
  }

  std::string Failures() const {
    std::vector<std::string> failures;
    for (const ScoredScheme& scheme : schemes_.schemes) {
      const auto count =
          std::count_if(scheme.errors.begin(), scheme.errors.end(), [](double e) { return std::isnan(e); });
      if (count > 0) failures.push_back(fmt::format("{} in {} of {}", scheme.name, count, scheme.errors.size()));
    }
    return failures.empty() ? "" : fmt::format("; failed repetitions: {}", Listed(failures));
  }

 private:
  const SchemesOfSize& schemes_;
  const SizeStanding& standing_;
  const AdviceOptions& options_;
};

void Validate(std::span<const SchemesOfSize> sizes) {
  for (const SchemesOfSize& schemes : sizes) {
    for (const ScoredScheme& scheme : schemes.schemes) {
      if (scheme.multiply_adds_reusing > 0 && std::isfinite(scheme.multiply_adds_reusing)) continue;
      throw std::invalid_argument(
          fmt::format("multiply-adds of {}: found {}, accepted: above 0", scheme.name, scheme.multiply_adds_reusing));
    }
  }
  for (std::size_t i = 1; i < sizes.size(); ++i) {
    if (sizes[i - 1].size < sizes[i].size) continue;
    throw std::invalid_argument(
        fmt::format("sizes: found {} after {}, accepted: ascending ones", sizes[i].size, sizes[i - 1].size));
  }
}

// Why nothing can be advised at a size at which something was learnt; empty if something can.
std::string WhyInconclusive(const Size& size) {
  const SizeStanding& standing = size.standing();
  if (standing.eligible.size() == 1) {
    return fmt::format("{} only {} has no failed repetition: there is nothing to compare it with",
                       size.At(),
                       size.name(standing.eligible[0]));
  }
  if (size.repetitions() < static_cast<std::size_t>(kFewestRepetitions)) {
    return fmt::format(
        "{} there are {} repetitions, where at least {} are needed", size.At(), size.repetitions(), kFewestRepetitions);
  }
  if (!standing.worse.empty()) return "";
  const std::size_t best = *standing.best;
  std::vector<std::size_t> others;
  for (const std::size_t scheme : standing.eligible) {
    if (scheme != best) others.push_back(scheme);
  }
  return fmt::format("{} no scheme is shown to be better than another; {} has the lowest error, {}",
                     size.At(),
                     size.name(best),
                     size.ErrorAgainst(best, size.LowestOf(others)));
}

// What speaks for the advised scheme.
std::string Reason(const Size& size, std::size_t advised) {
  const SizeStanding& standing = size.standing();
  const std::size_t best = *standing.best, next = size.LowestOf(standing.worse);
  if (standing.as_good.size() == 1) {
    return fmt::format("{}: {} its error is {}", size.name(best), size.At(), size.ErrorAgainst(best, next));
  }
  const std::string worse = fmt::format("the error of {} is {}", size.name(best), size.ErrorAgainst(best, next));
  if (advised != best) {
    return fmt::format(
        "{}: {} it is as good as the best, its error being {}, and needs {} times the multiply-adds with known "
        "conditions; {}",
        size.name(advised),
        size.At(),
        size.ErrorAgainst(advised, best),
        Factor(size.CostFactor(advised, best)),
        worse);
  }
  std::vector<std::string> others = size.NamesOf(standing.as_good);
  std::erase(others, size.name(best));
  return fmt::format(
      "{}: {} it has the lowest error, and needs the fewest multiply-adds with known conditions of those "
      "that are as good ({}); {}",
      size.name(best),
      size.At(),
      Listed(others),
      worse);
}

// The sizes other than the one that decides at which the advised scheme is not among the best.
std::string OtherSizes(const std::vector<Size>& sizes, std::size_t deciding, const std::string& advised) {
  std::string text;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const SizeStanding& standing = sizes[i].standing();
    if (i == deciding || !standing.best) continue;
    const std::size_t best = *standing.best;
    for (const std::size_t scheme : standing.worse) {
      if (sizes[i].name(scheme) != advised) continue;
      text += fmt::format("; {} {} is better, its error being {}",
                          sizes[i].At(),
                          sizes[i].name(best),
                          sizes[i].ErrorAgainst(best, scheme));
    }
  }
  return text;
}

}  // namespace

std::string CheckId(const std::string& a, const std::string& b, std::size_t size_number) {
  return fmt::format("compare.{}_below_{}.size{}", a, b, size_number);
}

SchemeAdvice Advise(std::span<const SchemesOfSize> sizes, const AdviceOptions& options) {
  Validate(sizes);
  SchemeAdvice advice;
  for (const SchemesOfSize& schemes : sizes) advice.standings.push_back(StandingOf(schemes, options.level));
  std::vector<Size> all;
  std::optional<std::size_t> deciding;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    all.emplace_back(sizes[i], advice.standings[i], options);
    if (advice.standings[i].best) deciding = i;
  }
  if (!deciding) {
    const std::string failures = sizes.empty() ? "" : all.back().Failures();
    const bool is_any = std::any_of(
        advice.standings.begin(), advice.standings.end(), [](const SizeStanding& s) { return !s.eligible.empty(); });
    advice.sentence = is_any ? "Nothing was learnt: no scheme's error is shown to be below that of predicting the mean "
                               "of the training data" +
                                   failures + "."
                             : "Inconclusive: no scheme came through all repetitions" + failures + ".";
    return advice;
  }
  const Size& size = all[*deciding];
  const std::string why = WhyInconclusive(size);
  if (!why.empty()) {
    advice.sentence = "Inconclusive: " + why + size.Failures() + ".";
    return advice;
  }
  const SizeStanding& standing = size.standing();
  const std::size_t advised = *standing.cheapest;
  advice.scheme = size.name(advised);
  for (const std::size_t worse : standing.worse) {
    advice.because.push_back(CheckId(size.name(*standing.best), size.name(worse), *deciding + 1));
  }
  advice.sentence = Reason(size, advised);
  const std::optional<std::size_t> cheaper = size.CheaperThan(advised);
  if (cheaper) {
    advice.sentence += fmt::format(
        "; if evaluations with known conditions are what you pay for, {} needs {} times the multiply-adds, its error "
        "being {}",
        size.name(*cheaper),
        Factor(size.CostFactor(*cheaper, advised)),
        size.ErrorAgainst(*cheaper, advised));
  }
  advice.sentence += size.Undecided(cheaper) + OtherSizes(all, *deciding, *advice.scheme) + size.Failures() + ".";
  return advice;
}

}  // namespace hyperwidth
