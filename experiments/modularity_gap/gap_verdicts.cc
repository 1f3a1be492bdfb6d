// SPDX-License-Identifier: Apache-2.0
//
// Series, captions and verdicts of the modularity gap.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <utility>

#include "experiments/modularity_gap/gap_summary.h"
#include "experiments/modularity_gap/modularity_gap.h"
#include "experiments/result/estimate.h"
#include "experiments/result/format.h"
#include "experiments/result/power_law.h"
#include "experiments/result/verdict.h"

namespace hyperwidth {
namespace {

std::string NameOf(const MethodSizes& sizes) {
  if (sizes.is_computed()) return "hypernetwork, computed";
  return sizes.is_embedding() ? fmt::format("embedding, k = {}", sizes.trial.embedding_dim) : "hypernetwork";
}

std::string CaseOf(const MethodSizes& sizes) {
  return fmt::format("m1 = {}, m2 = {}", sizes.trial.primary_dim, sizes.trial.condition_dim);
}

// "<what> in this case.", one of the checks of the same about other dimensions.
Claim ClaimOf(const MethodSizes& sizes, const std::string& id, const std::string& what) {
  return {.id = fmt::format("modularity_gap.m{}+{}.{}", sizes.trial.primary_dim, sizes.trial.condition_dim, id),
          .text = fmt::format("{} ({}).", what, CaseOf(sizes)),
          .group = what + ".",
          .which = CaseOf(sizes)};
}

int Exponent(const MethodSizes& sizes) {
  return sizes.trial.primary_dim + (sizes.is_embedding() ? sizes.trial.condition_dim : 0);
}

// Geometric means over the targets, with Student's interval of their logarithms.
Series Measured(const MethodSizes& sizes) {
  Series series{.name = NameOf(sizes), .x_name = "cells_per_axis", .y_name = "primary_parameters"};
  series.figure = CaseOf(sizes);
  series.x_scale = series.y_scale = AxisScale::kLogarithmic;
  series.x = sizes.parameters.x;
  series.columns = {{"targets", {}},
                    {"smallest", {}},
                    {"largest", {}},
                    {"error_to_reach", sizes.errors},
                    {"certified_worst_target", sizes.certified},
                    {"certified_random_signs", sizes.random_signs},
                    {"constructed", sizes.constructed}};
  for (const std::vector<double>& repetitions : sizes.parameters.y) {
    std::vector<double> logarithms;
    for (const double size : repetitions) logarithms.push_back(std::log(size));
    const Estimate mean = MeanEstimate(logarithms);
    series.y.push_back(std::exp(mean.value));
    series.y_ci95.push_back({.low = std::exp(mean.ci95.low), .high = std::exp(mean.ci95.high)});
    series.columns[0].values.push_back(static_cast<double>(repetitions.size()));
    series.columns[1].values.push_back(*std::min_element(repetitions.begin(), repetitions.end()));
    series.columns[2].values.push_back(*std::max_element(repetitions.begin(), repetitions.end()));
  }
  return series;
}

Series Line(const std::string& name, const MethodSizes& sizes, const std::vector<double>& values) {
  Series series = Measured(sizes);
  series.name = name;
  series.style = SeriesStyle::kLine;
  series.y = values;
  series.y_ci95.clear();
  series.columns.clear();
  return series;
}

// Why training rather than the network may have set the sizes; empty if nothing says so.
std::string OptimisationLimit(const MethodSizes& sizes) {
  if (sizes.above_constructed > 0) {
    return fmt::format("{} sizes found for the {} are above that of a network that can be built.",
                       sizes.above_constructed,
                       NameOf(sizes));
  }
  if (sizes.largest_disagreement > kLargestDisagreement) {
    return fmt::format(
        "Independent searches for the {} differ by a factor of {} on average at the largest n, more than {}: training, "
        "not expressivity, sets the size.",
        NameOf(sizes),
        FormatNumber(sizes.largest_disagreement),
        FormatNumber(kLargestDisagreement));
  }
  return "";
}

Check WithheldIfLimited(Check check, std::initializer_list<const MethodSizes*> methods) {
  for (const MethodSizes* sizes : methods) {
    const std::string limit = OptimisationLimit(*sizes);
    if (!limit.empty() && check.verdict != Verdict::kInconclusive) check = Withhold(check, limit);
  }
  return check;
}

Check JudgeGrowth(const MethodSizes& sizes, const SlopeFit& fit, double added) {
  const std::string what = sizes.is_embedding() ? fmt::format("embedding_k{}_exponent", sizes.trial.embedding_dim)
                                                : std::string("hypernetwork_exponent");
  const std::string claim =
      sizes.is_embedding()
          ? fmt::format("With an embedding of dimension {}, the primary network needs N_q ~ n^(m1 + m2) parameters",
                        sizes.trial.embedding_dim)
          : "A hypernetwork's primary network needs N_g ~ n^m1 parameters";
  const Check check = JudgeExponent(
      ClaimOf(sizes, what, claim), Exponent(sizes) + added, fit, {.finite_range_tolerance = kFiniteRangeTolerance});
  return WithheldIfLimited(check, {&sizes});
}

Check JudgeGrowthWithEmbeddings(const MethodSizes& sizes, const SlopeFit& fit, double added) {
  const Check check = JudgeExponent(
      ClaimOf(sizes,
              fmt::format("embedding_k{}_sum_exponent", sizes.trial.embedding_dim),
              "With the embeddings of all conditions, N_q + k J ~ n^(m1 + m2), the form in which it is proved"),
      Exponent(sizes) + added,
      fit,
      {.finite_range_tolerance = kFiniteRangeTolerance});
  return WithheldIfLimited(check, {&sizes});
}

// How near training came to the least sizes: found and computed, target by target.
struct Nearness {
  std::int64_t runs = 0;
  std::int64_t below = 0;  // what cannot be
  double mean_ratio = 0;   // of the parameters, the geometric mean
  double largest_ratio = 0;
};

Nearness NearnessOf(const MethodSizes& found, const MethodSizes& computed) {
  std::map<std::pair<double, int>, double> least;  // by n and target
  for (std::size_t i = 0; i < computed.parameters.x.size(); ++i) {
    for (std::size_t j = 0; j < computed.targets[i].size(); ++j) {
      least[{computed.parameters.x[i], computed.targets[i][j]}] = computed.parameters.y[i][j];
    }
  }
  Nearness nearness;
  double logarithms = 0;
  for (std::size_t i = 0; i < found.parameters.x.size(); ++i) {
    for (std::size_t j = 0; j < found.targets[i].size(); ++j) {
      const auto partner = least.find({found.parameters.x[i], found.targets[i][j]});
      if (partner == least.end()) continue;  // interrupted between the two
      const double ratio = found.parameters.y[i][j] / partner->second;
      ++nearness.runs;
      nearness.below += ratio < 1;
      logarithms += std::log(ratio);
      nearness.largest_ratio = std::max(nearness.largest_ratio, ratio);
    }
  }
  if (nearness.runs > 0) nearness.mean_ratio = std::exp(logarithms / static_cast<double>(nearness.runs));
  return nearness;
}

// No network that training found is smaller than the least number of pieces allows.
Check JudgeLeast(const MethodSizes& found, const Nearness& nearness) {
  return JudgeNever(ClaimOf(found,
                            "never_below_least_pieces",
                            "No hypernetwork's primary network that was found has fewer pieces than the target needs"),
                    nearness.below,
                    nearness.runs,
                    fmt::format("training found {} times the least parameters on average, at most {} times",
                                FormatNumber(nearness.mean_ratio),
                                FormatNumber(nearness.largest_ratio)));
}

// Over all trials of a case: no size below what is proved for random signs.
Check JudgeCertified(const std::vector<MethodSizes>& methods) {
  std::int64_t runs = 0, violations = 0;
  double closest = std::numeric_limits<double>::infinity();
  for (const MethodSizes& sizes : methods) {
    if (sizes.is_computed()) continue;  // bounds from below themselves
    for (std::size_t i = 0; i < sizes.parameters.y.size(); ++i) {
      for (const double size : sizes.parameters.y[i]) {
        ++runs;
        violations += size < sizes.random_signs[i];
        closest = std::min(closest, size / sizes.random_signs[i]);
      }
    }
  }
  return JudgeNever(ClaimOf(methods.front(),
                            "never_below_certified",
                            "No network that was found is smaller than what is proved to be needed for random signs, "
                            "but with probability 2^-20"),
                    violations,
                    runs,
                    fmt::format("a network with {} times the parameters proved to be needed", FormatNumber(closest)));
}

std::string Spoken(const MethodSizes& sizes, const SlopeFit& fit) {
  return fmt::format("{}: {} {}", NameOf(sizes), FormatNumber(fit.slope), FormatInterval(fit.ci95));
}

// The checks of a case, and what each is about, in the words of a caption.
struct Judged {
  std::vector<Check> checks = {};
  std::vector<std::string> subjects = {};

  void Add(Check check, std::string subject) {
    checks.push_back(std::move(check));
    subjects.push_back(std::move(subject));
  }
};

// "Concluded, consistent: the exponent of ..; the bend at k = 8.", a line for each verdict that there is.
std::string Concluded(const Judged& judged) {
  std::string text;
  for (const Verdict verdict : {Verdict::kConsistent, Verdict::kInconsistent, Verdict::kInconclusive}) {
    std::vector<std::string> subjects;
    for (std::size_t i = 0; i < judged.checks.size(); ++i) {
      if (judged.checks[i].verdict == verdict) subjects.push_back(judged.subjects[i]);
    }
    if (!subjects.empty()) text += fmt::format("\nConcluded, {}: {}.", ToString(verdict), fmt::join(subjects, "; "));
  }
  return text;
}

// What is claimed, measured and concluded, under the figure of a case.
FigureNote Caption(const std::vector<MethodSizes>& methods, const std::vector<SlopeFit>& fits, const Judged& judged) {
  FigureNote note{.x_name = "cells_per_axis", .y_name = "primary_parameters", .figure = CaseOf(methods.front())};
  note.title = "Smallest primary networks found, " + CaseOf(methods.front());
  std::vector<std::string> slopes;
  for (std::size_t i = 0; i < methods.size(); ++i) slopes.push_back(Spoken(methods[i], fits[i]));
  note.caption = fmt::format(
      "Claimed: the exponent of n is m1 = {} for the hypernetwork's primary network and m1 + m2 = {} for that of an "
      "embedding method while k is small.\nMeasured, with 95 % intervals: {}.{}",
      methods.front().trial.primary_dim,
      methods.front().trial.primary_dim + methods.front().trial.condition_dim,
      fmt::join(slopes, "; "),
      Concluded(judged));
  return note;
}

// One case: its figure and its verdicts.
void Summarise(const ModularityGapOptions& options,
               const std::vector<MethodSizes>& methods,
               double added,
               Result& result) {
  std::vector<SlopeFit> fits;
  Judged judged;
  const auto computed =
      std::find_if(methods.begin(), methods.end(), [](const MethodSizes& sizes) { return sizes.is_computed(); });
  const bool has_computed = computed != methods.end();
  for (const MethodSizes& sizes : methods) {
    const Series measured = Measured(sizes);
    result.series.push_back(measured);
    fits.push_back(sizes.Fit(options.program.seed));
    // Where least sizes are known they are judged, and what training found stands beside them.
    const bool is_judged = sizes.is_embedding() ? sizes.trial.embedding_dim == 1 : sizes.is_computed() == has_computed;
    if (is_judged) {
      if (sizes.parameters.x.size() > 1) {
        result.series.push_back(
            PowerLawThrough(fmt::format("slope {}: {}", Exponent(sizes), NameOf(sizes)), Exponent(sizes), measured));
      }
      result.series.push_back(Line("worst target, certified: " + NameOf(sizes), sizes, sizes.certified));
      judged.Add(JudgeGrowth(sizes, fits.back(), added), "the exponent of " + NameOf(sizes));
      if (sizes.is_embedding()) {
        judged.Add(JudgeGrowthWithEmbeddings(sizes, sizes.FitWithEmbeddings(options.program.seed), added),
                   "that with the embeddings of all conditions");
      }
    }
  }
  const auto find = [&](int embedding_dim) -> std::optional<std::size_t> {
    for (std::size_t i = 0; i < methods.size(); ++i) {
      const MethodSizes& sizes = methods[i];
      if (sizes.trial.embedding_dim == embedding_dim && (embedding_dim > 0 || sizes.is_computed() == has_computed)) {
        return i;
      }
    }
    return std::nullopt;
  };
  const std::optional<std::size_t> hypernetwork = find(0), embedding = find(1);
  if (hypernetwork && embedding) {
    judged.Add(WithheldIfLimited(
                   JudgeSeparate(ClaimOf(methods.front(),
                                         "separate",
                                         "The hypernetwork's exponent is smaller than that of an embedding with k = 1"),
                                 fits[*hypernetwork],
                                 fits[*embedding]),
                   {&methods[*hypernetwork], &methods[*embedding]}),
               "the gap between the two");
    if (result.decisive.empty()) result.decisive = judged.checks.back().id;
  }
  // Beyond k* ~ n^m1 an embedding carries whole weight vectors; a dense first layer then costs n^(2 m1), which is less
  // than n^(m1 + m2) if m2 > m1 [Galanti and Wolf, Theorem 3].
  const std::size_t last = methods.size() - 1;
  if (embedding && last > *embedding && methods.front().trial.condition_dim > methods.front().trial.primary_dim) {
    judged.Add(
        WithheldIfLimited(
            JudgeSeparate(ClaimOf(methods.front(),
                                  "bend",
                                  fmt::format("With k = {}, beyond the crossover k* ~ n^m1, the exponent is smaller "
                                              "than with k = 1: the curve bends",
                                              methods[last].trial.embedding_dim)),
                          fits[last],
                          fits[*embedding]),
            {&methods[last], &methods[*embedding]}),
        fmt::format("the bend at k = {}", methods[last].trial.embedding_dim));
  }
  judged.Add(JudgeCertified(methods), "that no network is smaller than is proved to be needed");
  if (has_computed && !methods.front().is_computed() && !methods.front().is_embedding()) {
    judged.Add(JudgeLeast(methods.front(), NearnessOf(methods.front(), *computed)),
               "that none that was found has fewer pieces than the target needs");
  }
  result.figures.push_back(Caption(methods, fits, judged));
  result.checks.insert(result.checks.end(), judged.checks.begin(), judged.checks.end());
}

}  // namespace

Result SummariseModularityGap(const ModularityGapOptions& options,
                              const TrialOutcomes& outcomes,
                              double added_to_exponents) {
  Result result{.experiment = "modularity_gap"};
  result.title = "Does training find the modularity gap?";
  result.about = fmt::format(
      "The smallest ReLU networks with one hidden layer are sought that come within {} of the height of hard targets "
      "everywhere, for a hypernetwork and for embeddings, by the same search with the same budget. The targets have n "
      "cells on each axis of x and of I. How the primary network grows with n is held against the theory: like n^m1 "
      "for a hypernetwork, like n^(m1 + m2) for an embedding of small dimension k.\n"
      "Targets are sums of bumps with random signs, the hardest of the Sobolev ball; the search is Levenberg-Marquardt "
      "with restarts, over its damping and the scale of random weights.\n"
      "The conditions are the centres of the J = n^m2 cells of I, where bumps are highest. An embedding's values at "
      "them, and all weights that a hypernetwork generates for them, are free: e and f are as large as they like, "
      "since some network takes any values at J points. So N counts the primary network alone, as the theory does; "
      "that of the hypernetwork is generated, not trained.\n"
      "For m1 = 1 the least size of the hypernetwork's is also computed, to one unit: from the least number of linear "
      "pieces within the tolerance, for n into the thousands. Its exponent is judged on these sizes.\n"
      "The certified lines are what the worst target of the ball needs, all of whose signs alternate: random signs "
      "need less.",
      FormatNumber(options.tolerance));
  result.limits = fmt::format(
      "Sizes that are not computed are the smallest that training found, upper bounds of the smallest there are.\n"
      "Exponents over such a short range are allowed +-{} %, fixed beforehand.\n"
      "A verdict is withheld where independent searches disagree or sizes exceed what can be built: then training, not "
      "expressivity, limits the result.",
      FormatNumber(100 * kFiniteRangeTolerance));
  for (const std::vector<MethodSizes>& methods : SizesByCase(options, outcomes)) {
    Summarise(options, methods, added_to_exponents, result);
  }
  return result;
}

}  // namespace hyperwidth
