// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_TUNING_TUNING_TABLE_H_
#define HYPERWIDTH_EXPERIMENTS_TUNING_TUNING_TABLE_H_

#include <optional>
#include <string>
#include <vector>

#include "experiments/result/result.h"
#include "training/search/fair_result.h"

namespace hyperwidth {

// Searches of one kind of model, at several sizes or depths, say, or repeated. The pointers are not empty.
struct TunedModel {
  std::string name;
  std::vector<const ContenderResult*> searches = {};  // all of them: for what hyper-parameters matter; at least one
  std::vector<const ContenderResult*> chosen = {};    // those of which the choice is shown
};

// The searches by the model whose name their own begin with, each of which shows its choice. Models without any are
// left out. `found` must outlive it.
std::vector<TunedModel> TunedModels(const FairResult& found, const std::vector<std::string>& models);

struct TuningWords {
  std::string model = "model";  // heading of the names: "scheme"
  std::string chosen;           // where and when the choices that are shown were made: "at each depth"
};

// For each model and each of its hyper-parameters the share of the variance of scores that it explains alone
// (training/search/sensitivity.h), mean over all searches of the model, and what was chosen. Nothing if there is no
// model.
std::optional<ResultTable> TuningTable(const std::vector<TunedModel>& models, const TuningWords& words);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_TUNING_TUNING_TABLE_H_
