// SPDX-License-Identifier: Apache-2.0

#include "tools/floor_architecture.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "theory/conditioned_architecture.h"
#include "theory/domain_check.h"
#include "theory/problem.h"

namespace hyperwidth {
namespace {

constexpr char kLayers[] = "--layers";
constexpr char kConditionLayers[] = "--condition-layers";
constexpr char kAuto[] = "auto";

// A size that the scheme computes from other sizes, and how: 128 and "twice the 64 hidden units".
struct GeneratedSize {
  std::int64_t size = 0;  // 0: free
  std::string meaning;
};

std::int64_t ParseSize(const std::string& flag, const std::string& text, const std::string& word) {
  std::int64_t size = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), size);
  if (error != std::errc() || end != word.data() + word.size() || size < 1 || size > kMaxLayerSize) {
    throw std::domain_error(flag + " = '" + text + "': '" + word +
                            "' is not a layer size; accepted: integers from 1 to " + std::to_string(kMaxLayerSize) +
                            ", separated by commas");
  }
  return size;
}

// `determined`: what a last word "auto" stands for; 0 if it stands for nothing.
LayerSizes ParseSizes(const std::string& flag, const std::string& text, std::int64_t determined) {
  LayerSizes sizes;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    const std::string word = text.substr(begin, end - begin);
    const bool is_auto = word == kAuto && end == text.size() && determined > 0;
    sizes.push_back(is_auto ? determined : ParseSize(flag, text, word));
    begin = end + 1;
  }
  RequireSizesInRange(flag, sizes);
  return sizes;
}

GeneratedSize Generated(Scheme scheme, const LayerSizes& layers) {
  const std::optional<Count> scalars = GeneratedScalars(scheme, layers);
  if (!scalars) return {};
  const std::int64_t size = scalars->value.value_or(kMaxExactCount);
  const auto text = [](std::int64_t number) { return std::to_string(number); };
  switch (scheme) {
    case Scheme::kEmbedding:
    case Scheme::kLowRank:
      break;
    case Scheme::kConditionalBias:
      return {size, "the " + text(size) + " units of the first layer"};
    case Scheme::kFilm:
      return {size, "twice the " + text(size / 2) + " hidden units"};
    case Scheme::kDeepOnet:
      return {size, "p, the " + text(size) + " outputs of the trunk, the last size of --layers"};
    case Scheme::kHypernetwork:
      return {size, "all " + scalars->Text() + " weights and biases of --layers"};
  }
  return {};
}

// The network that sees I, with its last size checked or, for "auto", filled in.
LayerSizes ConditionLayers(const std::string& text, Scheme scheme, const LayerSizes& layers) {
  const GeneratedSize generated = Generated(scheme, layers);
  if (generated.size > kMaxLayerSize) {
    throw std::domain_error(std::string(kConditionLayers) + " would have to end in " + generated.meaning +
                            ": more than the " + std::to_string(kMaxLayerSize) + " units of a layer that are accepted");
  }
  const std::string last = generated.size > 0 ? std::to_string(generated.size) + " (" + generated.meaning + ") or auto"
                           : scheme == Scheme::kEmbedding ? "the embedding dimension k"
                                                          : "the rank k = dim z";
  if (text.empty()) {
    throw std::domain_error(std::string(kConditionLayers) + " is missing: with the scheme " + Name(scheme) +
                            " it is the list of sizes from m2, the inputs I, to " + last);
  }
  LayerSizes sizes = ParseSizes(kConditionLayers, text, generated.size);
  if (generated.size > 0 && sizes.back() != generated.size) {
    throw std::domain_error(std::string(kConditionLayers) + " ends in " + std::to_string(sizes.back()) +
                            ": with the scheme " + Name(scheme) + " it must end in " + last);
  }
  RequireInteger(std::string(kConditionLayers) + "[0], the inputs I,", sizes.front(), 1, kMaxDimension);
  return sizes;
}

void CheckLayers(std::optional<Scheme> scheme, const LayerSizes& layers) {
  if (scheme != Scheme::kDeepOnet && layers.back() != 1) {
    throw std::domain_error(std::string(kLayers) + " ends in " + std::to_string(layers.back()) +
                            ": the floor is that of a network with one output, so it must end in 1");
  }
  if (!scheme) {
    RequireInteger("--layers[0], the inputs x and I together,", layers.front(), 2, 2 * kMaxDimension);
  } else if (scheme != Scheme::kEmbedding) {
    RequireInteger("--layers[0], the inputs x,", layers.front(), 1, kMaxDimension);
  }
  if (scheme == Scheme::kFilm && layers.size() == 2) {
    throw std::domain_error(std::string(kLayers) + " has no hidden layer: film scales and shifts hidden units");
  }
}

void AnswerStandard(FloorAnswer& answer) {
  answer.dim = static_cast<int>(answer.layers.front());
  answer.trainable = NumParameters(answer.layers);
  answer.condition_trainable = Count::Exact(0);
  // What is x and what is I does not matter; the axes are only divided where there are more than one group may have.
  const int first = std::min(answer.dim, kMaxDimension);
  answer.floor = StandardErrorFloor(
      {.smoothness = answer.smoothness, .primary_dim = first, .condition_dim = answer.dim - first, .norm = answer.norm},
      answer.layers);
}

void CheckEmbedding(const LayerSizes& layers, std::int64_t k) {
  if (layers.front() > k && layers.front() - k <= kMaxDimension) return;
  throw std::domain_error("--layers[0] = " + std::to_string(layers.front()) +
                          " must be m1 + k, the inputs x and the embedding: from " + std::to_string(1 + k) + " to " +
                          std::to_string(kMaxDimension + k) + " with k = " + std::to_string(k) +
                          ", the last size of --condition-layers");
}

void AnswerConditioned(FloorAnswer& answer, Scheme scheme) {
  answer.scalars = answer.condition_layers.back();
  if (scheme == Scheme::kEmbedding) CheckEmbedding(answer.layers, answer.scalars);
  const ConditionedArchitecture architecture{
      .scheme = scheme, .primary = answer.layers, .condition = answer.condition_layers};
  answer.condition_dim = static_cast<int>(answer.condition_layers.front());
  answer.dim = static_cast<int>(PrimaryDim(architecture)) + answer.condition_dim;
  answer.trainable = TrainablePrimaryParameters(architecture);
  answer.condition_trainable = NumParameters(answer.condition_layers);
  answer.floor = ErrorFloorOf(answer.smoothness, architecture, answer.norm);
}

// All that the primary network learns of I passes through each layer of the network that sees I.
void AnswerContinuity(FloorAnswer& answer) {
  const std::int64_t narrowest = *std::min_element(answer.condition_layers.begin() + 1, answer.condition_layers.end());
  if (narrowest >= answer.condition_dim) return;
  const int primary_dim = answer.dim - answer.condition_dim;
  const EncoderFloor floor =
      ContinuousEncoderFloor(answer.smoothness, primary_dim, narrowest, answer.radius, answer.norm);
  if (floor.Error() >= kSmallestErrorFloor * answer.radius) answer.encoder_floor = floor;
}

}  // namespace

std::vector<std::string> FloorSchemeNames() {
  std::vector<std::string> names = {"standard"};
  for (const Scheme scheme : AllSchemes()) names.push_back(Name(scheme));
  return names;
}

std::string FloorSchemeName(const FloorAnswer& answer) { return answer.scheme ? Name(*answer.scheme) : "standard"; }

FloorAnswer AnswerFloor(const FloorQuestion& question) {
  RequireBetween("radius", question.radius, kMinRadius, kMaxRadius);
  FloorAnswer answer{.smoothness = question.smoothness,
                     .radius = question.radius,
                     .norm = question.norm,
                     .scheme = std::nullopt,
                     .layers = ParseSizes(kLayers, question.layers, 0)};
  if (question.scheme != "standard") answer.scheme = SchemeNamed(question.scheme);
  CheckLayers(answer.scheme, answer.layers);
  if (answer.scheme) {
    answer.condition_layers = ConditionLayers(question.condition_layers, *answer.scheme, answer.layers);
    AnswerConditioned(answer, *answer.scheme);
    AnswerContinuity(answer);
  } else if (!question.condition_layers.empty()) {
    throw std::domain_error(std::string(kConditionLayers) + " = '" + question.condition_layers +
                            "' is given, but the scheme standard has one network, with I among its inputs; name the "
                            "scheme with --scheme");
  } else {
    AnswerStandard(answer);
  }
  return answer;
}

}  // namespace hyperwidth
