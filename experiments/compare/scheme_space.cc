// SPDX-License-Identifier: Apache-2.0
#include "experiments/compare/scheme_space.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "experiments/tuning/stepped_training.h"
#include "models/graph/function.h"

namespace hyperwidth {
namespace {

constexpr Index kMostLayers = 3;
constexpr Index kMostScalars = 64;
constexpr double kGrowth = 4;  // from one size to the next
constexpr double kRoom = 4;    // between the smallest size that exists and the smallest that is compared

bool HasConditionNetwork(const std::string& scheme) { return scheme != "concat" && scheme != "table"; }

// What the scheme calls the scalars that I acts through, where the search may choose them; empty if it may not.
std::string ScalarsName(const std::string& scheme) {
  if (scheme == "embedding" || scheme == "nomad" || scheme == "table" || scheme == "multiplicative") {
    return "embedding_dim";
  }
  if (scheme == "low-rank") return "rank";
  if (scheme == "deeponet" || scheme == "shift-deeponet" || scheme == "flex-deeponet") return "functions";
  if (scheme == "chunked-hypernetwork") return "code_dim";
  return "";
}

// Which layers of g a hypernetwork generates, and low-rank moves.
constexpr const char* kAll = "all";
constexpr const char* kAllButFirst = "all-but-first";

// What the scheme calls that choice; empty if it has none.
std::string LayersName(const std::string& scheme) {
  if (scheme == "hypernetwork") return "generated";
  return scheme == "low-rank" ? "moved" : "";
}

HeadStart::Kind HeadStartNamed(const std::string& name) {
  if (name == "hyperfan-in") return HeadStart::Kind::kHyperfanIn;
  return name == "bias-only" ? HeadStart::Kind::kBiasOnly : HeadStart::Kind::kDense;
}

// The middle of a scheme's space, but for its layers.
SizeRequest TypicalRequest(const std::string& scheme,
                           Index layers,
                           const CompareData& data,
                           const CompareOptions& options) {
  return {.scheme = scheme,
          .size = 1,
          .measure = options.match,
          .total_for_kappa = static_cast<double>(options.total),
          .x_size = static_cast<Index>(data.data.x_size()),
          .condition_size = static_cast<Index>(data.data.condition_size()),
          .outputs = data.outputs(),
          .known_conditions = static_cast<Index>(data.data.conditions()),
          .primary_layers = layers,
          .condition_layers = layers,
          .condition_ratio = 0};
}

// The next of 1, 2, 5, 10, 20, .. that is not below.
double RoundedUp(double size) {
  double unit = std::pow(10, std::floor(std::log10(size)));
  for (const double digit : {1.0, 2.0, 5.0, 10.0}) {
    if (digit * unit >= size) return digit * unit;
  }
  return 10 * unit;
}

// Below that many parameters nothing of interest is decided, however few inputs there are.
double SmallestByDefault(SizeMeasure match) { return match == SizeMeasure::kTotal ? 1000 : 1; }

}  // namespace

SearchSpace SchemeSpace(const std::string& scheme, SizeMeasure match) {
  SearchSpace space;
  space.AddFloat("lr", 3e-4, 3e-2, {.log = true});
  const std::string scalars = ScalarsName(scheme);
  if (!scalars.empty() && match != SizeMeasure::kKappa) space.AddInt(scalars, 1, kMostScalars, {.log = true});
  space.AddInt("layers", 1, kMostLayers);
  if (HasConditionNetwork(scheme)) {
    space.AddInt("condition_layers", 1, kMostLayers);
    space.AddFloat("width_ratio", 0.5, 2, {.log = true});
  }
  space.AddCategorical("activation", {"relu", "tanh", "gelu"});
  if (!LayersName(scheme).empty()) space.AddCategorical(LayersName(scheme), {kAll, kAllButFirst});
  if (scheme == "hypernetwork") {
    space.AddCategorical("initialisation", {"dense", "hyperfan-in", "bias-only"});
  }
  space.AddCategorical("schedule", {"cosine", "constant"});
  space.AddFloat("weight_decay", 1e-4, 1, {.log = true});
  return space;
}

SizedScheme SizesOf(const CompareContender& contender,
                    const Assignment& values,
                    const CompareData& data,
                    const CompareOptions& options) {
  SizeRequest request = TypicalRequest(contender.scheme, IntegerValue(values, "layers"), data, options);
  request.size = contender.size;
  request.function = FunctionNamed(CategoryValue(values, "activation"));
  if (HasConditionNetwork(contender.scheme)) {
    request.condition_layers = IntegerValue(values, "condition_layers");
  }
  const std::string scalars = ScalarsName(contender.scheme);
  if (!scalars.empty() && options.match != SizeMeasure::kKappa) request.scalars = IntegerValue(values, scalars);
  if (HasConditionNetwork(contender.scheme)) {
    request.condition_ratio =
        DefaultConditionRatio(contender.scheme, request.scalars) * RealValue(values, "width_ratio");
  }
  const std::string layers = LayersName(contender.scheme);
  // g has a layer more than it has hidden ones.
  if (!layers.empty() && CategoryValue(values, layers) == kAllButFirst) {
    request.generated_layers = request.primary_layers;
  }
  if (contender.scheme == "hypernetwork") {
    request.head_start = HeadStartNamed(CategoryValue(values, "initialisation"));
  }
  return SolveWidths(request);
}

TrainerOptions TrainerOptionsOf(const Assignment& values, Index steps, Index blocks, Index items) {
  TrainerOptions trainer;
  trainer.optimizer.method = OptimizerMethod::kAdamW;
  trainer.optimizer.learning_rate = RealValue(values, "lr");
  trainer.optimizer.weight_decay = RealValue(values, "weight_decay");
  // Rare steps that are far longer than others cost more than they bring.
  trainer.optimizer.max_gradient_norm = 10;
  if (CategoryValue(values, "schedule") == "cosine") {
    trainer.optimizer.schedule = {.shape = ScheduleShape::kCosine, .period = steps};
  }
  trainer.threads = 1;  // as many trials run at a time as there are threads
  return WithSteps(trainer, steps, items, blocks);
}

BatchShape BatchShapeOf(const CompareOptions& options, const SubsetSamples<float>& train) {
  Index most = 1;
  for (Index g = 0; g < train.conditions(); ++g) most = std::max(most, train.start(g + 1) - train.start(g));
  const Index wanted = (options.batch_size + options.batch_conditions - 1) / options.batch_conditions;
  const Index samples = std::min(most, wanted);
  return {.samples = samples, .blocks = (options.batch_size + samples - 1) / samples};
}

std::vector<double> ResolvedSizes(const CompareOptions& options, const CompareData& data) {
  const std::optional<std::int64_t> count = CountOfWord(options.sizes.front());
  std::vector<double> sizes;
  if (!count) {
    for (const std::string& size : options.sizes) sizes.push_back(std::stod(size));
    std::sort(sizes.begin(), sizes.end());
    return sizes;
  }
  double size = 1;
  for (const std::string& scheme : options.schemes) {
    for (Index layers = 1; layers <= kMostLayers; ++layers) {
      size = std::max(size, SmallestSize(TypicalRequest(scheme, layers, data, options)));
    }
  }
  // Where the smallest network has one unit to a layer, room for a choice of widths begins above it.
  size = RoundedUp(std::max(kRoom * size, SmallestByDefault(options.match)));
  for (Index i = 0; i < *count; ++i, size *= kGrowth) sizes.push_back(size);
  return sizes;
}

std::vector<CompareContender> Contenders(const CompareOptions& options, const CompareData& data) {
  std::vector<CompareContender> contenders;
  Index number = 0;
  for (const double size : ResolvedSizes(options, data)) {
    ++number;
    for (const std::string& scheme : options.schemes) {
      contenders.push_back({.scheme = scheme, .size_number = number, .size = size});
    }
  }
  return contenders;
}

}  // namespace hyperwidth
