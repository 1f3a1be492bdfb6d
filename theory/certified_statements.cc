// SPDX-License-Identifier: Apache-2.0

#include "theory/certified_statements.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "theory/bits.h"
#include "theory/bounded_weights.h"
#include "theory/construction.h"
#include "theory/continuous_encoder.h"
#include "theory/domain_check.h"
#include "theory/lower_bounds.h"
#include "theory/outputs.h"
#include "theory/rank_bound.h"
#include "theory/schemes.h"
#include "theory/structured_target.h"

namespace hyperwidth {
namespace {

constexpr const char* kSignPatterns =
    "sign patterns: Warren's lemma [Anthony and Bartlett 1999, Theorem 8.3] layer by layer [Bartlett, Harvey, Liaw and "
    "Mehrabian 2019], at the centres of Sobolev bumps";
constexpr const char* kAlternatingBumps = "linear pieces along an axis of x: a target of alternating Sobolev bumps";

std::string SourceOf(const Problem& problem, const CertifiedBound& bound) {
  if (!bound.pieces) return kSignPatterns;
  if (bound.pieces->target == PiecesTarget::kAlternatingBumps) return kAlternatingBumps;
  return std::string("linear pieces along an axis of x: the parabola ") +
         (problem.norm == BallNorm::kSum ? "(4/9) (x^2 - 1/2) / 2" : "x^2 / 2");
}

bool HasGrid(const CertifiedBound& bound) {
  return !bound.pieces || bound.pieces->target == PiecesTarget::kAlternatingBumps;
}

Statement Lower(const std::string& id,
                const std::string& quantity,
                const Problem& problem,
                const CertifiedBound& bound) {
  return {.id = id,
          .quantity = quantity,
          .bound = BoundKind::kLower,
          .tier = Tier::kCertified,
          .count = bound.count,
          .onset = bound.onset,
          .grid = HasGrid(bound) ? std::optional(bound.grid) : std::nullopt,
          .status = bound.SaysNothing() ? SilenceOf(bound.onset, problem.radius) : "",
          .source = SourceOf(problem, bound)};
}

std::vector<std::string> PiecewiseLinear(const std::string& network,
                                         const Problem& problem,
                                         const CertifiedBound& bound) {
  const int depth = problem.depth;
  const std::string outputs = OutputsInWords(problem.outputs);
  if (bound.pieces) {
    return {"the worst target in W(r, m); weights and architecture chosen in any way, after the target too",
            outputs + "; activation a t for t >= 0, b t for t < 0 (ReLU, leaky ReLU, absolute value)",
            network + " has at most " + std::to_string(depth) + " weight layers, and connections may skip layers",
            "no weight is shared; those that are not zero are counted"};
  }
  return {"the worst target in W(r, m); weights chosen in any way",
          outputs + "; activation continuous and linear on both sides of one kink (ReLU, leaky ReLU, absolute value)",
          network + " has at most " + std::to_string(depth) + " weight layers",
          "no hidden layer has more units than there are parameters counted (always so without weight sharing)",
          "one architecture, with its pattern of zero weights, fixed before the target is"};
}

Statement ContinuousSelection(const LowerBounds& bounds) {
  Statement statement = Lower("certified.continuous_selection", "N", bounds.problem(), bounds.ContinuousSelection());
  statement.tier = Tier::kCertifiedContinuousSelection;
  statement.summary = "weights chosen continuously in y; any network";
  statement.hypotheses = {"the worst target in W(r, m)",
                          "the weights are a continuous function of the target",
                          "any activation, depth and architecture, hypernetworks included (N counts what is chosen)"};
  statement.source =
      "Bernstein width and Borsuk-Ulam theorem [DeVore, Howard and Micchelli 1989, Theorem 3.1], with "
      "explicit bumps";
  return statement;
}

Statement Standard(const LowerBounds& bounds) {
  const CertifiedBound bound = bounds.Standard();
  Statement statement = Lower("certified.standard", "N", bounds.problem(), bound);
  statement.summary = "one ReLU network h(x, I)";
  statement.hypotheses = PiecewiseLinear("h", bounds.problem(), bound);
  return statement;
}

Statement Primary(const LowerBounds& bounds) {
  const CertifiedBound bound = bounds.Primary();
  Statement statement = Lower("certified.primary", "N_g", bounds.problem(), bound);
  statement.summary = "ReLU primary network for one worst I";
  statement.hypotheses = PiecewiseLinear("g", bounds.problem(), bound);
  return statement;
}

Statement Embedding(const LowerBounds& bounds) {
  const CertifiedBound bound = bounds.Embedding();
  Statement statement = Lower("certified.embedding", "N_q", bounds.problem(), bound);
  statement.summary = "ReLU primary network q(x, e(I)), any e; k = " + std::to_string(bounds.problem().EmbeddingDim());
  statement.hypotheses = PiecewiseLinear("q", bounds.problem(), bound);
  statement.hypotheses.push_back("embedding dimension k at most " + std::to_string(bounds.problem().EmbeddingDim()) +
                                 "; e is any function, however large, discontinuous ones included");
  return statement;
}

Statement DenseEmbedding(const LowerBounds& bounds) {
  const CertifiedBound bound = bounds.DenseEmbedding();
  Statement statement = Lower("certified.embedding_any_dimension", "N_q", bounds.problem(), bound);
  statement.summary = "the same for every k, dense first layer";
  statement.hypotheses = PiecewiseLinear("q", bounds.problem(), bound);
  statement.hypotheses.push_back(
      "any embedding dimension k; the first layer of q is dense, so k times its units <= N_q");
  return statement;
}

Statement HypernetworkTotal(const LowerBounds& bounds) {
  const CertifiedBound bound = bounds.HypernetworkTotal();
  Statement statement = Lower("certified.hypernetwork_total", "N_f", bounds.problem(), bound);
  statement.summary = "all trainable parameters of a ReLU hypernetwork";
  statement.hypotheses = PiecewiseLinear("g", bounds.problem(), bound);
  statement.hypotheses.push_back("f has at most " + std::to_string(bounds.problem().generator_depth) +
                                 " weight layers, the last linear, and generates all weights of g");
  return statement;
}

Statement Bits(const LowerBounds& bounds) {
  Statement statement = Lower("certified.bits", "bits", bounds.problem(), BitsBound(bounds));
  statement.summary = "bits to store all weights; any network";
  statement.hypotheses = {"the worst target in W(r, m); weights chosen in any way",
                          "all weights together are stored in this many bits; any activation and architecture"};
  statement.source = "counting: 2^M targets pairwise more than 2 epsilon apart";
  return statement;
}

// Of a dense network h(x, I) of the problem's depth and width.
double MostParameters(const Problem& problem) {
  const auto h = static_cast<double>(problem.width);
  return h * (problem.Dim() + 1) + (problem.depth - 2) * h * (h + 1) + (h + 1) * static_cast<double>(problem.outputs);
}

Statement Bounded(const Problem& problem) {
  const std::string bound = ShortestDecimal(problem.weight_bound);
  const std::string width = std::to_string(problem.width);
  Statement statement = Lower("certified.bounded_weights", "N", problem, BoundedWeightsBound(problem));
  statement.summary = "tanh, sigmoid; |weights| <= " + bound + ", width <= " + width;
  statement.hypotheses = {
      "the worst target in W(r, m); weights chosen in any way within their bounds",
      "activation with values in [-1,1] and Lipschitz constant 1: tanh, sigmoid, sine, clipped ReLU",
      "one network h(x, I) of at most " + std::to_string(problem.depth) +
          " weight layers, its architecture fixed before the target is",
      "all weights and biases in [-" + bound + ", " + bound + "], at most " + width + " units in a hidden layer"};
  if (statement.status.empty()) {
    if (statement.count->log10 > std::log10(MostParameters(problem))) {
      statement.status = "no network of this depth and width has so many parameters: none reaches epsilon. ";
    }
    statement.status +=
        "Without a bound on the weights no such statement holds for all these activations: a specially made sigmoidal "
        "function then needs a fixed number of parameters only. For tanh and sigmoid a much weaker one does";
  }
  statement.source = "rounding the weights to a lattice; Lipschitz constant from weights to values";
  return statement;
}

// How it fares with the problem's own k: nothing to say, out of reach, or where it is.
void AddOwnScalars(const Problem& problem, Statement& statement) {
  const std::optional<EncoderFloor> floor = FloorOfEmbeddingDim(problem);
  const std::string k = "k = " + std::to_string(problem.EmbeddingDim());
  if (!floor) {
    statement.summary += "; " + k + " are enough";
    return;
  }
  statement.error_floor = floor->Error();
  statement.impossible = ProvesError(*floor, problem.epsilon);
  statement.summary += "; " + k + (statement.impossible ? ": no size suffices, error " : " keep an error of ") +
                       (statement.impossible ? ">= " : "at least ") + floor->Text();
  if (statement.impossible) {
    statement.status =
        "with " + k + " no size suffices: the error is at least " + floor->Text() +
        " for some target, whatever computes the scalars, if it is continuous, and whatever is behind them";
  }
}

Statement ContinuousEncoder(const Problem& problem) {
  const LeastScalars least = LeastContinuousScalars(problem);
  Statement statement = Lower("certified.continuous_encoder",
                              "kappa",
                              problem,
                              {.count = Count::Exact(least.scalars), .grid = {}, .onset = least.onset});
  statement.grid.reset();
  statement.summary = "scalars per condition, continuous in I; anything behind them";
  statement.hypotheses = {
      "the worst target in W(r, m); weights chosen in any way",
      "I enters through kappa scalars that are continuous functions of I: an embedding, generated scales, biases, "
      "coefficients or weights, or the narrowest layer on the way to them",
      "any primary network, activation and size; any continuous encoder of any size"};
  if (least.scalars > 1) {
    statement.hypotheses.push_back("proved by an error of at least " + least.floor.Text() + " with " +
                                   std::to_string(least.floor.scalars) + " scalars, for which the functions of x are " +
                                   least.floor.Description());
  } else if (problem.condition_dim == 1) {
    statement.status = "says nothing for m2 = 1: one scalar, I itself, is enough";
  }
  AddOwnScalars(problem, statement);
  statement.source = "Borsuk-Ulam theorem, for targets that are odd in I";
  return statement;
}

// Generated weights, at the least, of which a head of so many parameters makes each of w + 1.
Count GeneratedBy(const Count& head, std::int64_t bottleneck) {
  if (head.value) return Count::Exact((*head.value + bottleneck) / (bottleneck + 1));
  return Count::FromLog10(std::max(0.0, head.log10 - std::log10(static_cast<double>(bottleneck + 1)) - 1e-9));
}

Statement Bottleneck(const LowerBounds& bounds) {
  const Problem& problem = bounds.problem();
  const std::int64_t w = *problem.bottleneck;
  const CertifiedBound bound = BottleneckBound(bounds);
  Statement statement = Lower("certified.bottleneck", "N_head", problem, bound);
  const Count generated = std::max(GeneratedBy(bound.count, w), bounds.Primary().count);
  statement.summary = "head of a generator whose last hidden layer has w = " + std::to_string(w) + " units: kappa = w";
  if (!bound.SaysNothing()) statement.summary += "; so N_g >= " + generated.Text();
  statement.hypotheses = PiecewiseLinear("g", problem, bound);
  statement.hypotheses.push_back("f has a linear output behind a hidden layer of " + std::to_string(w) +
                                 " units, which makes all weights of g: theta_0 + P z(I); counted are theta_0 and P");
  statement.hypotheses.push_back("what f has before that layer is any function of I");
  const std::optional<EncoderFloor> floor = FloorOfScalars(problem, w);
  if (!floor) return statement;
  statement.error_floor = floor->Error();
  statement.impossible = ProvesError(*floor, problem.epsilon);
  if (!statement.impossible) return statement;
  statement.status = "with w = " + std::to_string(w) + " no size suffices: the error is at least " + floor->Text() +
                     " for some target, if what is before the bottleneck is continuous";
  statement.summary += "; no size suffices, error >= " + floor->Text();
  return statement;
}

Statement LinearDecoder(const Problem& problem) {
  const RankBound bound = LeastFunctions(problem);
  Statement statement = Lower("certified.linear_decoder",
                              "p",
                              problem,
                              {.count = Count::Exact(bound.functions), .grid = {}, .onset = bound.onset});
  statement.grid = bound.grid;
  statement.summary = "functions of x that are summed (DeepONet, generated output layer)";
  statement.hypotheses = {
      "the worst target in W(r, m); weights chosen in any way",
      "I enters through the coefficients of p functions of x only: sum over l < p of c_l(I) b_l(x)",
      "any coefficients and functions, of any size, discontinuous ones included; an output bias counts as a function"};
  statement.source =
      "rank of a matrix of values, for targets with the signs of a Hadamard matrix [Eckart and Young 1936]";
  return statement;
}

Statement Upper(const std::string& id, const std::string& quantity, const Count& count) {
  return {
      .id = id,
      .quantity = quantity,
      .bound = BoundKind::kUpper,
      .tier = Tier::kCertified,
      .count = count,
      .hypotheses = {"every target in W(r, m)", "ReLU; sparse network, parameters that are not zero by construction"},
      .source = ""};
}

Statement Constructed(const std::string& id, const std::string& quantity, int dim, const Problem& problem) {
  const Construction construction =
      SmallestConstruction(problem.smoothness, dim, problem.UnitEpsilon(), problem.norm, problem.outputs);
  const NetworkSize size = WithOutputs(SizeOf(construction), problem.outputs);
  Statement statement = Upper(id, quantity, size.total);
  statement.cells = construction.cells;
  statement.depth = size.depth;
  statement.hypotheses.push_back("the parameters that depend on the target are " + construction.Generated());
  statement.source = construction.Source();
  if (construction.smoothness < problem.smoothness) {
    statement.status = "uses " + std::to_string(construction.smoothness) + " of " + std::to_string(problem.smoothness) +
                       " derivatives: the smallest of the networks tried";
  }
  return statement;
}

// What W(r, m) means in the hypotheses, and what the outputs are.
std::vector<Statement> InBall(const Problem& problem, std::vector<Statement> statements) {
  for (Statement& statement : statements) {
    if (problem.outputs > 1) AddOutputs(problem.outputs, statement);
    if (problem.norm == BallNorm::kMax) {
      statement.hypotheses.push_back("W(r, m): the sup norms of the derivatives of order 0 to r " +
                                     DerivativesInWords(problem.radius, problem.norm));
    } else if (problem.radius != 1) {
      statement.hypotheses.push_back("W(r, m) is the ball of radius " + ShortestDecimal(problem.radius) +
                                     ", whose functions are those of the unit ball times this number");
    }
  }
  return statements;
}

}  // namespace

std::vector<Statement> CertifiedStatements(const Problem& problem) {
  const LowerBounds bounds(problem);
  std::vector<Statement> statements = {ContinuousSelection(bounds),
                                       Standard(bounds),
                                       Primary(bounds),
                                       Embedding(bounds),
                                       DenseEmbedding(bounds),
                                       HypernetworkTotal(bounds),
                                       Bits(bounds),
                                       Bounded(problem),
                                       ContinuousEncoder(problem),
                                       LinearDecoder(problem)};
  if (problem.bottleneck) statements.push_back(Bottleneck(bounds));
  return InBall(problem, statements);
}

std::vector<Statement> ConstructedStatements(const Problem& problem) {
  Validate(problem);
  Statement standard = Constructed("constructed.standard", "N", problem.Dim(), problem);
  standard.summary = "one ReLU network h(x, I), built";
  Statement primary = Constructed("constructed.hypernetwork", "N_g", problem.primary_dim, problem);
  primary.summary = "primary network of a hypernetwork, built";
  primary.hypotheses.back() += " (as a function of x); no others depend on I";
  primary.hypotheses.push_back("f returns them exactly: any function of I, however large; it is continuous");
  primary.hypotheses.push_back("generated, not trainable parameters");
  const StructuredSize size = SizeForStructuredTargets(problem);
  Statement structured = Upper("constructed.structured_total", "N_total", size.total);
  structured.summary = "hypernetwork in total, targets of rank w = " + std::to_string(problem.rank);
  structured.hypotheses[0] =
      "targets sum over l <= w of lambda_l a_l(I) b_l(x), a_l and b_l in Sobolev balls, "
      "sum |lambda_l| <= " +
      ShortestDecimal(problem.radius) + ": a strict subclass of W(r, m)";
  structured.hypotheses.push_back("g: " + size.primary.Description() + "; f: " + size.condition.Description());
  structured.source = size.primary.Source();
  if (size.condition.kind != size.primary.kind) structured.source += "; " + size.condition.Source();
  structured.status = "not a bound for the whole ball W(r, m)";
  return InBall(problem, {standard, primary, structured});
}

}  // namespace hyperwidth
