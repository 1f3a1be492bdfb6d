// SPDX-License-Identifier: Apache-2.0

#include "theory/rates.h"

#include <algorithm>

#include "theory/domain_check.h"
#include "theory/phases.h"

namespace hyperwidth {
namespace {

constexpr const char* kGalantiWolf = "Galanti and Wolf, On the modularity of hypernetworks, NeurIPS 2020";

// Assumptions 1 and 2 of Galanti and Wolf contradict each other on W(r, m), given bounded parameters and
// identifiability: see `explain thm1`.
constexpr const char* kConditional =
    "conditional: its assumptions cannot all hold on W(r, m) in the sup norm (hyperwidth explain thm1); the certified "
    "bounds give the same exponent, up to logarithms, at fixed depth";

Statement Rate(const std::string& id, const std::string& quantity, BoundKind bound, double exponent) {
  return {.id = id, .quantity = quantity, .bound = bound, .tier = Tier::kRate, .exponent = exponent};
}

Statement Dhm89(double r, double m) {
  Statement statement = Rate("DHM89", "N", BoundKind::kLower, m / r);
  statement.summary = "weights chosen continuously in y; any network";
  statement.hypotheses = {"the weights are a continuous function of the target y", "any activation and architecture"};
  statement.source = "DeVore, Howard and Micchelli, Optimal nonlinear approximation, Manuscripta Math. 63 (1989)";
  return statement;
}

Statement Mhaskar96(double r, double m) {
  Statement statement = Rate("Mhaskar96", "N", BoundKind::kUpper, m / r);
  statement.summary = "smooth activation, one hidden layer";
  statement.hypotheses = {"activation infinitely differentiable and not a polynomial on some interval",
                          "one hidden layer",
                          "inner weights fixed; outer weights linear in y, and huge: they are divided differences"};
  statement.source =
      "Mhaskar, Neural networks for optimal approximation of smooth and analytic functions, "
      "Neural Computation 8 (1996)";
  return statement;
}

Statement Yarotsky17(double r, double m) {
  Statement statement = Rate("Yarotsky17", "N", BoundKind::kUpper, m / r);
  statement.summary = "ReLU, depth ~ log(1/eps); times log(1/eps)";
  statement.hypotheses = {"ReLU", "depth grows like log(1/epsilon)", "the rate has a further factor log(1/epsilon)"};
  statement.source = "Yarotsky, Error bounds for approximations with deep ReLU networks, Neural Networks 94 (2017)";
  return statement;
}

std::string DepthGrowth(double a) {
  if (a == 0) return "depth ~ log N at most";
  return a == 1 ? "depth ~ N" : "depth ~ N^" + ShortestDecimal(a);
}

constexpr const char* kYarotsky18 =
    "Yarotsky, Optimal approximation of continuous functions by very deep ReLU networks, COLT 2018";
constexpr const char* kYarotskyZhevnerchuk =
    "Yarotsky and Zhevnerchuk, The phase diagram of approximation rates for deep neural networks, NeurIPS 2020";

Statement Yarotsky18(const Problem& problem) {
  const DepthPhase phase = PhaseAtDepth(problem.smoothness, problem.Dim(), problem.depth_growth);
  Statement statement = Rate("Yarotsky18", "N", BoundKind::kUpper, phase.parameter_exponent);
  statement.summary =
      "ReLU, " + DepthGrowth(problem.depth_growth) + (phase.needs_discontinuity ? ", weights discontinuous in y" : "");
  statement.hypotheses = {"ReLU; " + DepthGrowth(problem.depth_growth) + " (--depth-growth)",
                          "depth ~ N^a allows error exponents up to (1 + a) r/m, up to logarithms"};
  if (phase.needs_discontinuity) {
    statement.hypotheses.push_back("weights depend discontinuously on y and need a growing number of bits");
  }
  const bool is_rough = problem.smoothness == 1;
  if (!is_rough) statement.status = "for r > 1 by Yarotsky and Zhevnerchuk 2020; Yarotsky18 itself treats r = 1";
  statement.source = is_rough ? kYarotsky18 : kYarotskyZhevnerchuk;
  return statement;
}

// The other side of Yarotsky18.
Statement Phases(const Problem& problem) {
  const DepthPhase phase = PhaseAtDepth(problem.smoothness, problem.Dim(), problem.depth_growth);
  Statement statement = Rate("phases", "N", BoundKind::kLower, phase.parameter_exponent);
  statement.summary = "ReLU, " + DepthGrowth(problem.depth_growth) + ": no better rate, weights chosen in any way";
  statement.hypotheses = {
      "activation continuous and piecewise linear; " + DepthGrowth(problem.depth_growth) + " (--depth-growth)",
      "weights chosen in any way; up to logarithms"};
  statement.status = "the rate of certified.standard when the depth grows: that one has the constants";
  statement.source = std::string("N L log N sign patterns for epsilon^-(m/r) bumps; ") + kYarotskyZhevnerchuk;
  return statement;
}

Statement Theorem1(double r, double m) {
  Statement statement = Rate("GW20.Thm1", "N_f", BoundKind::kLower, m / r);
  statement.summary = "any network class, assumptions 1 and 2 (conditional)";
  statement.hypotheses = {
      "activation piecewise C^1 with a derivative of bounded variation in L^1: clipped ReLU, sigmoid, "
      "tanh, arctan; not plain ReLU",
      "bounded parameters",
      "no non-constant y in W(r, m) is itself a network of the class",
      "assumption 1: the best approximator of each y is unique as a function",
      "assumption 2: one more neuron strictly lowers a non-zero best error"};
  statement.status = kConditional;
  statement.source = std::string(kGalantiWolf) + ", Theorem 1";
  return statement;
}

Statement Theorem2(double r, double m) {
  Statement statement = Rate("GW20.Thm2", "N_q", BoundKind::kLower, m);
  statement.summary = "embedding, k = O(1), r = 1, assumptions of Thm1";
  statement.hypotheses = {"smoothness r = 1",
                          "embedding dimension k = O(1)",
                          "e and q of bounded spectral complexity; e continuously differentiable, without biases",
                          "activation with sigma(0) = 0",
                          "the hypotheses of Theorem 1"};
  statement.status = kConditional;
  if (r > 1) {
    statement.exponent.reset();
    statement.status = "not stated for r > 1; see certified.embedding. " + statement.status;
  }
  statement.source = std::string(kGalantiWolf) + ", Theorem 2";
  return statement;
}

Statement Theorem3(double r, double m, double m1) {
  Statement statement = Rate("GW20.Thm3", "N_q", BoundKind::kLower, std::min(m, 2 * m1));
  statement.summary = "embedding, any k, dense first layer, r = 1, assumptions of Thm1";
  statement.hypotheses = {"smoothness r = 1",
                          "any embedding dimension; the weights of q's first layer are bounded",
                          "q's first layer is dense (the case 2 m1 counts its weights)",
                          "the hypotheses of Theorem 1"};
  statement.status = kConditional;
  if (r > 1) {
    statement.exponent.reset();
    statement.status = "not stated for r > 1; see certified.embedding_any_dimension. " + statement.status;
  }
  statement.source = std::string(kGalantiWolf) + ", Theorem 3";
  return statement;
}

Statement Theorem4(double r, double m1) {
  Statement statement = Rate("GW20.Thm4", "N_g", BoundKind::kUpper, m1 / r);
  statement.summary = "hypernetwork: generated weights, generator as large as it likes";
  statement.hypotheses = {"the generator f is a ReLU network as large as it likes",
                          "no y_I is itself a network of the class",
                          "counts generated weights, not trainable ones"};
  statement.status =
      "generating the output weights alone, with a smooth activation, attains this exponent without assumptions 1 and "
      "2";
  statement.source = std::string(kGalantiWolf) + ", Theorem 4";
  return statement;
}

Statement Theorem5(double r, double m1, double m2) {
  Statement statement = Rate("GW20.Thm5", "N_total", BoundKind::kUpper, std::max(m1, m2) / r);
  statement.summary = "hypernetwork in total, structured targets only";
  statement.hypotheses = {
      "the weight selector factorises: S(I) = W S~(I), W bounded, S~ with w coordinates in W(r, m2)",
      "w and the depth of g are O(1): the constant grows exponentially with the depth of g",
      "a strict subclass of W(r, m)"};
  statement.status =
      "not a property of the ball W(r, m): over all of it no piecewise-linear network escapes epsilon^-(m/r), up to "
      "logarithms and at fixed depth";
  statement.source = std::string(kGalantiWolf) + ", Theorem 5";
  return statement;
}

}  // namespace

std::vector<Statement> PublishedRates(const Problem& problem) {
  Validate(problem);
  const double r = problem.smoothness;
  const double m1 = problem.primary_dim;
  const double m2 = problem.condition_dim;
  const double m = m1 + m2;
  return {Dhm89(r, m),
          Mhaskar96(r, m),
          Yarotsky17(r, m),
          Yarotsky18(problem),
          Phases(problem),
          Theorem1(r, m),
          Theorem2(r, m),
          Theorem3(r, m, m1),
          Theorem4(r, m1),
          Theorem5(r, m1, m2)};
}

}  // namespace hyperwidth
