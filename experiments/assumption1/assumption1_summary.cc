// SPDX-License-Identifier: Apache-2.0
#include "experiments/assumption1/assumption1_summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>

#include "experiments/result/estimate.h"
#include "experiments/result/factor_verdict.h"
#include "experiments/result/format.h"

namespace hyperwidth {
namespace {

constexpr const char* kEpoch = "epoch";
constexpr const char* kMeanSquare = "mean_squared_error";

double TargetDistance(const PairDistances& pair, std::size_t epoch) {
  return (pair.target_1[epoch] + pair.target_2[epoch]) / 2;
}

// Of a cell's pairs, by repetition; not a number where there is no pair.
template <typename Measure>
std::vector<double> ByRepetition(const DistanceCell& cell, const Measure& measure) {
  std::vector<double> values;
  for (const std::optional<PairDistances>& pair : cell.pairs) {
    values.push_back(pair ? measure(*pair) : std::numeric_limits<double>::quiet_NaN());
  }
  return values;
}

template <typename Measure>
Estimate Mean(const DistanceCell& cell, const Measure& measure) {
  std::vector<double> values;
  for (const std::optional<PairDistances>& pair : cell.pairs) {
    if (pair) values.push_back(measure(*pair));
  }
  return MeanEstimate(values);
}

std::int64_t CountPairs(const DistanceCell& cell) {
  return std::count_if(cell.pairs.begin(), cell.pairs.end(), [](const auto& pair) { return pair.has_value(); });
}

bool HasPair(const DistanceCell& cell) { return CountPairs(cell) > 0; }

std::size_t EpochsOf(const DistanceCell& cell) {
  for (const std::optional<PairDistances>& pair : cell.pairs) {
    if (pair) return pair->between.size() - 1;
  }
  return 0;
}

double StartRatio(const PairDistances& pair) { return pair.between.front() / TargetDistance(pair, 0); }
double EndRatio(const PairDistances& pair) {
  return pair.between.back() / TargetDistance(pair, pair.between.size() - 1);
}

std::string FigureOf(const DistanceCell& cell) {
  return cell.variant == PairVariant::kFresh ? cell.inputs : cell.inputs + ", published code";
}

template <typename Measure>
Series SeriesOf(const std::string& name, const DistanceCell& cell, const Measure& measure) {
  Series series{.name = name, .x_name = kEpoch, .y_name = kMeanSquare};
  series.x_scale = AxisScale::kLinear;
  series.y_scale = AxisScale::kLogarithmic;
  series.figure = FigureOf(cell);
  for (std::size_t epoch = 0; epoch <= EpochsOf(cell); ++epoch) {
    const Estimate mean = Mean(cell, [&](const PairDistances& pair) { return measure(pair, epoch); });
    series.x.push_back(static_cast<double>(epoch));
    series.y.push_back(mean.value);
    if (cell.variant == PairVariant::kFresh) series.y_ci95.push_back(mean.ci95);
  }
  return series;
}

FigureNote NoteOf(const DistanceCell& cell, const Assumption1Options& options) {
  FigureNote note{.x_name = kEpoch, .y_name = kMeanSquare, .figure = FigureOf(cell)};
  if (cell.variant == PairVariant::kFresh) {
    note.title = cell.inputs + ": two networks and their target";
    note.caption = fmt::format(
        "Means over {} repetitions, each with a target, a pair and batches of its own, on test inputs, with Student's "
        "95 % intervals. Epoch 0 is before training: there, too, the networks are closer to each other than to the "
        "target if both are near 0.",
        CountPairs(cell));
    return note;
  }
  note.title = cell.inputs + ": as in the public code, one pair trained on and on";
  note.caption = fmt::format(
      "One target and one pair (kernels of 5, maximum pooling, one output), trained for {} stretches of {} epochs, "
      "each of which the public code counts as a repetition. They are one training: the second begins where the first "
      "ended, and no interval over them means anything.",
      options.published_runs,
      options.epochs);
  note.is_detail = true;
  return note;
}

void AddCell(const DistanceCell& cell, const Assumption1Options& options, Result& result) {
  if (!HasPair(cell)) return;
  result.series.push_back(
      SeriesOf("f1 and f2", cell, [](const PairDistances& pair, std::size_t epoch) { return pair.between[epoch]; }));
  result.series.push_back(SeriesOf("f1 or f2 and the target", cell, TargetDistance));
  Series constant = SeriesOf("reference: the best constant and the target",
                             cell,
                             [](const PairDistances& pair, std::size_t) { return pair.variance; });
  constant.style = SeriesStyle::kLine;
  constant.y_ci95.clear();
  result.series.push_back(std::move(constant));
  result.figures.push_back(NoteOf(cell, options));
}

}  // namespace

std::vector<Check> JudgeAssumption1(const std::vector<DistanceCell>& cells) {
  std::vector<Check> closer, trained;
  for (const DistanceCell& cell : cells) {
    if (cell.variant != PairVariant::kFresh || !HasPair(cell)) continue;
    const std::string id = "assumption1." + cell.inputs + ".";
    closer.push_back(JudgeFactor(
        {.id = id + "closer_to_each_other",
         .text = fmt::format(
             "{}: after training, two networks are closer to each other than to their target (ratio of mean squares).",
             cell.inputs),
         .group = "After training, two networks are closer to each other than to their target.",
         .which = cell.inputs},
        {"MSE(f1, f2)", ByRepetition(cell, [](const PairDistances& pair) { return pair.between.back(); })},
        {"MSE(f, y)",
         ByRepetition(cell, [](const PairDistances& pair) { return TargetDistance(pair, pair.between.size() - 1); })}));
    trained.push_back(JudgeFactor(
        {.id = id + "closer_untrained",
         .text = fmt::format("{}: in units of their distance to the target, two networks are even closer to each other "
                             "before training (ratio of the ratios), so that the test above says nothing about it.",
                             cell.inputs),
         .group = "In units of their distance to the target, two networks are even closer to each other before "
                  "training, so that the test above says nothing about it.",
         .which = cell.inputs},
        {"untrained ratio", ByRepetition(cell, StartRatio)},
        {"trained ratio", ByRepetition(cell, EndRatio)}));
  }
  closer.insert(closer.end(), trained.begin(), trained.end());
  return closer;
}

Result SummariseAssumption1(const Assumption1Options& options, const std::vector<DistanceCell>& cells) {
  Result result{.experiment = "assumption1"};
  result.title = "Do two networks that learn one target become one function?";
  result.about = fmt::format(
      "The paper supports its assumption 1, that the best approximator of a target is unique, with pairs of networks: "
      "trained from two starts, they end closer to each other than to their target. Here the same is done with a fresh "
      "target and a fresh pair for each of {} repetitions, and the pair is looked at before training, too.\n"
      "f1 and f2: {} hidden ReLU units, 10 outputs, SGD with learning rate {} and momentum {}, {} epochs in batches of "
      "{}, the same batches for both. Target: a random convolutional network, 20 and 50 channels, kernel 10, stride "
      "2.\n"
      "What \"closer\" is: MSE(f1, f2) = MSE(f1, y) + MSE(f2, y) - 2 times the inner product of the two errors. With "
      "equal errors it is below MSE(f, y) exactly if their cosine is above 1/2: if what both have not learnt is mostly "
      "the same.",
      options.seeds,
      options.hidden,
      FormatNumber(options.learning_rate),
      FormatNumber(options.momentum),
      options.epochs,
      options.batch_size);
  result.limits = fmt::format(
      "Nothing here is evidence for or against assumption 1 itself. It is about minimisers of the largest error over a "
      "class of functions; these networks are where {} epochs of SGD on mean squares have led, and how far that is "
      "from the best network nobody knows.\n"
      "Two functions that are close to each other may both be far from the minimiser, and a target with several best "
      "approximators need not lead two trainings to different ones. The experiment best_approximation computes best "
      "approximators, and shows targets for which they are not unique.\n"
      "Untrained networks are closer to each other than to the target as soon as both are near 0: the published "
      "comparison is passed by networks that have learnt nothing.",
      options.epochs);
  for (const DistanceCell& cell : cells) AddCell(cell, options, result);
  result.checks = JudgeAssumption1(cells);
  if (!result.checks.empty()) result.decisive = result.checks.front().id;
  return result;
}

std::string DistanceTable(const std::vector<DistanceCell>& cells) {
  std::string text = fmt::format("{:<12}{:<11}{:>6}{:>12}{:>12}{:>12}{:>12}{:>8}\n",
                                 "inputs",
                                 "variant",
                                 "pairs",
                                 "variance",
                                 "f1 and f2",
                                 "f and y",
                                 "ratio",
                                 "epoch");
  for (const DistanceCell& cell : cells) {
    if (!HasPair(cell)) {
      text +=
          fmt::format("{:<12}{:<11}{:>6}  diverged or not finished\n", cell.inputs, PairVariantName(cell.variant), 0);
      continue;
    }
    for (const std::size_t epoch : {std::size_t{0}, EpochsOf(cell)}) {
      const Estimate between = Mean(cell, [&](const PairDistances& pair) { return pair.between[epoch]; });
      const double target = Mean(cell, [&](const PairDistances& pair) { return TargetDistance(pair, epoch); }).value;
      text += fmt::format("{:<12}{:<11}{:>6}{:>12}{:>12}{:>12}{:>12}{:>8}\n",
                          cell.inputs,
                          PairVariantName(cell.variant),
                          between.samples,
                          FormatNumber(Mean(cell, [](const PairDistances& pair) { return pair.variance; }).value),
                          FormatNumber(between.value),
                          FormatNumber(target),
                          FormatNumber(between.value / target),
                          epoch);
    }
  }
  return text;
}

}  // namespace hyperwidth
