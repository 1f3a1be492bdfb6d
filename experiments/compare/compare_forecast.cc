// SPDX-License-Identifier: Apache-2.0
#include "experiments/compare/compare_forecast.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <optional>
#include <span>
#include <thread>

#include "experiments/compare/compare_learner.h"
#include "experiments/result/estimate.h"
#include "training/search/sampler.h"
#include "training/sized_scheme/head_warning.h"

namespace hyperwidth {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::int64_t kChoices = 8;    // of which steps are timed
constexpr double kLeastSeconds = 0.03;  // for which each is timed, after a first step
constexpr std::int64_t kMostTimedSteps = 30;
constexpr std::size_t kShareOfLate = 4;  // of the choices, the slowest part of this size stands for those that survive
constexpr Index kVectors = 4;            // as long as theta: itself, its gradient, two moments

double SecondsSince(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

// The values in the middle of every range.
Assignment MiddleOf(const SearchSpace& space) { return space.At(std::vector<double>(space.dimensions(), 0.5)); }

// The median, so that what else the machine does now and then is not taken for work.
double MedianStep(CompareLearner& learner, const StopRequest& never) {
  const auto start = Clock::now();
  std::vector<double> seconds;
  while (std::ssize(seconds) < kMostTimedSteps && (seconds.empty() || SecondsSince(start) < kLeastSeconds)) {
    const auto step = Clock::now();
    learner.TrainTo(2 + std::ssize(seconds), never);
    seconds.push_back(SecondsSince(step));
  }
  const auto middle = seconds.begin() + std::ssize(seconds) / 2;
  std::nth_element(seconds.begin(), middle, seconds.end());
  return *middle;
}

// One choice; nothing if it has no model, or diverges at once: that is a trial that fails at once.
struct Timing {
  double step = 0;
  double score = 0;
};
std::optional<Timing> TimeOf(const ContenderForecast& forecast,
                             const Assignment& values,
                             const CompareOptions& options,
                             const FairOptions& budget,
                             const CompareData& data) {
  try {
    CompareLearner learner(forecast.contender,
                           options,
                           data,
                           {.values = values,
                            .seed = budget.seed,
                            .steps = budget.budget.steps,
                            .train = data.train,
                            .validation = data.validation});
    const StopRequest never;
    learner.TrainTo(1, never);
    Timing timing{.step = MedianStep(learner, never)};
    const auto scored = Clock::now();
    learner.Validate();
    timing.score = SecondsSince(scored);
    return timing;
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

// As many choices at a time as there will be trials, since each is slower then.
void Time(const CompareOptions& options,
          const FairOptions& budget,
          const CompareData& data,
          int threads,
          ContenderForecast& forecast) {
  const auto sampler = MakeSampler(SchemeSpace(forecast.contender.scheme, options.match),
                                   {.method = budget.sampler, .seed = budget.seed});
  std::vector<std::optional<Timing>> timings(static_cast<std::size_t>(std::max<std::int64_t>(kChoices, threads)));
  std::atomic<std::size_t> next = 0;
  {
    std::vector<std::jthread> workers;
    for (int i = 0; i < threads; ++i) {
      workers.emplace_back([&] {
        for (std::size_t j = next++; j < timings.size(); j = next++) {
          timings[j] = TimeOf(forecast, sampler->Sample(static_cast<std::int64_t>(j)), options, budget, data);
        }
      });
    }
  }
  std::vector<double> steps;
  for (const std::optional<Timing>& timing : timings) {
    if (!timing) continue;
    steps.push_back(timing->step);
    forecast.times.score += timing->score;
  }
  if (steps.empty()) return;
  forecast.times.score /= static_cast<double>(steps.size());
  forecast.times.step = MeanEstimate(steps).value;
  std::sort(steps.begin(), steps.end());
  forecast.times.late_step =
      MeanEstimate(std::span(steps).last((steps.size() + kShareOfLate - 1) / kShareOfLate)).value;
}

double Mebibytes(double bytes) { return bytes / (1024 * 1024); }

double DataMebibytes(const CompareData& data) {
  const auto columns = static_cast<double>(data.data.x_size() + data.data.y_size());
  const double floats = columns * static_cast<double>(data.data.samples()) +
                        static_cast<double>(data.data.conditions() * data.data.condition_size());
  const auto stored = static_cast<double>(data.data.x().bytes().size() + data.data.condition().bytes().size() +
                                          data.data.y().bytes().size());
  return Mebibytes(stored + 4 * floats);
}

}  // namespace

CompareForecast Forecast(const std::vector<CompareContender>& contenders,
                         const CompareOptions& options,
                         const FairOptions& budget,
                         const CompareData& data,
                         int threads) {
  CompareForecast all;
  const BatchShape batch = BatchShapeOf(options, *data.train.samples);
  double search = 0, tests = 0, largest = 0;
  for (const CompareContender& contender : contenders) {
    ContenderForecast forecast{
        .contender = contender,
        .sized = SizesOf(contender, MiddleOf(SchemeSpace(contender.scheme, options.match)), data, options)};
    const Cost& cost = forecast.sized.cost;
    forecast.peak_mebibytes =
        Mebibytes(static_cast<double>(cost.BytesAtPeak(batch.samples * batch.blocks, batch.blocks, sizeof(float)) +
                                      (kVectors - 2) * cost.trainable_parameters * static_cast<Index>(sizeof(float))));
    Time(options, budget, data, threads, forecast);
    const Study study = MakeFairStudy(contender.name(), SchemeSpace(contender.scheme, options.match), {}, budget);
    search += SearchSeconds(forecast.times, study.rungs(), budget, threads);
    tests += TestSeconds(forecast.times, budget);
    largest = std::max(largest, forecast.peak_mebibytes);
    const std::string warning = HeadWarning(forecast.sized, contender.scheme);
    if (!warning.empty()) all.warnings.push_back(contender.name() + ": " + warning);
    all.contenders.push_back(std::move(forecast));
  }
  all.minutes = (search + tests / threads) / 60;
  // Of several trainings the best one so far is kept beside the next.
  all.peak_mebibytes = DataMebibytes(data) + threads * largest * (budget.restarts > 1 ? 2 : 1);
  return all;
}

std::string ForecastText(const CompareForecast& forecast) {
  std::string text = fmt::format("{:<30} {:>10} {:>10} {:>10} {:>8} {:>12} {:>12} {:>10}\n",
                                 "forecast",
                                 "parameters",
                                 "primary",
                                 "generated",
                                 "kappa",
                                 "multiply-adds",
                                 "with I known",
                                 "ms a step");
  for (const ContenderForecast& contender : forecast.contenders) {
    const Cost& cost = contender.sized.cost;
    text += fmt::format("{:<30} {:>10} {:>10} {:>10} {:>8} {:>13} {:>12} {:>10.3g}\n",
                        contender.contender.name(),
                        cost.trainable_parameters,
                        static_cast<std::int64_t>(contender.sized.primary),
                        cost.generated_parameters,
                        cost.kappa,
                        cost.MultiplyAdds(),
                        cost.MultiplyAddsReusing(),
                        1000 * contender.times.step);
  }
  text += fmt::format("{:.2g} minutes in all, {:.0f} MiB of memory.\n", forecast.minutes, forecast.peak_mebibytes);
  for (const std::string& warning : forecast.warnings) text += "warning: " + warning + "\n";
  return text;
}

Fields FieldsOf(const CompareForecast& forecast, double took_minutes) {
  std::vector<std::string> names;
  std::vector<std::int64_t> total, primary, generated, kappa, with_new, with_known;
  std::vector<double> milliseconds, memory;
  for (const ContenderForecast& contender : forecast.contenders) {
    const Cost& cost = contender.sized.cost;
    names.push_back(contender.contender.name());
    total.push_back(cost.trainable_parameters);
    primary.push_back(static_cast<std::int64_t>(contender.sized.primary));
    generated.push_back(cost.generated_parameters);
    kappa.push_back(cost.kappa);
    with_new.push_back(cost.MultiplyAdds());
    with_known.push_back(cost.MultiplyAddsReusing());
    milliseconds.push_back(1000 * contender.times.step);
    memory.push_back(contender.peak_mebibytes);
  }
  Fields fields = {{"minutes", forecast.minutes}};
  if (std::isfinite(took_minutes)) fields.emplace_back("took_minutes", took_minutes);
  fields.emplace_back("peak_mebibytes", forecast.peak_mebibytes);
  fields.emplace_back("contender", names);
  fields.emplace_back("total_parameters", total);
  fields.emplace_back("primary_parameters", primary);
  fields.emplace_back("generated_parameters", generated);
  fields.emplace_back("kappa", kappa);
  fields.emplace_back("multiply_adds", with_new);
  fields.emplace_back("multiply_adds_reusing", with_known);
  fields.emplace_back("milliseconds_per_step", milliseconds);
  fields.emplace_back("trial_mebibytes", memory);
  if (!forecast.warnings.empty()) fields.emplace_back("warnings", forecast.warnings);
  return fields;
}

}  // namespace hyperwidth
