// SPDX-License-Identifier: Apache-2.0
#include "training/sized_scheme/width_family.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

namespace hyperwidth {
namespace {

constexpr Index kChunkName = 8;  // numbers that name a chunk
constexpr Index kMostShiftFunctions = 64;
constexpr double kLargestSize = 1e12;
constexpr Index kWide = Index{1} << 20;  // wider than any kappa: condition sizes end before

std::vector<Index> Spread(Index units, Index layers) {
  std::vector<Index> widths(static_cast<std::size_t>(layers));
  for (Index layer = 0; layer < layers; ++layer) {
    widths[static_cast<std::size_t>(layer)] = units / layers + (layer < units % layers ? 1 : 0);
  }
  return widths;
}

bool IsDeepOnet(const std::string& scheme) {
  return scheme == "deeponet" || scheme == "shift-deeponet" || scheme == "flex-deeponet";
}

// Schemes in which the condition acts through as many numbers as layers have units.
bool HasNoScalars(const std::string& scheme) {
  return scheme == "conditional-bias" || scheme == "film" || scheme == "hypernetwork";
}

bool SeesConditionInLayersOfItsOwn(const std::string& scheme) { return scheme != "concat" && scheme != "table"; }

// As SolveWidths says for `scalars` 0.
Index ScalarsFor(const SizeRequest& request, Index primary_units) {
  const Index layers = std::max<Index>(request.primary_layers, 1);
  Index count = (primary_units + 2 * layers - 1) / (2 * layers);
  if (request.scheme == "shift-deeponet") count = std::min(count, kMostShiftFunctions);
  if (IsDeepOnet(request.scheme)) count /= request.outputs;
  return std::max<Index>(count, 1);
}

// As SolveWidths says for `chunk` 0. More weights never give fewer chunks.
Index ChunkFor(double weights) { return static_cast<Index>(std::min(weights, std::ceil(4 * std::sqrt(weights)))); }

void RequireAtLeast(const char* field, Index found, Index least) {
  if (found >= least) return;
  throw std::invalid_argument(std::string(field) + ": found " + std::to_string(found) + ", accepted: at least " +
                              std::to_string(least));
}

std::string Text(double number) {
  std::string text = std::to_string(number);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

void RequireSizeInRange(const char* field, double size) {
  if (size > 0 && size <= kLargestSize) return;
  throw std::invalid_argument(std::string(field) + ": found " + Text(size) + ", accepted: above 0, to 10^12");
}

}  // namespace

double DefaultConditionRatio(const std::string& scheme, Index scalars) {
  if (scheme == "hypernetwork") return 4;
  if (scheme == "low-rank") return scalars == 0 ? 3 : std::sqrt(1 + static_cast<double>(scalars));
  return 1;
}

double MeasureOf(SizeMeasure measure, const SchemeCounts& counts) {
  switch (measure) {
    case SizeMeasure::kTotal:
      return counts.total;
    case SizeMeasure::kPrimary:
      return counts.primary;
    case SizeMeasure::kCompute:
      return counts.compute;
    case SizeMeasure::kKappa:
      return counts.kappa;
  }
  return 0;
}

WidthFamily::WidthFamily(const SizeRequest& request) : request_(request), counter_(request.scheme) {
  RequireValid();
  const bool is_total = request_.measure == SizeMeasure::kTotal || request_.measure == SizeMeasure::kKappa;
  condition_layers_ = SeesConditionInLayersOfItsOwn(request_.scheme) ? request_.condition_layers : 0;
  if (request_.measure == SizeMeasure::kKappa) FixKappa();
  if (request_.condition_ratio == 0) {
    request_.condition_ratio = DefaultConditionRatio(request_.scheme, request_.scalars);
  }
  least_.primary = std::max(least_.primary, request_.primary_layers);
  least_.condition = std::max(least_.condition, condition_layers_);
  counts_condition_ = is_total && condition_layers_ > 0;
}

void WidthFamily::RequireValid() const {
  RequireSizeInRange("size", request_.size);
  if (request_.measure == SizeMeasure::kKappa) RequireSizeInRange("total_for_kappa", request_.total_for_kappa);
  RequireAtLeast("x_size", request_.x_size, 1);
  RequireAtLeast("condition_size", request_.condition_size, 1);
  RequireAtLeast("outputs", request_.outputs, 1);
  RequireAtLeast("known_conditions", request_.known_conditions, 1);
  RequireAtLeast("primary_layers", request_.primary_layers, request_.scheme == "film" ? 1 : 0);
  RequireAtLeast("condition_layers", request_.condition_layers, 0);
  RequireAtLeast("scalars", request_.scalars, 0);
  RequireAtLeast("chunk", request_.chunk, 0);
  RequireAtLeast("generated_layers", request_.generated_layers, 0);
  if (request_.generated_layers > request_.primary_layers + 1) {
    throw std::invalid_argument("generated_layers: found " + std::to_string(request_.generated_layers) +
                                ", accepted: 0 to " + std::to_string(request_.primary_layers + 1));
  }
  if (!(request_.condition_ratio >= 0) || !std::isfinite(request_.condition_ratio)) {
    throw std::invalid_argument("condition_ratio: found " + std::to_string(request_.condition_ratio) +
                                ", accepted: finite and not negative");
  }
}

SchemeSizes WidthFamily::At(Units units) const {
  SchemeSizes sizes{.x_size = request_.x_size,
                    .condition_size = request_.condition_size,
                    .outputs = request_.outputs,
                    .condition_hidden = Spread(units.condition, condition_layers_),
                    .primary_hidden = Spread(units.primary, request_.primary_layers),
                    .scalars = request_.scalars > 0 ? request_.scalars : ScalarsFor(request_, units.primary),
                    .known_conditions = request_.known_conditions,
                    .chunk_name = kChunkName,
                    .generated_layers = request_.generated_layers,
                    .function = request_.function,
                    .head_start = request_.head_start};
  if (bottleneck_ > 0) sizes.condition_hidden.push_back(bottleneck_);
  sizes.chunk = request_.chunk > 0 ? request_.chunk : ChunkFor(PrimaryWeights(sizes));
  return sizes;
}

double WidthFamily::Count(Units units) const {
  const bool is_kappa = request_.measure == SizeMeasure::kKappa;
  return MeasureOf(is_kappa ? SizeMeasure::kTotal : request_.measure, counter_(At(units)));
}

double WidthFamily::WantedCondition(Index primary) const {
  const double width = request_.primary_layers > 0
                           ? static_cast<double>(primary) / static_cast<double>(request_.primary_layers)
                           : static_cast<double>(request_.outputs);
  return request_.condition_ratio * width * static_cast<double>(condition_layers_);
}

bool WidthFamily::HasKappa(Units units) const { return counter_(At(units)).kappa == request_.size; }

template <typename UnitsAt>
Index WidthFamily::LeastWithKappa(Index from, const UnitsAt& units_at) const {
  Index low = from, high = kWide;
  while (low < high) {
    const Index middle = low + (high - low) / 2;
    if (HasKappa(units_at(middle))) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

void WidthFamily::FixKappa() {
  const std::string& scheme = request_.scheme;
  const auto refuse = [&](const std::string& accepted) {
    throw std::invalid_argument("kappa of " + scheme + ": found " + Text(request_.size) + ", accepted: " + accepted);
  };
  const Index kappa = static_cast<Index>(request_.size);
  if (static_cast<double>(kappa) != request_.size) refuse("a whole number");
  const std::string at_most = ", at most " + std::to_string(request_.condition_size) + ", the size of the condition";
  if (scheme == "concat" && kappa != request_.condition_size) {
    refuse(std::to_string(request_.condition_size) + " only, the size of the condition");
  }
  if (scheme != "table" && kappa > request_.condition_size) refuse("a whole number" + at_most);
  const Index layers = request_.primary_layers;
  if (HasNoScalars(scheme)) {
    if (request_.condition_layers < 1) refuse("none without a hidden layer of what sees the condition");
    bottleneck_ = kappa;
    --condition_layers_;
  } else if (IsDeepOnet(scheme)) {
    const Index each = scheme == "shift-deeponet" ? request_.outputs * (1 + 2 * request_.x_size) : request_.outputs;
    const Index moves = scheme == "flex-deeponet" ? 2 * request_.x_size : 0;
    request_.scalars = (kappa - moves) / each;
    if (kappa <= moves || (kappa - moves) % each != 0) {
      const std::string more = moves > 0 ? std::to_string(moves) + " and a multiple of " : "a multiple of ";
      refuse(more + std::to_string(each) + at_most);
    }
  } else {
    request_.scalars = kappa;
  }
  const Units wide{.primary = layers > 0 ? kWide : 0, .condition = condition_layers_ > 0 ? kWide : 0};
  if (!HasKappa(wide)) refuse("what the layers of these sizes let pass");
  if (layers > 0) {
    least_.primary = LeastWithKappa(layers, [&](Index units) { return Units{units, wide.condition}; });
  }
  if (condition_layers_ > 0) {
    least_.condition = LeastWithKappa(condition_layers_, [&](Index units) { return Units{wide.primary, units}; });
  }
}

}  // namespace hyperwidth
