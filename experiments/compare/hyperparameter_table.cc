// SPDX-License-Identifier: Apache-2.0
#include "experiments/compare/hyperparameter_table.h"

#include <algorithm>

#include "experiments/tuning/tuning_table.h"

namespace hyperwidth {

std::optional<ResultTable> HyperparameterTable(const std::vector<TestedContender>& tested) {
  std::vector<TunedModel> models;
  for (const TestedContender& contender : tested) {
    const std::string& scheme = contender.contender.scheme;
    auto model = std::find_if(models.begin(), models.end(), [&](const TunedModel& m) { return m.name == scheme; });
    if (model == models.end()) model = models.insert(models.end(), {.name = scheme});
    model->searches.insert(model->searches.end(), contender.repetitions.begin(), contender.repetitions.end());
    model->chosen = contender.repetitions;  // sizes ascend
  }
  return TuningTable(models, {.model = "scheme", .chosen = "at the largest size, in each repetition"});
}

}  // namespace hyperwidth
