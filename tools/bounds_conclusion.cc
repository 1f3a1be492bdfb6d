// SPDX-License-Identifier: Apache-2.0

#include <fmt/format.h>

#include <algorithm>

#include "theory/continuous_encoder.h"
#include "theory/domain_check.h"
#include "tools/bounds_output.h"

namespace hyperwidth {
namespace {

const Statement& Find(const BoundsAnswer& answer, const std::string& id) {
  return *std::find_if(answer.statements.begin(), answer.statements.end(), [&](const Statement& statement) {
    return statement.id == id;
  });
}

std::string GapSentence(const BoundsAnswer& answer) {
  const ModularityGap& gap = answer.gap;
  if (gap.IsProved()) {
    return fmt::format(
        "With k = {} scalars per condition, an embedding method's primary network of depth {} needs at least {} "
        "parameters, however large the embedding network is; a hypernetwork's can be built with {} generated ones. "
        "That is a certified modularity gap of {}, proved for embedding dimensions below k* = {}.",
        answer.problem.EmbeddingDim(),
        gap.depth,
        gap.embedding.Text(),
        gap.constructed.TextAbove(),
        gap.Text(),
        gap.crossover_embedding_dim.Text());
  }
  if (!gap.fits_bottleneck) {
    return fmt::format(
        "No modularity gap is proved for a hypernetwork with a bottleneck of {} scalars: it is the low-rank scheme "
        "with kappa = {}, whose head needs at least {} parameters (certified.bottleneck), and the primary network of "
        "{} that can be built is generated from {} scalars.",
        *answer.problem.bottleneck,
        *answer.problem.bottleneck,
        Find(answer, "certified.bottleneck").count->Text(),
        gap.constructed.TextAbove(),
        gap.passed_on.TextAbove());
  }
  std::string text = fmt::format(
      "No modularity gap is proved here: a hypernetwork's primary network can be built with {} generated parameters, "
      "and for an embedding method's with k = {} at depth {} {}.",
      gap.constructed.TextAbove(),
      answer.problem.EmbeddingDim(),
      gap.depth,
      gap.embedding.value == 1 ? "nothing is proved"
                               : "no more than " + gap.embedding.Text() + " are proved necessary");
  text += answer.gap_onset ? fmt::format(" With these dimensions a gap begins to be proved at eps = {}",
                                         ShortestDecimal(*answer.gap_onset))
                           : fmt::format(" With these dimensions none is proved at any eps from {} on",
                                         TimesRadius(kFinestGapOnset, answer.problem.radius));
  if (gap.crossover_embedding_dim.value != 1) {
    text += fmt::format("; at this eps, for embedding dimensions below k* = {}", gap.crossover_embedding_dim.Text());
  }
  return text + ".";
}

// Networks are continuous, and the bounds of parameters for embeddings do not use it.
std::string ContinuitySentence(const BoundsAnswer& answer) {
  const Problem& problem = answer.problem;
  const std::int64_t k = problem.EmbeddingDim();
  const std::int64_t least = answer.gap.least_continuous_dim;
  const std::optional<EncoderFloor> own = FloorOfEmbeddingDim(problem);
  if (Find(answer, "certified.continuous_encoder").impossible) {
    return fmt::format(
        " That counts any embedding; with a continuous one, as every network is, no size suffices: k = {} keeps an "
        "error of at least {}, and at this eps k has to be at least {} (certified.continuous_encoder).",
        k,
        own->Text(),
        least);
  }
  std::string text;
  if (least > 1) {
    text = fmt::format(
        " With fewer than {} scalars a continuous embedding, as every network is, keeps an error of at least {} "
        "whatever its size and what is behind it (certified.continuous_encoder).",
        least,
        FloorOfScalars(problem, least - 1)->Text());
  }
  if (own) {
    text += fmt::format(" A continuous embedding with k = {} < m2 = {} keeps an error of at least {}, below this eps.",
                        k,
                        problem.condition_dim,
                        own->Text());
  }
  return text;
}

std::string StandardSentence(const BoundsAnswer& answer) {
  const Statement& standard = Find(answer, "certified.standard");
  const std::string built = Find(answer, "constructed.standard").count->TextAbove();
  if (!standard.SaysNothing()) {
    return fmt::format(
        "One network that sees x and I needs at least {} parameters at depth {}; one can be built with {}.",
        standard.count->Text(),
        answer.problem.depth,
        built);
  }
  return fmt::format("One network that sees x and I can be built with {} parameters; how many it needs is open.",
                     built);
}

// How many lower bounds say nothing, why, and which of them is the first to speak.
std::string Silence(const BoundsAnswer& answer) {
  int lower = 0;
  int silent = 0;
  const Statement* first = nullptr;
  for (const Statement& statement : answer.statements) {
    if (statement.tier == Tier::kRate || statement.bound == BoundKind::kUpper) continue;
    ++lower;
    if (!statement.SaysNothing()) continue;
    ++silent;
    if (!first || statement.onset.value_or(0) > first->onset.value_or(0)) first = &statement;
  }
  if (silent == 0) return "";
  std::string text = silent == lower ? fmt::format("None of the {} lower bounds says anything at this eps", lower)
                                     : fmt::format("{} of the {} lower bounds say nothing at this eps", silent, lower);
  if (first->onset) {
    text += fmt::format(
        "; the first of them to say something is {}, at eps = {}", first->id, ShortestDecimal(*first->onset));
  }
  return text + ". ";
}

// Parameters of a single hidden unit that sees all inputs, and of the outputs behind it.
std::int64_t SmallestSize(const Problem& problem) { return problem.Dim() + 1 + 2 * problem.outputs; }

// Why so little follows: how many bumps there are, against the smallest network that sees every input.
std::string Emptiness(const BoundsAnswer& answer) {
  const Problem& problem = answer.problem;
  const Statement& bits = Find(answer, "certified.bits");
  const Count bumps = bits.of_one_output.value_or(*bits.count);
  return fmt::format(
      "Next to nothing: in the norm of W({0}, {1}), which adds up all derivatives of order 0 to {0}, the ball holds "
      "{2} higher than {3}, and a single hidden unit that sees all {1} inputs makes a network of {4} parameters. ",
      problem.smoothness,
      problem.Dim(),
      bumps.value == 1 ? "no two bumps" : "at most " + bumps.Text() + " bumps",
      ShortestDecimal(problem.epsilon),
      SmallestSize(problem));
}

// What grows with the outputs, and what does not.
std::string OutputsSentence(const BoundsAnswer& answer) {
  if (!answer.gap_of_one_output) return "";
  const ModularityGap& one = *answer.gap_of_one_output;
  const ModularityGap& several = answer.gap;
  const auto crossover = [](const ModularityGap& gap) {
    return gap.crossover_embedding_dim.value == 1 ? std::string("none") : gap.crossover_embedding_dim.Text();
  };
  return fmt::format(
      " All this is for K = {} outputs on shared hidden layers. With one output the embedding method needs at least {} "
      "at depth {} (here {}), the hypernetwork's primary network can be built with {} (here {}), k* is {} (here {}), "
      "and a continuous embedding needs k >= {} (here {}), which never exceeds m2 (hyperwidth explain outputs).",
      answer.problem.outputs,
      one.embedding.Text(),
      one.depth,
      several.embedding.Text(),
      one.constructed.TextAbove(),
      several.constructed.TextAbove(),
      crossover(one),
      crossover(several),
      one.least_continuous_dim,
      several.least_continuous_dim);
}

}  // namespace

std::string Conclusion(const BoundsAnswer& answer) {
  const Count smallest = Count::Exact(SmallestSize(answer.problem));
  const bool is_empty = !(smallest < *Find(answer, "certified.standard").count) && !answer.gap.IsProved();
  return (is_empty ? Emptiness(answer) : "") + Silence(answer) + GapSentence(answer) + ContinuitySentence(answer) +
         " " + StandardSentence(answer) + OutputsSentence(answer);
}

}  // namespace hyperwidth
