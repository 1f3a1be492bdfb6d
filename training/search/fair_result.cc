// SPDX-License-Identifier: Apache-2.0
#include "training/search/fair_result.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <set>
#include <stdexcept>
#include <utility>

#include "training/search/trial_names.h"

namespace hyperwidth {
namespace {

constexpr const char* kValidationScore = "validation_score";
constexpr const char* kTestScore = "test_score";
constexpr const char* kRestart = "restart";

TrialOutcome Measure(const std::function<TestScores(const StopRequest&)>& measure,
                     const std::string& contender,
                     const StudyTrial& chosen,
                     const StopRequest& stop) {
  const auto failed = [&](const std::string& why) {
    return TrialOutcome::Failed(fmt::format("{}: {}; with {}", contender, why, AssignmentText(chosen.values)));
  };
  try {
    const TestScores scores = measure(stop);
    if (!std::isfinite(scores.test)) {
      return failed(fmt::format("test score: found {}, accepted: a finite number", scores.test));
    }
    Fields found = {{kValidationScore, scores.validation}, {kTestScore, scores.test}};
    if (scores.restart) found.push_back({kRestart, *scores.restart});
    found.insert(found.end(), scores.details.begin(), scores.details.end());
    return found;
  } catch (const Stopped&) {
    throw;
  } catch (const std::exception& error) {
    return failed(error.what());
  } catch (...) {
    return failed("what is no std::exception");
  }
}

}  // namespace

const ContenderResult* FindContender(const FairResult& found, const std::string& name) {
  for (const ContenderResult& contender : found.contenders) {
    if (contender.name == name) return &contender;
  }
  return nullptr;
}

void RequireContenders(const std::vector<std::string>& names) {
  if (names.empty()) throw std::invalid_argument("fair study: found no contenders, accepted: at least one");
  std::set<std::string> seen;
  for (const std::string& name : names) {
    if (name.empty()) throw std::invalid_argument("fair study: found a contender without a name, accepted: names");
    if (!seen.insert(name).second) {
      throw std::invalid_argument("fair study: found contender " + name + " twice, accepted: different names");
    }
  }
}

void AddSearch(const Study& study, StudyResult found, FairResult& result) {
  ContenderResult contender{.name = found.name};
  contender.validation_curve = found.BestSoFar();
  contender.sensitivity = SensitivityOf(study.space(), found.Scored());
  if (found.complete) {
    try {
      contender.chosen = found.best();
    } catch (const AllTrialsFailed& failure) {
      contender.failure = failure.what();
    }
  }
  contender.search = std::move(found);
  result.contenders.push_back(std::move(contender));
}

void Conclude(std::size_t contenders, FairResult& result) {
  result.complete = result.contenders.size() == contenders &&
                    std::all_of(result.contenders.begin(), result.contenders.end(), [](const ContenderResult& found) {
                      return found.search.complete;
                    });
  if (!result.complete) return;
  std::string failures;
  for (const ContenderResult& contender : result.contenders) {
    if (contender.chosen) return;
    failures += (failures.empty() ? "" : "; ") + contender.failure;
  }
  throw AllTrialsFailed(failures);
}

Trial TestTrial(const std::string& contender,
                const StudyTrial& chosen,
                std::int64_t repetition,
                std::function<TestScores(const StopRequest&)> measure) {
  return {.values = TestFields(contender, chosen.number, repetition, chosen.values),
          .work = static_cast<double>(chosen.steps),
          .measure = [contender, chosen, measure = std::move(measure)](const StopRequest& stop) {
            return Measure(measure, contender, chosen, stop);
          }};
}

void AddTests(const FairOptions& options, const TrialOutcomes& outcomes, FairResult& result) {
  result.complete = outcomes.complete;
  std::size_t next = 0;
  for (ContenderResult& contender : result.contenders) {
    if (!contender.chosen) continue;
    for (std::int64_t repetition = 1; repetition <= options.repetitions; ++repetition, ++next) {
      if (!outcomes.outcomes[next]) continue;
      const TrialOutcome& outcome = *outcomes.outcomes[next];
      TestRun run{.seed = TestSeed(options, contender.seed_offset, repetition, /*restart=*/0)};
      if (outcome.state == TrialState::kFailed) {
        run.message = outcome.message;
      } else {
        run.validation_score = OutcomeValue<double>(outcome.values, kValidationScore);
        run.test_score = OutcomeValue<double>(outcome.values, kTestScore);
        for (const Field& field : outcome.values) {
          if (field.name == kRestart) {
            run.seed = TestSeed(options, contender.seed_offset, repetition, std::get<std::int64_t>(field.value));
          } else if (field.name != kValidationScore && field.name != kTestScore) {
            run.details.push_back(field);
          }
        }
      }
      contender.tests.push_back(std::move(run));
    }
  }
}

}  // namespace hyperwidth
