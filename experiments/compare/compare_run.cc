// SPDX-License-Identifier: Apache-2.0
#include "experiments/compare/compare_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <deque>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "experiments/compare/compare_learner.h"
#include "experiments/compare/compare_models.h"
#include "experiments/compare/compare_summary.h"
#include "experiments/compare/scheme_errors.h"
#include "experiments/program/run_config.h"
#include "experiments/result/format.h"
#include "experiments/tuning/search_trials.h"
#include "training/search/fair_study.h"

namespace hyperwidth {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::int64_t kFirstTrials = 4;  // of the first look, for each scheme
constexpr std::int64_t kFirstShare = 8;   // of a trial's steps, the first look's are this part
constexpr std::size_t kFirstContenders = 3;

// The three that stand for a kind each, at the smallest size; others if these are not compared.
std::vector<CompareContender> FirstContenders(const std::vector<CompareContender>& contenders) {
  std::vector<CompareContender> first;
  const auto add = [&](const auto& accepts) {
    for (const CompareContender& contender : contenders) {
      if (contender.size_number != 1 || first.size() == kFirstContenders || !accepts(contender.scheme)) continue;
      const bool is_there = std::any_of(
          first.begin(), first.end(), [&](const CompareContender& other) { return other.scheme == contender.scheme; });
      if (!is_there) first.push_back(contender);
    }
  };
  for (const char* kind : {"embedding", "deeponet", "hypernetwork"}) {
    add([&](const std::string& scheme) { return scheme == kind; });
  }
  add([](const std::string&) { return true; });
  return first;
}

Study FirstStudy(const CompareContender& contender, const CompareOptions& options) {
  return Study(SchemeSpace(contender.scheme, options.match),
               {.method = SamplerMethod::kSobol, .seed = options.program.seed},
               {.name = "first." + contender.name(),
                .trials = std::min(options.n_trials, kFirstTrials),
                .max_steps = std::max<std::int64_t>(1, options.steps / kFirstShare)});
}

bool TakeFirstLook(const CompareOptions& options,
                   const CompareData& data,
                   const std::vector<CompareContender>& contenders,
                   const std::vector<Study>& studies,
                   const RunTrialList& run_trials) {
  const std::int64_t steps = studies.front().rungs().back().steps;
  std::deque<LearnerRunner<ComparePart>> runners;
  std::vector<StudyRun> runs;
  for (std::size_t i = 0; i < studies.size(); ++i) {
    runners.emplace_back(
        [&, i](const Assignment& values) {
          return std::make_unique<CompareLearner>(contenders[i],
                                                  options,
                                                  data,
                                                  LearnerRequest<ComparePart>{.values = values,
                                                                              .seed = options.program.seed,
                                                                              .steps = steps,
                                                                              .train = data.train,
                                                                              .validation = data.validation});
        },
        /*validation_interval=*/0);
    runs.push_back({.study = &studies[i], .runner = &runners.back()});
  }
  const std::vector<StudyResult> results = Study::RunTogether(runs, run_trials);
  std::vector<std::pair<double, std::string>> found;
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (!results[i].complete) return false;
    try {
      found.emplace_back(results[i].best().score, contenders[i].scheme);
    } catch (const AllTrialsFailed&) {
      found.emplace_back(std::numeric_limits<double>::infinity(), contenders[i].scheme);
    }
  }
  std::stable_sort(found.begin(), found.end());
  std::string text;
  for (const auto& [score, scheme] : found) {
    text += fmt::format(
        "{}{} {}", text.empty() ? "" : ", ", scheme, std::isfinite(score) ? fmt::format("{:.3g}", score) : "failed");
  }
  if (options.program.keeps()) {
    fmt::print(
        "\nFirst look ({} on validation data, {} parameters, {} trials of {} steps each): {}.\n"
        "Now the comparison proper.\n",
        MetricDescription(data.metric),
        static_cast<std::int64_t>(contenders.front().size),
        std::min(options.n_trials, kFirstTrials),
        steps,
        text);
    std::fflush(stdout);
  }
  return true;
}

// A line for each contender that has been tested.
void PrintErrors(const std::vector<TestedContender>& tested, const CompareData& data) {
  if (tested.empty()) return;
  fmt::print("\n{:<30} {:>10} {:>10} {:>7}  {}\n",
             "tested",
             "parameters",
             "primary",
             "kappa",
             MetricDescription(data.metric) + " [95 % interval]");
  for (const TestedContender& contender : tested) {
    const Estimate error = contender.Error();
    fmt::print("{:<30} {:>10.0f} {:>10.0f} {:>7.0f}  {} {}\n",
               contender.contender.name(),
               contender.total_parameters,
               contender.primary_parameters,
               contender.kappa,
               FormatNumber(error.value),
               FormatInterval(error.ci95));
  }
  std::fflush(stdout);
}

}  // namespace

FairOptions FairOptionsOf(const CompareOptions& options) {
  FairOptions fair{.budget = {.trials = options.n_trials, .steps = options.steps, .multiply_adds = 0},
                   .halving = FairHalving{.reduction_factor = 4, .min_share = 1.0 / 4},
                   .seed = options.program.seed,
                   .studies_at_once = options.repetitions,
                   .repetitions = 1,
                   .restarts = options.restarts};
  if (static_cast<double>(options.steps) * fair.halving->min_share < 1) fair.halving->min_share = 1;
  return fair;
}

ComparePlan PlanComparison(const CompareOptions& options,
                           const CompareData& data,
                           const std::optional<DataDimensions>& known) {
  ComparePlan plan{.contenders = Contenders(options, data), .forecast = {}, .floors = {}};
  if (!options.program.keeps()) return plan;  // nobody reads it there
  plan.forecast = Forecast(plan.contenders, options, FairOptionsOf(options), data, ResolvedThreads(options.program));
  plan.floors = FloorsOf(data, options.program.seed, known);
  return plan;
}

Result RunCompare(const CompareOptions& options,
                  const CompareData& data,
                  const ComparePlan& plan,
                  const RunFolder& folder) {
  const auto start = Clock::now();
  std::vector<Contender<ComparePart>> contenders;
  for (const CompareContender& contender : plan.contenders) {
    for (Index repetition = 1; repetition <= options.repetitions; ++repetition) {
      contenders.push_back(MakeContender(contender, repetition, options, data));
    }
  }
  FairStudy<ComparePart> study(std::move(contenders),
                               data.train,
                               data.validation,
                               SealedTestData<ComparePart>(data.test),
                               FairOptionsOf(options));
  const std::vector<Study> studies = study.studies();
  const std::vector<CompareContender> first = FirstContenders(plan.contenders);
  std::vector<Study> first_studies, all = studies;
  for (const CompareContender& contender : first) first_studies.push_back(FirstStudy(contender, options));
  all.insert(all.end(), first_studies.begin(), first_studies.end());
  const Fields settings = SettingsOf(options);
  WriteOrCheckConfig(folder, settings);
  SearchTrials trials(folder, "compare", settings, options.program, all);
  const RunTrialList run_trials = trials.Runner();
  FairResult found;
  if (TakeFirstLook(options, data, first, first_studies, run_trials)) {
    FairChoice<ComparePart> choice = std::move(study).Search(run_trials);
    found = choice.complete() ? std::move(choice).Test(run_trials) : choice.result();
  }
  folder.Write("trials.csv", TrialsTable(studies, found));
  if (options.program.keeps()) {
    PrintErrors(TestedContenders(plan.contenders, options.repetitions, found), data);
  }
  const double took = std::chrono::duration<double>(Clock::now() - start).count() / 60;
  Result result = SummariseCompare(options, data, plan, found, took);
  if (!found.complete) {
    MarkPartial(trials.last(), result);
  } else if (options.program.keeps()) {
    SaveBestModels(options, data, plan.contenders, found, folder);
  }
  return result;
}

}  // namespace hyperwidth
