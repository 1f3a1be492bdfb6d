// SPDX-License-Identifier: Apache-2.0
#include "training/sized_scheme/sized_scheme.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <stdexcept>
#include <string>
#include <tuple>

#include "training/sized_scheme/width_family.h"

namespace hyperwidth {
namespace {

constexpr double kRatioStep = 0.05;  // ratios of widths whose logarithms differ by less count as equal
constexpr Index kFineUnits = 512;    // up to here every number of primary units is tried
constexpr Index kMostUnits = Index{1} << 50;

// The largest number in [low, high) with the property, which all smaller ones have; low - 1 if none has it.
template <typename Property>
Index Largest(Index low, Index high, const Property& has_property) {
  Index below = low - 1, step = 1;
  for (; below + step < high && has_property(below + step); step *= 2) below += step;
  Index end = std::min(below + step, high);
  while (end - below > 1) {
    const Index middle = below + (end - below) / 2;
    (has_property(middle) ? below : end) = middle;
  }
  return below;
}

// The numbers of primary units that are tried: 512 an octave at most, the same for every request, on which it rests
// that a larger request never gives a smaller model.
Index OnLattice(Index least, Index position) {
  if (position < kFineUnits) return least + position;
  const Index octave = (position - kFineUnits) / (kFineUnits / 2), step = Index{2} << octave;
  return least + (kFineUnits << octave) + (position - kFineUnits - octave * (kFineUnits / 2)) * step;
}

struct Candidate {
  Units units;
  double count = 0;
  double distance = 0;  // of the request, in units of the measure
  Index ratio_steps = 0;

  // Smaller is better: within the tolerance, and outside of it.
  auto Within() const { return std::tuple(ratio_steps, distance, count, units.primary); }
  auto Outside() const { return std::tuple(distance, count, ratio_steps, units.primary); }
};

class Search {
 public:
  Search(const WidthFamily& family, double goal)
      : family_(family), goal_(goal), low_(goal * (1 - kSizeTolerance)), high_(goal * (1 + kSizeTolerance)) {}

  Units Solve() {
    const Units least = family_.least();
    if (!family_.CountsCondition()) return WithWantedCondition(NearestPrimary());
    if (least.primary == 0) return NearestCondition(0);
    last_position_ = Largest(0, kMostPositions, [&](Index position) {
      return family_.Count({OnLattice(least.primary, position), least.condition}) <= high_;
    });
    const Index crossing = Largest(0, last_position_ + 1, [&](Index position) {
      const Index primary = OnLattice(least.primary, position);
      return static_cast<double>(MostCondition(primary, high_)) >= family_.WantedCondition(primary);
    });
    for (Index position = crossing; position >= 0 && Try(OnLattice(least.primary, position)); --position) continue;
    for (Index position = crossing + 1; position <= last_position_; ++position) {
      if (!Try(OnLattice(least.primary, position))) break;
    }
    return best_ ? best_->units : NearestOfAll();
  }

 private:
  static constexpr Index kMostPositions = 30 * kFineUnits / 2;

  // The most condition units with a count of at most `most`; one less than the least if there are none.
  Index MostCondition(Index primary, double most) const {
    return Largest(family_.least().condition, kMostUnits, [&](Index condition) {
      return family_.Count({primary, condition}) <= most;
    });
  }

  Candidate Make(Units units) const {
    const double count = family_.Count(units), wanted = family_.WantedCondition(units.primary);
    const double apart = std::abs(std::log(static_cast<double>(units.condition) / wanted));
    return {.units = units,
            .count = count,
            .distance = std::abs(count - goal_),
            .ratio_steps = static_cast<Index>(apart / kRatioStep)};
  }

  // Looks at all sizes within the tolerance with so many primary units. False if no further away from the wanted ratio
  // can be better.
  bool Try(Index primary) {
    const Index least = family_.least().condition;
    const Index most = MostCondition(primary, high_);
    const Index fewest = Largest(least,
                                 most + 1,
                                 [&](Index condition) {
                                   return family_.Count({primary, condition}) < low_;
                                 }) +
                         1;
    if (best_ && LeastRatioSteps(primary, fewest, most) > best_->ratio_steps) return false;
    if (fewest > most) return true;
    const Index closest = ClosestToRatio(primary, fewest, most);
    const Index steps = Make({primary, closest}).ratio_steps;
    const Index nearest = std::clamp(MostCondition(primary, goal_), fewest, most);
    for (const Index condition :
         {AsNear(primary, closest, nearest, steps), AsNear(primary, closest, nearest + 1, steps)}) {
      if (condition < fewest || condition > most) continue;
      const Candidate candidate = Make({primary, condition});
      if (!best_ || candidate.Within() < best_->Within()) best_ = candidate;
    }
    return true;
  }

  // How far from the wanted ratio any size within the tolerance is, with these primary units and with those beyond: as
  // they grow, the condition units of one size become fewer and the wanted ones more.
  Index LeastRatioSteps(Index primary, Index fewest, Index most) const {
    const double wanted = family_.WantedCondition(primary);
    const double from = static_cast<double>(std::min(fewest, most)), to = static_cast<double>(std::max(fewest, most));
    const bool is_gap = fewest > most;  // nothing within the tolerance here
    const double apart = wanted < from ? (is_gap ? to : from) / wanted : wanted / (is_gap ? from : to);
    return static_cast<Index>(std::log(std::max(apart, 1.0)) / kRatioStep);
  }

  Index ClosestToRatio(Index primary, Index fewest, Index most) const {
    const Index below = static_cast<Index>(std::floor(family_.WantedCondition(primary)));
    const Index first = std::clamp(below, fewest, most), second = std::clamp(below + 1, fewest, most);
    return Make({primary, second}).ratio_steps < Make({primary, first}).ratio_steps ? second : first;
  }

  // From `closest` as far towards `nearest` as the ratio stays in its step.
  Index AsNear(Index primary, Index closest, Index nearest, Index steps) const {
    const auto is_in_step = [&](Index condition) { return Make({primary, condition}).ratio_steps <= steps; };
    if (nearest >= closest) return Largest(closest, nearest + 1, is_in_step);
    return -Largest(-closest, -nearest + 1, [&](Index negative) { return is_in_step(-negative); });
  }

  // Of two neighbours the nearer one; of two as near the smaller one.
  template <typename CountAt>
  Index Nearest(Index least, const CountAt& count_at) const {
    const Index below = Largest(least, kMostUnits, [&](Index units) { return count_at(units) <= goal_; });
    if (below < least) return least;
    return goal_ - count_at(below) <= count_at(below + 1) - goal_ ? below : below + 1;
  }

  Index NearestPrimary() const {
    const Units least = family_.least();
    if (least.primary == 0) return 0;
    return Nearest(least.primary, [&](Index units) { return family_.Count({units, least.condition}); });
  }

  Units NearestCondition(Index primary) const {
    return {primary, Nearest(family_.least().condition, [&](Index units) { return family_.Count({primary, units}); })};
  }

  Units WithWantedCondition(Index primary) const {
    const Index least = family_.least().condition;
    if (least == 0) return {primary, 0};
    return {primary, std::max(least, static_cast<Index>(std::llround(family_.WantedCondition(primary))))};
  }

  // Where nothing is within the tolerance. Counts are then so far apart that there are few widths to look at.
  Units NearestOfAll() const {
    std::optional<Candidate> best;
    for (Index position = 0; position <= last_position_ + 1; ++position) {
      const Candidate candidate = Make(NearestCondition(OnLattice(family_.least().primary, position)));
      if (!best || candidate.Outside() < best->Outside()) best = candidate;
    }
    return best->units;
  }

  const WidthFamily& family_;
  double goal_, low_, high_;
  Index last_position_ = 0;
  std::optional<Candidate> best_;
};

std::string Whole(double number) { return std::to_string(static_cast<long long>(number)); }

std::string Described(SizeMeasure measure) {
  switch (measure) {
    case SizeMeasure::kPrimary:
      return "primary parameters";
    case SizeMeasure::kCompute:
      return "multiply-adds with a known condition";
    case SizeMeasure::kTotal:
    case SizeMeasure::kKappa:
      break;
  }
  return "trainable parameters";
}

void RequireNotTooSmall(const WidthFamily& family, const SizeRequest& request, double goal) {
  const double smallest = family.Count(family.least());
  if (goal * (1 + kSizeTolerance) >= smallest) return;
  throw std::invalid_argument(request.scheme + " with these inputs and layers: found " + Whole(goal) + " " +
                              Described(request.measure) + ", accepted: at least " + Whole(smallest));
}

}  // namespace

double SmallestSize(const SizeRequest& request) {
  const WidthFamily family(request);
  return family.Count(family.least());
}

std::string SizeMeasureName(SizeMeasure measure) {
  switch (measure) {
    case SizeMeasure::kPrimary:
      return "primary";
    case SizeMeasure::kCompute:
      return "compute";
    case SizeMeasure::kKappa:
      return "kappa";
    case SizeMeasure::kTotal:
      break;
  }
  return "total";
}

SizedScheme SolveWidths(const SizeRequest& request) {
  const WidthFamily family(request);
  const double goal = request.measure == SizeMeasure::kKappa ? request.total_for_kappa : request.size;
  RequireNotTooSmall(family, request, goal);
  SizedScheme sized{.sizes = family.At(Search(family, goal).Solve()), .cost = {}};
  sized.cost = CostOf(NamedScheme(request.scheme, sized.sizes));
  const SchemeCounts counts = SchemeCounter(request.scheme)(sized.sizes);
  if (counts.total != static_cast<double>(sized.cost.trainable_parameters)) {
    throw std::logic_error(request.scheme + ": counted " + Whole(counts.total) + " parameters, its graph has " +
                           std::to_string(sized.cost.trainable_parameters));
  }
  sized.size = MeasureOf(request.measure, counts);
  sized.deviation = sized.size / request.size - 1;
  sized.primary = counts.primary;
  return sized;
}

}  // namespace hyperwidth
