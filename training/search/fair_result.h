// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_SEARCH_FAIR_RESULT_H_
#define HYPERWIDTH_TRAINING_SEARCH_FAIR_RESULT_H_

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "training/run/stop_request.h"
#include "training/search/fair_options.h"
#include "training/search/sensitivity.h"
#include "training/search/study.h"
#include "training/trials/run_trials.h"
#include "training/trials/trial.h"

namespace hyperwidth {

// A choice, trained anew with another seed: of several the one that was tested.
struct TestRun {
  std::uint64_t seed = 0;
  double validation_score = std::numeric_limits<double>::quiet_NaN();
  double test_score = std::numeric_limits<double>::quiet_NaN();  // not a number if it failed
  Fields details = {};                                           // what else the test has found
  std::string message = {};                                      // why it failed; else empty
};

struct ContenderResult {
  std::string name;
  std::uint64_t seed_offset = 0;  // as in Contender
  StudyResult search = {};
  std::vector<double> validation_curve = {};  // the chosen trial's score after each trial, see StudyResult::BestSoFar
  Sensitivity sensitivity = {};
  std::optional<StudyTrial> chosen = {};  // none: nothing could be, and `failure` says why
  std::string failure = {};
  std::vector<TestRun> tests = {};  // one for each repetition, if it was tested
};

struct FairResult {
  std::vector<ContenderResult> contenders = {};
  bool complete = false;  // of the search, before the test; of both after it
};

// The contender of that name; nullptr if there is none, as where a search was interrupted before it.
const ContenderResult* FindContender(const FairResult& found, const std::string& name);

// What a test has found.
struct TestScores {
  double validation = 0;
  double test = 0;
  std::optional<std::int64_t> restart = {};  // which one was tested, if there was a choice
  Fields details = {};
};

// The parts of FairStudy and FairChoice that do not depend on the data's type.

// Throws std::invalid_argument for no names, and for one that is empty or repeated.
void RequireContenders(const std::vector<std::string>& names);
// Adds a contender with what its study has found.
void AddSearch(const Study& study, StudyResult found, FairResult& result);
// Decides whether `contenders` searches are complete; throws AllTrialsFailed if they are and nobody has chosen.
void Conclude(std::size_t contenders, FairResult& result);
// The trial that tests a choice; what `measure` throws, and a score that is no finite number, is its failure.
Trial TestTrial(const std::string& contender,
                const StudyTrial& chosen,
                std::int64_t repetition,
                std::function<TestScores(const StopRequest&)> measure);
// Adds the outcomes of all such trials, contender by contender.
void AddTests(const FairOptions& options, const TrialOutcomes& outcomes, FairResult& result);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_SEARCH_FAIR_RESULT_H_
