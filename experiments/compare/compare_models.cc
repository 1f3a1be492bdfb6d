// SPDX-License-Identifier: Apache-2.0
#include "experiments/compare/compare_models.h"

#include <cmath>
#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "experiments/compare/compare_learner.h"
#include "experiments/compare/compare_run.h"
#include "training/conditioned_model/conditioned_model_file.h"
#include "training/run/stop_request.h"

namespace hyperwidth {
namespace {

struct BestRun {
  std::size_t contender = 0;
  TestRun run = {};
};

// By scheme.
std::map<std::string, BestRun> BestRuns(const std::vector<CompareContender>& names,
                                        Index repetitions,
                                        const FairResult& found) {
  std::map<std::string, BestRun> best;
  for (std::size_t i = 0; i < found.contenders.size(); ++i) {
    for (const TestRun& run : found.contenders[i].tests) {
      if (!run.message.empty() || !std::isfinite(run.validation_score)) continue;
      const auto [place, is_new] = best.try_emplace(names[i / static_cast<std::size_t>(repetitions)].scheme,
                                                    BestRun{.contender = i, .run = run});
      if (!is_new && run.validation_score < place->second.run.validation_score) {
        place->second = {.contender = i, .run = run};
      }
    }
  }
  return best;
}

// The conditions of the data, one behind the other, which a table's columns stand for.
std::vector<double> KnownConditionsOf(const ConditionedData& data) {
  const auto size = static_cast<std::size_t>(data.condition_size());
  std::vector<double> conditions(static_cast<std::size_t>(data.conditions()) * size);
  for (std::int64_t g = 0; g < data.conditions(); ++g) {
    data.CopyCondition<double>(g, std::span(conditions).subspan(static_cast<std::size_t>(g) * size, size));
  }
  return conditions;
}

}  // namespace

void SaveBestModels(const CompareOptions& options,
                    const CompareData& data,
                    const std::vector<CompareContender>& names,
                    const FairResult& found,
                    const RunFolder& folder) {
  const std::filesystem::path models = folder.path() / "models";
  std::filesystem::create_directories(models);
  for (const auto& [scheme, best] : BestRuns(names, options.repetitions, found)) {
    const CompareContender& contender = names[best.contender / static_cast<std::size_t>(options.repetitions)];
    const StudyTrial& chosen = *found.contenders[best.contender].chosen;
    CompareLearner learner(contender,
                           options,
                           data,
                           {.values = chosen.values,
                            .seed = best.run.seed,
                            .steps = options.steps,
                            .train = data.train,
                            .validation = data.validation});
    learner.TrainTo(options.steps, StopRequest());
    ConditionedModel model{.scheme = scheme,
                           .sizes = learner.sized().sizes,
                           .standardisation = data.standardisation,
                           .classes = data.classes,
                           .known_conditions = {},
                           .theta = learner.theta()};
    if (scheme == "table") model.known_conditions = KnownConditionsOf(data.data);
    SaveConditionedModel(models / (scheme + ".safetensors"),
                         model,
                         {{"contender", contender.name()},
                          {"seed", std::to_string(best.run.seed)},
                          {"values", AssignmentText(chosen.values)},
                          {"data", data.data.origin()},
                          {"validation_score", MetricText(best.run.validation_score)},
                          {"test_score", MetricText(best.run.test_score)}});
  }
}

}  // namespace hyperwidth
