// SPDX-License-Identifier: Apache-2.0
#include "training/conditioned_model/conditioned_model_file.h"

#include <cmath>
#include <stdexcept>
#include <string_view>

#include "training/checkpoint/model_checkpoint.h"
#include "training/checkpoint/safetensors.h"
#include "training/conditioned_model/number_text.h"
#include "training/conditioned_model/scheme_sizes_text.h"
#include "training/sized_scheme/scheme_counts.h"

namespace hyperwidth {
namespace {

constexpr const char* kScheme = "scheme";
constexpr std::string_view kArchitecture = "architecture.";
constexpr const char* kVersionKey = "conditioned_model";
constexpr const char* kVersion = "1";
constexpr const char* kSizes = "sizes.";
constexpr const char* kAccepted = "a model that hyperwidth has saved with its sizes and standardisation";

// Calls visit(name, numbers) for every list of doubles, whether it is to be written or read.
template <typename Conditioned, typename Visit>
void ForEachList(Conditioned& model, const Visit& visit) {
  visit("standardisation.x.mean", model.standardisation.x.mean);
  visit("standardisation.x.scale", model.standardisation.x.scale);
  visit("standardisation.condition.mean", model.standardisation.condition.mean);
  visit("standardisation.condition.scale", model.standardisation.condition.scale);
  visit("standardisation.y.mean", model.standardisation.y.mean);
  visit("standardisation.y.scale", model.standardisation.y.scale);
  visit("classes", model.classes);
  visit("known_conditions", model.known_conditions);
}

// What is in the metadata under a key, which has to be there.
const std::string& Require(const std::map<std::string, std::string>& texts, const std::string& key) {
  const auto found = texts.find(key);
  if (found != texts.end()) return found->second;
  throw std::invalid_argument("metadata " + Quoted(key) + ": found none, accepted: " + kAccepted);
}

// Before a graph is built: that the tensors of the file are enough for sizes on which the number of its values depends.
// So a few bytes of metadata make nobody build millions of values, and no number of parameters overflows. What else
// does not fit, LoadModel finds.
void RequirePlausible(const ConditionedModel& model, const Safetensors& file) {
  double entries = 0, chunks = 0;
  for (const StoredTensor& tensor : file.tensors()) {
    entries += static_cast<double>(tensor.size());
    chunks += tensor.name.starts_with("chunk.") ? 1 : 0;
  }
  const SchemeSizes& sizes = model.sizes;
  const auto require = [](const char* what, double needed, double found) {
    if (needed <= found) return;
    throw std::invalid_argument("sizes: found " + NumbersText<double>({needed}) + " " + what + ", accepted: at most " +
                                NumbersText<double>({found}) + ", as the file's tensors have");
  };
  const auto number = [](Index size) { return static_cast<double>(size); };
  if (model.scheme == "chunked-hypernetwork") {
    require("chunks", std::ceil(PrimaryWeights(sizes) / number(sizes.chunk)), chunks);
    return;
  }
  // All that is generated or applied to x has a parameter of its own for each of its weights, at least.
  SchemeSizes least = sizes;
  least.outputs = 1;
  least.generated_has_bias = false;
  require("weights", PrimaryWeights(least), entries);
  require("outputs", number(sizes.outputs), entries);
  if (!model.scheme.ends_with("deeponet")) return;
  const double functions = number(sizes.outputs) * number(sizes.scalars);
  require("functions", functions, entries);
  if (model.scheme == "shift-deeponet") require("moves", number(sizes.x_size) * functions, entries);
}

// Whatever is in the metadata: all but theta.
ConditionedModel FromMetadata(const std::map<std::string, std::string>& metadata) {
  std::map<std::string, std::string> texts, sizes;
  for (const auto& [key, text] : metadata) {
    if (!key.starts_with(kArchitecture)) continue;
    const std::string name = key.substr(kArchitecture.size());
    if (name.starts_with(kSizes)) {
      sizes[name.substr(std::string_view(kSizes).size())] = text;
    } else {
      texts[name] = text;
    }
  }
  const std::string& version = Require(texts, kVersionKey);
  if (version != kVersion) {
    throw std::invalid_argument("version of the model's file: found " + Quoted(version) + ", accepted: \"" + kVersion +
                                "\"");
  }
  ConditionedModel model;
  model.scheme = Require(metadata, kScheme);
  model.sizes = SchemeSizesOfText(sizes);
  ForEachList(model, [&](const char* name, std::vector<double>& numbers) {
    const std::string& text = Require(texts, name);
    const auto read = NumbersOfText<double>(text);
    if (!read) throw std::invalid_argument(std::string(name) + ": found " + Quoted(text) + ", accepted: numbers");
    numbers = *read;
  });
  return model;
}

}  // namespace

void SaveConditionedModel(const std::filesystem::path& path,
                          const ConditionedModel& model,
                          const std::map<std::string, std::string>& notes) {
  const Model network = model.MakeModel();
  Validate(model, network);
  CheckpointExtras<float> extras{.architecture = {{kVersionKey, kVersion}}, .notes = notes};
  const std::map<std::string, std::string> sizes = SchemeSizesText(model.sizes);
  SchemeSizesOfText(sizes);  // throws for sizes that nobody could load
  for (const auto& [name, text] : sizes) extras.architecture[kSizes + name] = text;
  ForEachList(model, [&](const char* name, const std::vector<double>& numbers) {
    extras.architecture[name] = NumbersText(numbers);
  });
  SaveModel<float>(path, network, model.theta, extras);
}

ConditionedModel LoadConditionedModel(const std::filesystem::path& path) {
  const Safetensors file = Safetensors::Read(path);
  // What LoadModel throws has the path in it.
  const auto with_path = [&](const auto& work) {
    try {
      return work();
    } catch (const std::invalid_argument& error) {
      throw std::invalid_argument(path.string() + ": " + error.what());
    }
  };
  ConditionedModel model = with_path([&] { return FromMetadata(file.metadata()); });
  const Model network = with_path([&] {
    RequirePlausible(model, file);
    return model.MakeModel();
  });
  model.theta = LoadModel<float>(path, file, network).theta;
  with_path([&] { Validate(model, network); });
  return model;
}

}  // namespace hyperwidth
