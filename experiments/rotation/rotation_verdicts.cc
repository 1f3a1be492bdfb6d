// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "experiments/result/estimate.h"
#include "experiments/rotation/rotation_source.h"
#include "experiments/rotation/rotation_summary.h"

namespace hyperwidth {
namespace {

// Whether the interval of a mean lies below the error of who always says the same class.
bool IsBetterThanGuessing(const ErrorsBySeed& errors) {
  constexpr double kChance = 1 - 1.0 / kRotationClasses;
  const std::vector<double> values = ValuesOf(errors);
  return values.size() > 1 && MeanEstimate(values).ci95.high < kChance;
}

Check JudgePoint(const ErrorsAtPoint& at, bool is_tuned) {
  const std::string of_which =
      is_tuned ? "When both are tuned with the same budget" : "With the same data, training and seed";
  Claim claim{.id = fmt::format("rotation.{}.{}",
                                at.point.id,
                                is_tuned ? "tuned_hypernetwork_beats_tuned_embedding" : "hypernetwork_beats_embedding"),
              .text = {},
              .group = of_which + ", the hypernetwork ends at a lower test error than the embedding.",
              .which = at.point.which.empty() ? at.point.text : at.point.which};
  claim.text =
      fmt::format("At {}, {}, the hypernetwork ends at a lower test error than the embedding.",
                  at.point.text,
                  is_tuned ? "when both are tuned with the same budget" : "with the same data, training and seed");
  Check check = JudgeErrors(claim, at.hypernetwork, at.embedding);
  if (at.hypernetwork.empty() != at.embedding.empty()) {
    check.why += fmt::format(" No training of the {} has ended with a number.",
                             at.hypernetwork.empty() ? "hypernetwork" : "embedding");
  }
  const bool is_judged = check.verdict != Verdict::kInconclusive;
  if (is_judged && !IsBetterThanGuessing(at.hypernetwork) && !IsBetterThanGuessing(at.embedding)) {
    return Withhold(check, "Neither model is better than guessing, and the claim is about errors that are.");
  }
  return check;
}

// The errors of the seeds that have both.
PairedSamples PairsOf(std::string name_a, const ErrorsBySeed& a, std::string name_b, const ErrorsBySeed& b) {
  PairedSamples pairs{.name_a = std::move(name_a), .a = {}, .name_b = std::move(name_b), .b = {}};
  for (const auto& [seed, error] : a) {
    const auto partner = b.find(seed);
    if (partner == b.end()) continue;
    pairs.a.push_back(error);
    pairs.b.push_back(partner->second);
  }
  return pairs;
}

Check JudgeFalls(const Claim& claim, const ErrorsAtPoint& first, const ErrorsAtPoint& last) {
  return JudgeLess(claim, PairsOf(last.point.text, last.hypernetwork, first.point.text, first.hypernetwork));
}

Check JudgeDoesNotFall(const Claim& claim, const ErrorsAtPoint& first, const ErrorsAtPoint& last) {
  return JudgeLess(claim, PairsOf(first.point.text, first.embedding, last.point.text, last.embedding));
}

Check JudgeMoreConditions(RotationModel model, const ErrorsAtPoint& fewest, const ErrorsAtPoint& most) {
  const std::string name = RotationModelName(model);
  return JudgeLess({.id = fmt::format("rotation.{}_improves_with_conditions", name),
                    .text = fmt::format("From {} to {}, at equally many steps, the {}'s test error falls.",
                                        fewest.point.text,
                                        most.point.text,
                                        name),
                    .group = "The more conditions are trained on, at equally many steps, the lower the test error.",
                    .which = name},
                   PairsOf(most.point.text, most.Unseen(model), fewest.point.text, fewest.Unseen(model)));
}

Check JudgeGeneralisation(RotationModel model, const ErrorsAtPoint& at) {
  const std::string name = RotationModelName(model);
  ErrorsBySeed allowed = at.Seen(model);
  for (auto& [seed, error] : allowed) error *= kLargestUnseenFactor;
  return JudgeLess(
      {.id = fmt::format("rotation.{}_generalises", name),
       .text =
           fmt::format("With {}, the {}'s error on unseen images is below {} times that on images it was trained on.",
                       at.point.text,
                       name,
                       kLargestUnseenFactor),
       .group =
           fmt::format("With {}, the error on unseen images is below {} times that on images that were trained on.",
                       at.point.text,
                       kLargestUnseenFactor),
       .which = name},
      PairsOf("unseen images", at.Unseen(model), fmt::format("{} times seen ones", kLargestUnseenFactor), allowed));
}

// That at the least embedding dimension from this one on; nullptr: there is none.
const ErrorsAtPoint* LeastFrom(Index dim, const std::vector<ErrorsAtPoint>& errors) {
  for (const ErrorsAtPoint& at : errors) {
    if (at.point.embedding_dim >= dim) return &at;
  }
  return nullptr;
}

Check JudgeLargerEmbedding(const std::string& id, const ErrorsAtPoint& from, const ErrorsAtPoint& to) {
  const std::string text =
      fmt::format("From {} to {}, the embedding's test error does not fall: it rises.", from.point.text, to.point.text);
  return JudgeDoesNotFall({.id = id, .text = text}, from, to);
}

}  // namespace

Check JudgeErrors(const Claim& claim, const ErrorsBySeed& hypernetwork, const ErrorsBySeed& embedding) {
  return JudgeLess(claim, PairsOf("hypernetwork", hypernetwork, "embedding", embedding));
}

std::string DecisiveOf(const std::vector<Check>& checks) {
  // From the last to the first, so that of the numbers of conditions the largest is found.
  for (const std::string& place : {fmt::format("rotation.depth{}.", kMiddleDepth),
                                   fmt::format("rotation.lr{:.6g}.", RotationOptions().optimizer.learning_rate),
                                   fmt::format("rotation.embedding{}.", kEmbeddingDimStep),
                                   std::string("rotation.conditions")}) {
    const auto check =
        std::find_if(checks.rbegin(), checks.rend(), [&](const Check& one) { return one.id.starts_with(place); });
    if (check != checks.rend()) return check->id;
  }
  return checks.empty() ? "" : checks.front().id;
}

std::vector<Check> JudgeRotation(const RotationOptions& options,
                                 const std::vector<ErrorsAtPoint>& errors,
                                 bool is_tuned) {
  std::vector<Check> checks;
  for (const ErrorsAtPoint& at : errors) checks.push_back(JudgePoint(at, is_tuned));
  if (errors.size() < 2) return checks;
  const ErrorsAtPoint& last = errors.back();
  const auto id = [is_tuned](const std::string& what) {
    return "rotation." + std::string(is_tuned ? "tuned_" : "") + what;
  };
  if (options.sweep == RotationSweep::kDepth) {
    const ErrorsAtPoint& first = errors.front();
    const std::string range = fmt::format("From {} to {}", first.point.text, last.point.text);
    checks.push_back(JudgeFalls(
        {.id = id("hypernetwork_improves_with_depth"), .text = range + ", the hypernetwork's test error falls."},
        first,
        last));
    checks.push_back(JudgeDoesNotFall({.id = id("embedding_does_not_improve_with_depth"),
                                       .text = range + ", the embedding's test error does not fall: it rises."},
                                      first,
                                      last));
  }
  if (options.sweep == RotationSweep::kEmbedding) {
    // Errors are sorted by dimension, and one that is smaller than e's width is a bottleneck.
    const ErrorsAtPoint* const least = LeastFrom(RotationArchitecture{}.width, errors);
    const ErrorsAtPoint* const published = LeastFrom(kEmbeddingDimStep, errors);
    const bool has_published = published != nullptr && published != &last;
    if (has_published && least != published) {
      checks.push_back(JudgeLargerEmbedding(id("embedding_up_to_published_does_not_help"), *least, *published));
    }
    if (least != nullptr && least != &last) {
      checks.push_back(
          JudgeLargerEmbedding(id("larger_embedding_does_not_help"), has_published ? *published : *least, last));
    }
  }
  if (options.sweep == RotationSweep::kConditions) {
    for (const RotationModel model : {RotationModel::kHypernetwork, RotationModel::kEmbedding}) {
      checks.push_back(JudgeMoreConditions(model, errors.front(), last));
      checks.push_back(JudgeGeneralisation(model, last));
    }
  }
  return checks;
}

}  // namespace hyperwidth
