// SPDX-License-Identifier: Apache-2.0
#include "training/search/sensitivity.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <stdexcept>
#include <utility>

#include "training/search/successive_halving.h"

namespace hyperwidth {
namespace {

constexpr std::int64_t kTrialsPerBin = 4;

// The scores as the analysis sees them; not a number for trials that do not count.
std::vector<double> OnScale(std::span<const ScoredTrial> trials, SensitivityScale scale) {
  std::vector<double> y;
  for (const ScoredTrial& trial : trials) {
    y.push_back(std::isfinite(trial.score) ? trial.score : std::numeric_limits<double>::quiet_NaN());
  }
  if (scale == SensitivityScale::kScore) return y;
  const std::vector<std::size_t> order = RankedByScore(y);
  std::vector<double> ranks(y.size());
  for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
    const double score = y[order[begin]];
    while (end < order.size() && (y[order[end]] == score || (std::isnan(score) && std::isnan(y[order[end]])))) ++end;
    for (std::size_t i = begin; i < end; ++i) ranks[order[i]] = static_cast<double>(begin + end - 1) / 2;
  }
  return ranks;
}

// Into how many equal parts of [0, 1) a parameter's positions are cut.
std::int64_t NumberOfParts(const ParameterRange& range, std::int64_t active, std::int64_t most) {
  if (const auto* const categories = std::get_if<Categories>(&range)) {
    return static_cast<std::int64_t>(categories->choices.size());
  }
  return std::clamp<std::int64_t>(active / kTrialsPerBin, 2, most);
}

// Names the bin of a value; bins are in the order of their values.
std::int64_t BinOf(const ParameterRange& range, const ParameterValue& value, std::int64_t parts, std::int64_t most) {
  const auto* const integers = std::get_if<IntRange>(&range);
  // Not high - low + 1, which may be too large by one.
  if (integers != nullptr && integers->high - integers->low < most) return std::get<std::int64_t>(value);
  return static_cast<std::int64_t>(PositionOf(range, value) * static_cast<double>(parts));
}

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

double Mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

// Sum of (value - centre)^2.
double SquaresAround(const std::vector<double>& values, double centre) {
  double sum = 0;
  for (const double value : values) sum += (value - centre) * (value - centre);
  return sum;
}

// The trials of one bin.
using Members = std::vector<std::size_t>;

class Analysis {
 public:
  Analysis(std::span<const ScoredTrial> trials, const SensitivityOptions& options)
      : trials_(trials), options_(options), y_(OnScale(trials, options.scale)) {
    const std::vector<double> all = Counted(AllTrials());
    if (!all.empty()) total_ = SquaresAround(all, Mean(all));
  }

  ParameterSensitivity Of(const Parameter& parameter) const {
    ParameterSensitivity found{.name = parameter.name, .bins = {}};
    const std::vector<Members> bins = Bins(parameter);
    for (const Members& members : bins) found.bins.push_back(Describe(parameter, members));
    found.share = Share(bins);
    return found;
  }

 private:
  Members AllTrials() const {
    Members members(trials_.size());
    std::iota(members.begin(), members.end(), std::size_t{0});
    return members;
  }

  std::vector<Members> Bins(const Parameter& parameter) const {
    Members active = AllTrials();
    std::erase_if(active, [&](std::size_t t) { return FindValue(trials_[t].values, parameter.name) == nullptr; });
    const std::int64_t parts =
        NumberOfParts(parameter.range, static_cast<std::int64_t>(active.size()), options_.most_bins);
    std::map<std::int64_t, Members> bins;
    for (const std::size_t t : active) {
      bins[BinOf(parameter.range, *FindValue(trials_[t].values, parameter.name), parts, options_.most_bins)].push_back(
          t);
    }
    std::vector<Members> in_order;
    for (auto& [bin, members] : bins) in_order.push_back(std::move(members));
    return in_order;
  }

  SensitivityBin Describe(const Parameter& parameter, const Members& members) const {
    std::vector<double> scores;
    const ParameterValue& first = *FindValue(trials_[members.front()].values, parameter.name);
    SensitivityBin bin{.low = first, .high = first, .trials = static_cast<std::int64_t>(members.size())};
    for (const std::size_t t : members) {
      const ParameterValue& value = *FindValue(trials_[t].values, parameter.name);
      bin.low = std::min(bin.low, value);
      bin.high = std::max(bin.high, value);
      if (std::isfinite(trials_[t].score)) scores.push_back(trials_[t].score);
    }
    bin.failed = bin.trials - static_cast<std::int64_t>(scores.size());
    if (scores.empty()) return bin;
    bin.best = *std::min_element(scores.begin(), scores.end());
    bin.median = Median(scores);
    return bin;
  }

  // y of those that count.
  std::vector<double> Counted(const Members& members) const {
    std::vector<double> values;
    for (const std::size_t t : members) {
      if (!std::isnan(y_[t])) values.push_back(y_[t]);
    }
    return values;
  }

  std::optional<double> Share(const std::vector<Members>& bins) const {
    std::vector<double> all;
    std::vector<std::vector<double>> groups;
    for (const Members& members : bins) {
      const std::vector<double> values = Counted(members);
      if (values.empty()) continue;
      all.insert(all.end(), values.begin(), values.end());
      groups.push_back(values);
    }
    if (groups.size() < 2 || all.size() <= groups.size() || !(total_ > 0)) return std::nullopt;
    const double mean = Mean(all);
    double between = 0, within = 0;
    for (const std::vector<double>& values : groups) {
      const double centre = Mean(values);
      between += static_cast<double>(values.size()) * (centre - mean) * (centre - mean);
      within += SquaresAround(values, centre);
    }
    const double by_chance =
        static_cast<double>(groups.size() - 1) * within / static_cast<double>(all.size() - groups.size());
    return std::max(0.0, between - by_chance) / total_;
  }

  std::span<const ScoredTrial> trials_;
  const SensitivityOptions& options_;
  std::vector<double> y_;
  double total_ = 0;
};

}  // namespace

Sensitivity SensitivityOf(const SearchSpace& space,
                          std::span<const ScoredTrial> trials,
                          const SensitivityOptions& options) {
  if (options.most_bins < 2) {
    throw std::invalid_argument(
        fmt::format("most bins of a sensitivity: found {}, accepted: at least 2", options.most_bins));
  }
  Sensitivity found{.parameters = {}, .trials = static_cast<std::int64_t>(trials.size())};
  for (const ScoredTrial& trial : trials) {
    space.Check(trial.values);
    found.failed += std::isfinite(trial.score) ? 0 : 1;
  }
  const Analysis analysis(trials, options);
  for (const Parameter& parameter : space.parameters()) found.parameters.push_back(analysis.Of(parameter));
  return found;
}

namespace {

// For people: few digits.
std::string ShortText(const ParameterValue& value) {
  const auto* const real = std::get_if<double>(&value);
  return real != nullptr ? fmt::format("{:.3g}", *real) : ParameterText(value);
}

}  // namespace

std::string SensitivityTable(const Sensitivity& sensitivity) {
  std::string text;
  for (const ParameterSensitivity& parameter : sensitivity.parameters) {
    text += fmt::format("{}: {} of the variance\n",
                        parameter.name,
                        parameter.share ? fmt::format("{:.0f} %", 100 * *parameter.share) : "an unknown share");
    for (const SensitivityBin& bin : parameter.bins) {
      const std::string low = ShortText(bin.low), high = ShortText(bin.high);
      text += fmt::format("  {:<28} {:>4} trials {:>4} failed  best {:<10.4g} median {:.4g}\n",
                          low == high ? low : low + " to " + high,
                          bin.trials,
                          bin.failed,
                          bin.best,
                          bin.median);
    }
  }
  return text;
}

}  // namespace hyperwidth
