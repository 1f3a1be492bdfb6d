// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "experiments/best_approximation/best_approximation.h"
#include "experiments/result/estimate.h"
#include "experiments/result/format.h"
#include "experiments/result/verdict.h"

namespace hyperwidth {
namespace {

// Errors of the search are sums of a few thousand rounded numbers of size 1.
constexpr double kRounding = 1e-9;

// T_2 to T_8 fall by less than this from an extremum inside to the nearest of 4,001 points: half the square of 1/4000
// times |T_8''| = 64 / sin^2(pi / 8) at the outermost one, whose nearest point is at less than half that distance
// (fall 3.2e-6); the third derivative adds a sixth of a percent.
constexpr double kMissedByPoints = 64 / 0.1464 / 2 / 4000 / 4000;

std::vector<const BestRecord*> Of(const std::vector<BestRecord>& records, const std::string& family) {
  std::vector<const BestRecord*> found;
  for (const BestRecord& record : records) {
    if (record.family == family) found.push_back(&record);
  }
  return found;
}

std::int64_t CountKind(const std::vector<const BestRecord*>& records, BestKind kind) {
  return std::count_if(
      records.begin(), records.end(), [&](const BestRecord* record) { return KindOf(record->found) == kind; });
}

// Any error below a proved bound would refute the bound or its computation.
Check JudgeBounds(const std::vector<BestRecord>& records) {
  std::int64_t violations = 0;
  for (const BestRecord& record : records) violations += record.found.error < record.found.lower() - kRounding;
  return JudgeNever({.id = "best_approximation.never_below_bound",
                     .text = "No neuron that the search found has a largest error below what is proved for all."},
                    violations,
                    static_cast<std::int64_t>(records.size()));
}

// "For some targets an assumption fails": the share of random targets for which it is proved to fail is above 0. One of
// them proves it; none leaves it open, since such targets may be a set without volume.
Check JudgeShare(const std::vector<BestRecord>& records, Bumps bumps, BestKind kind) {
  const std::vector<const BestRecord*> targets = Of(records, BumpsName(bumps));
  const std::int64_t count = CountKind(targets, kind), all = static_cast<std::int64_t>(targets.size());
  const bool is_existence = kind == BestKind::kNonexistent;
  const std::string claim = is_existence
                                ? "Some targets have no best approximator by one neuron (against assumption 1)."
                                : "One neuron does not help with some targets (against assumption 2).";
  const Estimate share = FractionEstimate(count, all);
  Check check = MakeCheck(
      {.id = fmt::format("best_approximation.{}.{}", BumpsName(bumps), is_existence ? "none_is_best" : "no_help"),
       .text = fmt::format("{} bumps: {}", BumpsName(bumps), claim),
       .group = claim,
       .which = BumpsName(bumps) + " bumps"},
      {.low = 0},
      share.value,
      share.ci95);
  if (share.ci95.low > 0) check.verdict = Verdict::kConsistent;
  check.why = fmt::format(
      "It is proved for {} of {} random targets: measured is the share of the sphere that consists of such, with "
      "Clopper and Pearson's interval. A share of 0 would be no proof that there are none: they may be a set without "
      "volume.",
      count,
      all);
  return check;
}

// T_m alternates at m + 1 points: from three on, no neuron helps.
Check JudgeAlternating(const std::vector<BestRecord>& records) {
  double low = 1, high = 0;
  std::int64_t degrees = 0;
  for (const BestRecord* record : Of(records, "chebyshev")) {
    if (record->position < 2) continue;
    ++degrees;
    low = std::min(low, record->found.lower());
    high = std::max(high, record->found.error);
  }
  Check check = JudgeRange({.id = "best_approximation.alternating",
                            .text = "No neuron lowers the error of a target whose three or more extrema alternate "
                                    "between +1 and -1 (T_2 to T_8)."},
                           {.low = 1 - kMissedByPoints, .high = 1 + kRounding},
                           {.value = (low + high) / 2, .ci95 = {.low = low, .high = high}, .samples = degrees});
  check.why =
      fmt::format("Least errors lie in [{}, {}], from proved bounds and from the search, where a constant has 1.",
                  FormatNumber(low),
                  FormatNumber(high));
  return check;
}

Check JudgeQuiet(const std::vector<BestRecord>& records) {
  std::int64_t bad = 0, all = 0;
  for (const BestRecord* record : Of(records, "quiet")) {
    const Approximation& found = record->found;
    const bool is_zero = std::abs(found.best(-1)) + std::abs(found.best(1)) < 0.1;
    bad += found.error - found.lower() > kCertifiedGap * found.error + kRounding || is_zero;
    ++all;
  }
  return JudgeNever({.id = "best_approximation.quiet_path",
                     .text = "On the path 0.3 (cos t tanh x + sin t) + 0.01 cos t T_6(x) from y to -y the best "
                             "approximator is certified and not 0."},
                    bad,
                    all);
}

void AddPath(const TargetPath& path, const std::vector<BestRecord>& records, Result& result) {
  const std::vector<const BestRecord*> points = Of(records, path.name);
  if (points.empty()) return;
  const auto series = [&](const std::string& name, const std::string& y_name, SeriesStyle style) {
    Series made{.name = name, .x_name = "angle", .y_name = y_name};
    made.style = style;
    made.x_scale = made.y_scale = AxisScale::kLinear;
    made.figure = path.name;
    return made;
  };
  Series error = series("one neuron, found", "largest_error", SeriesStyle::kPoints),
         lower = series("one neuron, proved to be no less", "largest_error", SeriesStyle::kLine),
         constant = series("constants", "largest_error", SeriesStyle::kLine);
  Series left = series("found neuron at x = -1", "value", SeriesStyle::kPoints),
         middle = series("at 0", "value", SeriesStyle::kPoints), right = series("at 1", "value", SeriesStyle::kPoints);
  Series first = series("first best step", "place_of_step", SeriesStyle::kPoints),
         last = series("last best step", "place_of_step", SeriesStyle::kPoints);
  for (const BestRecord* point : points) {
    const Approximation& found = point->found;
    const auto add = [&](Series& to, double y) {
      to.x.push_back(point->position);
      to.y.push_back(y);
    };
    add(error, found.error);
    add(lower, found.lower());
    add(constant, found.constant);
    if (KindOf(found) == BestKind::kNonexistent) {
      add(first, found.first_step);
      add(last, found.last_step);
    } else {
      add(left, found.best(-1));
      add(middle, found.best(0));
      add(right, found.best(1));
    }
  }
  for (Series* made : {&error, &lower, &constant, &left, &middle, &right, &first, &last}) {
    if (!made->x.empty()) result.series.push_back(std::move(*made));
  }
  std::string kinds;
  for (const BestKind kind : {BestKind::kConstant, BestKind::kNonexistent, BestKind::kUnique, BestKind::kOpen}) {
    kinds += fmt::format("{}{} {}", kinds.empty() ? "" : ", ", CountKind(points, kind), BestKindName(kind));
  }
  result.figures.push_back(
      {.x_name = "angle",
       .y_name = "largest_error",
       .figure = path.name,
       .title = path.name + ": least error from y to -y",
       .caption = path.about + "\nOf " + std::to_string(points.size()) + " targets: " + kinds + "."});
}

Fields SharesOf(const std::vector<BestRecord>& records) {
  std::vector<std::string> bumps, kinds;
  std::vector<std::int64_t> counts;
  for (const Bumps kind_of_bumps : {Bumps::kOverlapping, Bumps::kDisjoint}) {
    for (const BestKind kind : {BestKind::kConstant, BestKind::kNonexistent, BestKind::kUnique, BestKind::kOpen}) {
      bumps.push_back(BumpsName(kind_of_bumps));
      kinds.push_back(BestKindName(kind));
      counts.push_back(CountKind(Of(records, BumpsName(kind_of_bumps)), kind));
    }
  }
  return {{"bumps", bumps}, {"best approximator", kinds}, {"random targets", counts}};
}

}  // namespace

Result SummariseBestApproximation(const BestApproximationOptions& options, const std::vector<BestRecord>& records) {
  Result result{.experiment = "best_approximation"};
  result.title = "Do best approximators exist, once and near each other?";
  result.about = fmt::format(
      "A class small enough to look at everything: one neuron v tanh(w x + b) + c, four parameters, and the largest "
      "error on [-1, 1]. Its least error is searched, and beside each stands what is proved to be no less; targets are "
      "{} random points of the sphere of sums of five bumps, overlapping and disjoint, three paths from a target to "
      "its negative, and Chebyshev's polynomials.\n"
      "Proved: with a unique best approximator for every target, of identifiable parameters in a compact class, there "
      "would be a target on the sphere whose best approximator is 0, which one neuron fewer gives as well: assumptions "
      "1 and 2 exclude each other (Borsuk and Ulam; the README has the argument, which holds in any norm). Single "
      "paths need not show it.\n"
      "Proved for each target of the kind: \"constant\", the best approximator is a constant, and the neuron does not "
      "help; \"nonexistent\", the least error is reached by no neuron, only approached by ever steeper ones.\n"
      "Computed: \"unique\", five errors of the neuron that was found alternate within a thousandth of the largest. "
      "\"Open\" is none of these.",
      options.targets);
  result.limits =
      "The targets are about one neuron of one input and the largest error. They say nothing about mean squares, in "
      "which the paper proves assumption 2 for shallow networks.\n"
      "That no best approximator exists is a property of the class with unbounded weights. With bounded ones there is "
      "one; the argument that the assumptions exclude each other is about that case, and these runs do not compute "
      "it.\n"
      "Shares are of the uniform distribution on the sphere of heights, which nothing singles out.";
  result.checks.push_back(JudgeBounds(records));
  for (const BestKind kind : {BestKind::kNonexistent, BestKind::kConstant}) {
    for (const Bumps bumps : {Bumps::kOverlapping, Bumps::kDisjoint}) {
      if (Of(records, BumpsName(bumps)).empty()) continue;
      result.checks.push_back(JudgeShare(records, bumps, kind));
      if (result.decisive.empty()) result.decisive = result.checks.back().id;
    }
  }
  if (Of(records, "chebyshev").size() > 1) result.checks.push_back(JudgeAlternating(records));
  result.checks.push_back(JudgeQuiet(records));
  for (const TargetPath& path : TargetPaths()) AddPath(path, records, result);
  result.floors = SharesOf(records);
  return result;
}

}  // namespace hyperwidth
