// SPDX-License-Identifier: Apache-2.0
#include "experiments/compare/compare_options.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "experiments/tasks/task.h"
#include "training/named_scheme.h"

namespace hyperwidth {
namespace {

constexpr std::int64_t kMostSize = 1'000'000'000;

std::string SplitByName(SplitBy by) { return by == SplitBy::kCondition ? "condition" : "sample"; }

std::string WrongSize(const std::string& text) {
  if (CountOfWord(text)) return "";
  std::int64_t size = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), size);
  if (error == std::errc() && end == text.data() + text.size() && size >= 1 && size <= kMostSize) return "";
  return "found '" + text + "', accepted: integers from 1 to 1000000000, or one of small, medium, large";
}

std::vector<std::string> TaskNames() {
  std::vector<std::string> names;
  for (const Task& task : BuiltInTasks()) names.push_back(task.name);
  return names;
}

std::string WrongTask(const std::string& text) { return text.empty() ? "" : OneOf(TaskNames())(text); }

}  // namespace

std::string CompareMetricName(CompareMetric metric) {
  switch (metric) {
    case CompareMetric::kMse:
      return "mse";
    case CompareMetric::kRelativeL2:
      return "relative-l2";
    case CompareMetric::kErrorRate:
      return "error-rate";
    case CompareMetric::kAuto:
      break;
  }
  return "auto";
}

std::optional<std::int64_t> CountOfWord(const std::string& size) {
  if (size == "small") return 1;
  if (size == "medium") return 3;
  if (size == "large") return 5;
  return std::nullopt;
}

std::vector<std::string> DefaultSchemes() {
  return {"concat", "embedding", "film", "low-rank", "deeponet", "hypernetwork"};
}

void Validate(const CompareOptions& options) {
  if (options.data.empty() == options.task.empty()) {
    throw std::invalid_argument(options.data.empty()
                                    ? "--data: found neither this nor --task, accepted: --data=FILE or --task=NAME"
                                    : "--task: found beside --data, accepted: one of them");
  }
  for (const std::string& size : options.sizes) {
    const std::string wrong = WrongSize(size);
    if (!wrong.empty()) throw std::invalid_argument("--sizes: " + wrong);
    if (CountOfWord(size) && options.sizes.size() > 1) {
      throw std::invalid_argument("--sizes: found '" + size + "' and more, accepted: numbers, or one word alone");
    }
  }
  if (options.sizes.empty()) throw std::invalid_argument("--sizes: found none, accepted: at least one");
  if (options.schemes.empty()) throw std::invalid_argument("--schemes: found none, accepted: at least one");
  const bool has_table = std::find(options.schemes.begin(), options.schemes.end(), "table") != options.schemes.end();
  if (has_table && options.split == SplitBy::kCondition) {
    throw std::invalid_argument(
        "--schemes: found table, which has nothing to say of unseen conditions, accepted: table with --split=sample");
  }
}

SettingTable SettingTableOf(CompareOptions& options) {
  SettingTable table;
  table.Add({.name = "data",
             .help = "Your data: an NPZ file, a folder of NPY files or a CSV table with x, I and y, optionally group "
                     "and split",
             .placeholder = "FILE"},
            options.data);
  table.Add({.name = "task", .help = "A built-in task instead: see `hyperwidth task --help`", .accepted = WrongTask},
            options.task);
  table.AddChoices({.name = "schemes", .help = "What is compared: some of the rows of models/schemes/README.md"},
                   options.schemes,
                   AllSchemeNames(),
                   [](const std::string& name) { return name; });
  table.Add({.name = "sizes",
             .help = "How large each model is, as --match counts: numbers, or small, medium or large for one, three or "
                     "five sizes from the smallest possible on",
             .accepted = WrongSize},
            options.sizes,
            /*quick=*/std::vector<std::string>{"small"});
  table.AddChoice({.name = "match",
                   .help = "What is equal between models of one size: total (trained parameters), primary (weights of "
                           "the network that sees x), compute (multiply-adds of a sample with I known) or kappa (the "
                           "scalars through which I acts)"},
                  options.match,
                  {SizeMeasure::kTotal, SizeMeasure::kPrimary, SizeMeasure::kCompute, SizeMeasure::kKappa},
                  SizeMeasureName);
  table.Add({.name = "total",
             .help = "Trained parameters of every model where --match=kappa",
             .accepted = IntegerAtLeast(1, kMostSize)},
            options.total);
  table.AddChoice({.name = "split",
                   .help = "What the test is new in: condition, or sample. Data with a split of their own keep it"},
                  options.split,
                  {SplitBy::kCondition, SplitBy::kSample},
                  SplitByName);
  table.AddChoice({.name = "metric",
                   .help = "What is compared: mse (of standardised y), relative-l2 (mean over conditions), error-rate "
                           "(y names classes), or auto"},
                  options.metric,
                  {CompareMetric::kAuto, CompareMetric::kMse, CompareMetric::kRelativeL2, CompareMetric::kErrorRate},
                  CompareMetricName);
  table.Add({.name = "target", .help = "The error you need: which size reaches it; 0: none", .accepted = RealFrom(0)},
            options.target);
  table.Add({.name = "n_trials",
             .help = "Trials of a search: for each scheme and size, in each repetition",
             .accepted = IntegerAtLeast(1, 1'000'000)},
            options.n_trials,
            /*quick=*/8);
  table.Add({.name = "repetitions",
             .help = "How often all is repeated with other seeds: search, choice, training and test",
             .accepted = IntegerAtLeast(1, 1000)},
            options.repetitions,
            /*quick=*/3);
  table.Add({.name = "restarts",
             .help = "Trainings of what a search has chosen, from other seeds: validation data choose which is tested",
             .accepted = IntegerAtLeast(1, 1000)},
            options.restarts,
            /*quick=*/1);
  table.Add({.name = "steps", .help = "Optimiser steps of a whole trial", .accepted = IntegerAtLeast(1, 1'000'000'000)},
            options.steps,
            /*quick=*/500);
  table.Add({.name = "batch_size", .help = "Samples of a step", .accepted = IntegerAtLeast(1, 10'000'000)},
            options.batch_size);
  table.Add({.name = "batch_conditions",
             .help = "Conditions of a step, among which its samples are divided",
             .accepted = IntegerAtLeast(1, 10'000'000)},
            options.batch_conditions);
  AddProgramSettings(options.program, table);
  return table;
}

}  // namespace hyperwidth
