// SPDX-License-Identifier: Apache-2.0

#include <fmt/format.h>

#include <algorithm>

#include "theory/domain_check.h"
#include "tools/bounds_output.h"
#include "tools/text_table.h"

namespace hyperwidth {
namespace {

constexpr std::size_t kLineWidth = 116;

std::string Value(const Statement& statement) {
  if (statement.SaysNothing()) return "nothing";
  const char* const relation = statement.bound == BoundKind::kLower ? ">=" : "<=";
  if (statement.count) {
    const bool is_lower = statement.bound == BoundKind::kLower;
    return fmt::format("{} {}", relation, is_lower ? statement.count->Text() : statement.count->TextAbove());
  }
  if (!statement.exponent) return "not covered";
  return fmt::format("{} eps^-{:.4g}", statement.bound == BoundKind::kLower ? ">~" : "<~", *statement.exponent);
}

std::string Onset(const std::optional<double>& onset) {
  return onset ? "says something from eps = " + ShortestDecimal(*onset) + " down" : "says nothing at any eps";
}

std::string OfOneOutput(const Statement& statement) {
  const Count& count = *statement.of_one_output;
  if (statement.bound == BoundKind::kUpper) return count.TextAbove();
  return count.value == 1 ? "nothing" : count.Text();
}

std::string Section(const BoundsAnswer& answer, const std::string& title, bool (*belongs)(const Statement&)) {
  std::vector<std::vector<std::string>> rows;
  for (const Statement& statement : answer.statements) {
    if (belongs(statement)) {
      std::string summary = statement.summary;
      if (statement.SaysNothing()) summary += "; " + Onset(statement.onset);
      if (statement.of_one_output) summary += "; one output: " + OfOneOutput(statement);
      rows.push_back({statement.id, statement.quantity, Value(statement), Name(statement.tier), summary});
    }
  }
  const std::vector<TextColumn> columns = {{.title = "statement"},
                                           {.title = "counts"},
                                           {.title = "value"},
                                           {.title = "tier", .width = 20},
                                           {.title = "in short"}};
  return title + "\n\n" + FormatTable(columns, rows, kLineWidth) + "\n";
}

// Beside the bounds for the largest error.
std::string MeanSquare(const BoundsAnswer& answer) {
  std::vector<std::vector<std::string>> rows;
  for (const Statement& statement : answer.mean_square) {
    const auto sup = std::find_if(answer.statements.begin(), answer.statements.end(), [&](const Statement& other) {
      return other.id == statement.id;
    });
    rows.push_back({statement.id,
                    statement.quantity,
                    statement.count ? Value(statement) : "not known",
                    Value(*sup),
                    statement.count ? "" : statement.status});
  }
  return "Proved for the root mean square error over uniform x and I (what is built above serves it too).\n\n" +
         FormatTable({{.title = "statement"},
                      {.title = "counts"},
                      {.title = "rms error"},
                      {.title = "largest error"},
                      {.title = "note"}},
                     rows,
                     kLineWidth) +
         "\n";
}

std::string Parameters(const Count& count) { return count.Text() + (count.value == 1 ? " parameter" : " parameters"); }

std::string Schemes(const BoundsAnswer& answer) {
  std::vector<std::vector<std::string>> rows;
  for (const SchemeComparison& scheme : answer.schemes) {
    const bool generated = scheme.scheme == Scheme::kHypernetwork;
    const bool is_silent = scheme.parameters.value == 1;
    const std::string value = scheme.impossible ? "impossible"
                              : is_silent       ? "nothing"
                              : !generated      ? ">= " + scheme.parameters.Text()
                              : scheme.scalars  ? "0; N_head >= " + scheme.parameters.Text()
                                                : "0; N_g >= " + scheme.parameters.Text();
    rows.push_back(
        {Name(scheme.scheme),
         scheme.scalars ? std::to_string(*scheme.scalars) : "N_g",
         scheme.scalars ? fmt::format(">= {}", scheme.least_scalars) : "",
         value,
         scheme.crossover.value == 1 ? "none" : scheme.crossover.Text(),
         Description(scheme.scheme) + "; kappa is " +
             (generated && scheme.scalars ? "the bottleneck" : ScalarsMeaning(scheme.scheme)) +
             (generated && !scheme.scalars ? " unless a layer of the generator is narrower (--bottleneck)" : "") +
             (is_silent && !scheme.impossible ? "; " + Onset(scheme.onset) : "")});
  }
  return fmt::format(
             "\nWays to condition the primary network, by the scalars kappa that they carry per condition (depth "
             "{})\n\n",
             answer.gap.depth) +
         FormatTable({{.title = "scheme"},
                      {.title = "kappa", .right_aligned = true},
                      {.title = "needed", .right_aligned = true},
                      {.title = "trainable primary parameters"},
                      {.title = "kappa*", .right_aligned = true},
                      {.title = "what is generated from I"}},
                     rows,
                     kLineWidth) +
         "\n" +
         WrapText(fmt::format("kappa*: with fewer scalars than this, a primary network of {} (what the constructed "
                              "hypernetwork's has) is proved to be too small. needed: with fewer scalars, continuous "
                              "in I, no size reaches eps. kappa is set by --embedding-dim.",
                              Parameters(answer.gap.constructed)),
                  kLineWidth) +
         "\n";
}

std::string Details(const Statement& statement) {
  std::string text = fmt::format("\n{}: {} {}, {} bound, {}\n",
                                 statement.id,
                                 statement.quantity,
                                 Value(statement),
                                 Name(statement.bound),
                                 Name(statement.tier));
  for (const std::string& hypothesis : statement.hypotheses) {
    text += "  if   " + WrapText(hypothesis, kLineWidth - 7, 7) + "\n";
  }
  if (!statement.status.empty()) text += "  note " + WrapText(statement.status, kLineWidth - 7, 7) + "\n";
  if (statement.grid) {
    text += "  grid " +
            WrapText(statement.grid->Description() + "; " + statement.grid->bump.Name(), kLineWidth - 7, 7) + "\n";
  }
  return text + "  from " + WrapText(statement.source, kLineWidth - 7, 7) + "\n";
}

bool IsRate(const Statement& statement) { return statement.tier == Tier::kRate; }
bool IsConstructed(const Statement& statement) { return !IsRate(statement) && statement.bound == BoundKind::kUpper; }
bool IsLower(const Statement& statement) { return !IsRate(statement) && statement.bound == BoundKind::kLower; }

}  // namespace

std::string BoundsTable(const BoundsAnswer& answer, bool details) {
  const Problem& problem = answer.problem;
  std::string text = WrapText(
      fmt::format(
          "How many parameters does it take to approximate every y(x, I){} in the Sobolev ball W({}, {}){}, x in "
          "[-1,1]^{}, I in [-1,1]^{}, up to eps = {} in the worst case? Primary network of {} weight layers, "
          "embedding dimension {}.",
          problem.outputs == 1
              ? ""
              : fmt::format(" with values in R^{}, each of the {} coordinates", problem.outputs, problem.outputs),
          problem.smoothness,
          problem.Dim(),
          BallInWords(problem.radius, problem.norm),
          problem.primary_dim,
          problem.condition_dim,
          ShortestDecimal(problem.epsilon),
          problem.depth,
          problem.EmbeddingDim()),
      kLineWidth);
  text += "\n\n" + WrapText("What follows for these numbers: " + Conclusion(answer), kLineWidth);
  text += "\n\n" + Section(answer, "Proved: no network with fewer parameters does it.", IsLower);
  text += Section(answer, "Proved: these networks do it (up to the depth they need).", IsConstructed);
  if (!answer.mean_square.empty()) text += MeanSquare(answer);
  text += Section(answer, "Published rates as eps goes to 0; constants unknown, not parameter counts.", IsRate);
  text += WrapText(
      "N: one network h(x, I). N_q: the primary network q(x, e(I)) of an embedding method. N_g: generated "
      "weights of a hypernetwork's primary network. N_f: trainable parameters of a hypernetwork. N_total: "
      "everything, fixed weights included. kappa: scalars that a continuous encoder passes on for each I. "
      "p: functions of x that a linear decoder sums.",
      kLineWidth);
  if (problem.bottleneck)
    text += "\n" + WrapText("N_head: parameters of the linear output layer of a hypernetwork's generator.", kLineWidth);
  text += "\n";
  if (!answer.schemes.empty()) text += Schemes(answer);
  if (!details) return text + "\nEvery bound has hypotheses: add --details to see them all, or --format=json.\n";
  for (const Statement& statement : answer.statements) text += Details(statement);
  return text;
}

}  // namespace hyperwidth
