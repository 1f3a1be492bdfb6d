// SPDX-License-Identifier: Apache-2.0
#include "training/search/trial_measurement.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <exception>
#include <new>
#include <stdexcept>
#include <string>
#include <vector>

#include "training/trainer_options.h"

namespace hyperwidth {
namespace {

// Names in outcomes.
constexpr const char* kSteps = "validation_steps";
constexpr const char* kScores = "validation_scores";
constexpr const char* kFailure = "failure";

TrialOutcome Failed(TrialFailure failure, const std::string& why, const TrialRequest& request) {
  TrialOutcome outcome = TrialOutcome::Failed(fmt::format("{}: {}; steps {} to {} with {}",
                                                          TrialFailureName(failure),
                                                          why,
                                                          request.from_steps,
                                                          request.to_steps,
                                                          AssignmentText(request.values)));
  outcome.values = {{kFailure, TrialFailureName(failure)}};
  return outcome;
}

// What is wrong with the runner's steps; empty: nothing.
std::string BrokenContract(const std::vector<ValidationPoint>& points, const TrialRequest& request) {
  std::int64_t before = request.from_steps;
  for (const ValidationPoint& point : points) {
    if (point.steps <= before) {
      return fmt::format(
          "its runner found a score at step {} after step {}, accepted: steps in ascending order", point.steps, before);
    }
    before = point.steps;
  }
  if (!points.empty() && before == request.to_steps) return "";
  return fmt::format("its runner found the last score at step {}, accepted: at step {}", before, request.to_steps);
}

TrialOutcome OutcomeOf(const std::vector<ValidationPoint>& points, const TrialRequest& request) {
  std::vector<std::int64_t> steps;
  std::vector<double> scores;
  for (const ValidationPoint& point : points) {
    if (!std::isfinite(point.score)) {
      const std::string why =
          fmt::format("validation score at step {}: found {}, accepted: a finite number", point.steps, point.score);
      return Failed(TrialFailure::kDiverged, why, request);
    }
    steps.push_back(point.steps);
    scores.push_back(point.score);
  }
  return Fields{{kSteps, steps}, {kScores, scores}};
}

}  // namespace

TrialOutcome MeasureTrial(TrialRunner& runner, const TrialRequest& request, const StopRequest& stop) {
  std::vector<ValidationPoint> points;
  try {
    points = runner.Run(request, stop);
  } catch (const Stopped&) {
    throw;
  } catch (const std::bad_alloc& error) {
    return Failed(TrialFailure::kOutOfMemory, error.what(), request);
  } catch (const DivergenceError& error) {
    return Failed(TrialFailure::kDiverged, error.what(), request);
  } catch (const std::exception& error) {
    return Failed(TrialFailure::kThrew, error.what(), request);
  } catch (...) {
    return Failed(TrialFailure::kThrew, "what is no std::exception", request);
  }
  const std::string broken = BrokenContract(points, request);
  return broken.empty() ? OutcomeOf(points, request) : Failed(TrialFailure::kThrew, broken, request);
}

void AddOutcome(const TrialOutcome& outcome, std::int64_t to_steps, StudyTrial& trial) {
  trial.steps = to_steps;
  if (outcome.state == TrialState::kFailed) {
    trial.state = TrialState::kFailed;
    trial.failure = ParseTrialFailure(OutcomeValue<std::string>(outcome.values, kFailure));
    trial.message = outcome.message;
    trial.score = std::numeric_limits<double>::quiet_NaN();
    return;
  }
  const auto& steps = OutcomeValue<std::vector<std::int64_t>>(outcome.values, kSteps);
  const auto& scores = OutcomeValue<std::vector<double>>(outcome.values, kScores);
  if (steps.empty() || steps.size() != scores.size() || !std::isfinite(scores.back())) {
    throw std::runtime_error(
        fmt::format("outcome of trial {}: found {} steps and {} scores, accepted: as many of both, "
                    "the last score a finite number",
                    trial.number,
                    steps.size(),
                    scores.size()));
  }
  for (std::size_t i = 0; i < steps.size(); ++i) trial.curve.push_back({.steps = steps[i], .score = scores[i]});
  trial.score = scores.back();
}

}  // namespace hyperwidth
