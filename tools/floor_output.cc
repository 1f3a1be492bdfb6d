// SPDX-License-Identifier: Apache-2.0

#include "tools/floor_output.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "theory/domain_check.h"
#include "tools/json_values.h"
#include "tools/text_table.h"

namespace hyperwidth {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kLineWidth = 116;

std::string Sizes(const LayerSizes& sizes) { return fmt::format("{}", fmt::join(sizes, ", ")); }

std::string Network(const FloorAnswer& answer) {
  if (!answer.scheme) return "a network h(x, I) of the layers " + Sizes(answer.layers);
  const std::string generated = answer.scheme == Scheme::kHypernetwork
                                    ? "; by a generator of the layers " + Sizes(answer.condition_layers)
                                : answer.IsByContinuity() ? "; by a continuous function of I"
                                                          : "; by any function of I";
  return fmt::format("{} of the layers {} ({}{})",
                     answer.scheme == Scheme::kDeepOnet ? "a trunk network" : "a primary network",
                     Sizes(answer.layers),
                     Description(*answer.scheme),
                     generated);
}

std::string Sentence(const FloorAnswer& answer) {
  const std::string ball =
      fmt::format("W({}, {}){}", answer.smoothness, answer.dim, BallInWords(answer.radius, answer.norm));
  if (!answer.floor && !answer.encoder_floor) {
    return fmt::format("No floor of at least {} is proved: {} may come closer than that to every target in {}.",
                       TimesRadius(kSmallestErrorFloor, answer.radius),
                       Network(answer),
                       ball);
  }
  return fmt::format(
      "Whatever the weights, some target in {} is missed by at least {}; this is the certified error "
      "floor of {}.",
      ball,
      answer.IsByContinuity() ? answer.encoder_floor->Text() : FourDigitsBelow(answer.PatternError()),
      Network(answer));
}

std::string Parameters(const FloorAnswer& answer) {
  std::vector<std::vector<std::string>> rows;
  if (!answer.scheme) {
    rows = {{"network, trainable", answer.trainable.Text(), Sizes(answer.layers)}};
  } else {
    const bool trunk = answer.scheme == Scheme::kDeepOnet;
    rows = {{trunk ? "trunk network, trainable" : "primary network, trainable",
             answer.trainable.Text(),
             Sizes(answer.layers)},
            {"condition network, trainable", answer.condition_trainable.Text(), Sizes(answer.condition_layers)},
            {"generated per condition, kappa", Count::Exact(answer.scalars).Text(), ScalarsMeaning(*answer.scheme)}};
  }
  return FormatTable(
      {{.title = "role"}, {.title = "parameters", .right_aligned = true}, {.title = "layers"}}, rows, kLineWidth);
}

// Exact where that can be read at a glance.
std::string AboutCount(double log2_points) {
  constexpr double kReadable = 1e9;
  const double points = std::exp2(log2_points);
  if (points < kReadable) return Count::Exact(std::llround(points)).Text();
  return "10^" + fmt::format("{:.1f}", log2_points * std::log10(2.0));
}

struct ArgumentText {
  const char* name;  // in JSON
  const char* text;
};

ArgumentText TextOf(FloorArgument argument) {
  switch (argument) {
    case FloorArgument::kAllConditions:
      return {"all_conditions", "all conditions at once"};
    case FloorArgument::kConditionalBiases:
      return {"first_layer_biases", "all conditions at once, by the first-layer biases that the embedding makes"};
    case FloorArgument::kSingleCondition:
      return {"single_condition", "a single condition, with all weights of the primary network free"};
  }
  return {"", ""};
}

std::string Proof(const FloorAnswer& answer) {
  const ErrorFloor& floor = *answer.floor;
  const bool single = floor.grid.condition.axes == 0;
  return fmt::format("Proved by {} bumps{}: {}, {}. Argument: {}.",
                     AboutCount(floor.grid.Log2Points()),
                     single ? "" : fmt::format(" at {} conditions", AboutCount(floor.grid.Log2Conditions())),
                     floor.grid.Description(),
                     floor.grid.bump.Name(),
                     answer.scheme ? TextOf(floor.argument).text : "the signs of all bumps");
}

std::string ProofByContinuity(const FloorAnswer& answer) {
  const EncoderFloor& floor = *answer.encoder_floor;
  std::string text = fmt::format(
      "Proved by continuity: I has {} coordinates and passes through {}, so that some I and -I cannot be told apart "
      "(explain certified.continuous_encoder). This holds for primary networks of any size. The functions of x are {}.",
      answer.condition_dim,
      Count::Exact(floor.scalars).Text() + (floor.scalars == 1 ? " unit" : " units"),
      floor.Description());
  if (answer.floor) {
    text += fmt::format(" By counting signs, where I may act in any way, the floor is {}.",
                        FourDigitsBelow(answer.PatternError()));
  }
  return text;
}

std::string AssumedOfContinuity(const FloorAnswer& answer) {
  return fmt::format(
      "Assumed: the activations of the condition network are continuous. W({0}, {1}): functions on [-1,1]^{1} whose "
      "derivatives of order 0 to {0} have sup norms that {2}.",
      answer.smoothness,
      answer.dim,
      DerivativesInWords(answer.radius, answer.norm));
}

std::string Assumed(const FloorAnswer& answer) {
  std::string text =
      "Assumed: the activation is continuous and linear on both sides of one kink (ReLU, leaky ReLU, absolute value); "
      "layers are dense with biases, and weights left out or shared only raise the floor. ";
  if (answer.scheme == Scheme::kHypernetwork) {
    text += "The generator has such activations too and a linear output. ";
  } else if (answer.scheme) {
    text += "What is generated may depend on I in any way, so that the condition network counts with its inputs only. ";
  }
  return text +
         fmt::format("W({}, {}): functions on [-1,1]^{} whose derivatives of order 0 to {} have sup norms that {}.",
                     answer.smoothness,
                     answer.dim,
                     answer.dim,
                     answer.smoothness,
                     DerivativesInWords(answer.radius, answer.norm));
}

constexpr char kNotSaid[] =
    "Not said: that the network reaches this error, or training does; anything about one given target, which may be "
    "far easier than the worst; anything about other activations.";

}  // namespace

std::string FourDigitsBelow(double value) {
  const std::string nearest = fmt::format("{:.3e}", value);
  if (std::strtod(nearest.c_str(), nullptr) < value) return ShortestDecimal(std::strtod(nearest.c_str(), nullptr));
  const std::size_t e = nearest.find('e');
  int digits = std::stoi(nearest.substr(0, 1) + nearest.substr(2, 3)) - 1;
  int exponent = std::stoi(nearest.substr(e + 1)) - 3;
  if (digits < 1000) {
    digits = 9999;
    --exponent;
  }
  return ShortestDecimal(std::strtod(fmt::format("{}e{}", digits, exponent).c_str(), nullptr));
}

std::string FloorText(const FloorAnswer& answer) {
  std::string text = WrapText(Sentence(answer), kLineWidth) + "\n\n" + Parameters(answer) + "\n";
  if (answer.IsByContinuity()) {
    text += WrapText(ProofByContinuity(answer), kLineWidth) + "\n\n";
  } else if (answer.floor) {
    text += WrapText(Proof(answer), kLineWidth) + "\n\n";
  }
  const std::string assumed = answer.IsByContinuity() ? AssumedOfContinuity(answer) : Assumed(answer);
  return text + WrapText(assumed, kLineWidth) + "\n\n" + WrapText(kNotSaid, kLineWidth) + "\n";
}

std::string FloorJson(const FloorAnswer& answer) {
  Json architecture = {{"scheme", FloorSchemeName(answer)}, {"layers", answer.layers}};
  architecture["condition_layers"] = answer.scheme ? Json(answer.condition_layers) : Json(nullptr);
  Json targets = {
      {"smoothness", answer.smoothness}, {"radius", answer.radius}, {"norm", NameOf(answer.norm)}, {"dim", answer.dim}};
  targets["primary_dim"] = answer.scheme ? Json(answer.dim - answer.condition_dim) : Json(nullptr);
  targets["condition_dim"] = answer.scheme ? Json(answer.condition_dim) : Json(nullptr);
  Json counts;
  AddCount(counts, "primary_trainable", answer.trainable);
  AddCount(counts, "condition_trainable", answer.condition_trainable);
  counts["kappa"] = answer.scalars;
  Json document = {{"schema", 1}, {"targets", targets}, {"architecture", architecture}, {"counts", counts}};
  document["floor"] = nullptr;
  document["grid"] = nullptr;
  document["argument"] = nullptr;
  if (answer.IsByContinuity()) {
    const double error = answer.encoder_floor->Error();
    document["floor"] = {{"value", error}, {"log10", std::log10(error)}};
    document["argument"] = "continuous_encoder";
  } else if (answer.floor) {
    const double error = answer.PatternError();
    document["floor"] = {{"value", error}, {"log10", std::log10(error)}};
    document["grid"] = GridJson(answer.floor->grid);
    document["argument"] = TextOf(answer.floor->argument).name;
  }
  return document.dump(2) + "\n";
}

}  // namespace hyperwidth
