// SPDX-License-Identifier: Apache-2.0

#include "theory/explain/explanation.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <map>
#include <set>
#include <stdexcept>

#include "theory/domain_check.h"
#include "theory/explain/output_numbers.h"
#include "theory/explain/texts.h"
#include "theory/gap.h"
#include "theory/lower_bounds.h"
#include "theory/mean_square/mean_square_statements.h"
#include "theory/phases.h"
#include "theory/schemes.h"
#include "theory/statement.h"

namespace hyperwidth {
namespace {

const std::vector<Explanation>& AllTexts() {
  static const std::vector<Explanation> texts = [] {
    std::vector<Explanation> all;
    for (const std::vector<Explanation>& part : {internal::WidthTexts(),
                                                 internal::UpperRateTexts(),
                                                 internal::GalantiWolfTexts(),
                                                 internal::CertifiedTexts(),
                                                 internal::ConstructedTexts(),
                                                 {internal::NormsText(), internal::OutputsText()}}) {
      all.insert(all.end(), part.begin(), part.end());
    }
    return all;
  }();
  return texts;
}

// Without regard to case, spaces and the choice between - and _.
std::string Normalised(std::string text) {
  std::erase_if(text, [](unsigned char c) { return std::isspace(c) != 0; });
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  std::replace(text.begin(), text.end(), '-', '_');
  return text;
}

const Explanation* FindByName(const std::string& wanted) {
  static const std::map<std::string, std::string> others = {{"dhm", "dhm89"},
                                                            {"width", "dhm89"},
                                                            {"widths", "dhm89"},
                                                            {"borsuk_ulam", "dhm89"},
                                                            {"theorem1", "gw20.thm1"},
                                                            {"theorem2", "gw20.thm2"},
                                                            {"theorem3", "gw20.thm3"},
                                                            {"theorem4", "gw20.thm4"},
                                                            {"theorem5", "gw20.thm5"},
                                                            {"modularity", "gw20.thm4"},
                                                            {"hypernetwork", "constructed.hypernetwork"},
                                                            {"standard", "certified.standard"},
                                                            {"k*", "gap"},
                                                            {"crossover", "gap"},
                                                            {"rms", "mean_square"},
                                                            {"error", "mean_square"},
                                                            {"output", "outputs"},
                                                            {"norm", "norms"},
                                                            {"radius", "norms"},
                                                            {"ball", "norms"},
                                                            {"encoder", "certified.continuous_encoder"},
                                                            {"deeponet", "certified.linear_decoder"},
                                                            {"rank", "certified.linear_decoder"},
                                                            {"tanh", "certified.bounded_weights"}};
  const auto other = others.find(wanted);
  const std::string name = other == others.end() ? wanted : other->second;
  for (const char* const prefix : {"", "gw20.", "certified.", "constructed."}) {
    for (const Explanation& text : AllTexts()) {
      if (Normalised(text.id) == prefix + name) return &text;
    }
  }
  return nullptr;
}

// Else the only one with these letters in its id or title. Throws: std::domain_error, naming those that come close.
const Explanation& Find(const std::string& id) {
  const std::string wanted = Normalised(id);
  if (const Explanation* const text = FindByName(wanted)) return *text;
  std::vector<const Explanation*> close;
  for (const Explanation& text : AllTexts()) {
    if (Normalised(text.id + " " + text.title).find(wanted) != std::string::npos) close.push_back(&text);
  }
  if (close.size() == 1 && !wanted.empty()) return *close.front();
  std::string known;
  for (const std::string& name : ExplainableIds()) known += (known.empty() ? "" : ", ") + name;
  std::string message = "nothing to explain under '" + id + "'; ";
  if (!close.empty() && close.size() <= 6) {
    known.clear();
    for (const Explanation* text : close) known += (known.empty() ? "" : ", ") + text->id;
    throw std::domain_error(message + "did you mean one of: " + known + "?");
  }
  throw std::domain_error(message + "accepted: " + known);
}

std::string Line(const Statement& statement) {
  if (statement.SaysNothing()) return "  " + statement.id + " " + statement.status;
  const std::string relation = statement.bound == BoundKind::kLower ? " >= " : " <= ";
  std::string text = "  " + statement.id + ": " + statement.quantity;
  if (statement.count) {
    text += relation + (statement.bound == BoundKind::kLower ? statement.count->Text() : statement.count->TextAbove());
  } else if (statement.exponent) {
    text +=
        (statement.bound == BoundKind::kLower ? " grows at least like epsilon^-" : " grows at most like epsilon^-") +
        ShortestDecimal(*statement.exponent);
  } else {
    text += ": not stated for this smoothness";
  }
  text += " (" + Name(statement.tier) + ")";
  return statement.impossible ? text + "; " + statement.status : text;
}

std::string Rounded(double value) {
  std::array<char, 32> text;
  std::snprintf(text.data(), text.size(), "%.4g", value);
  return text.data();
}

std::vector<std::string> GapNumbers(const Problem& problem) {
  const ModularityGap gap = CertifiedGap(problem);
  const std::string at_depth = "  certified N_q at depth " + std::to_string(gap.depth) + ": ";
  std::vector<std::string> lines = {
      at_depth + (gap.embedding.value == 1 ? "nothing" : "at least " + gap.embedding.Text()),
      "  constructed N_g: " + gap.constructed.TextAbove()};
  if (gap.IsProved()) {
    lines.push_back("  gap: " + gap.Text());
  } else {
    const std::optional<double> onset = OnsetOfGap(problem);
    lines.push_back("  gap: none is proved here; " +
                    (onset ? "one begins to be proved at epsilon = " + ShortestDecimal(*onset)
                           : "nor at any epsilon from " + TimesRadius(kFinestGapOnset, problem.radius) + " on"));
  }
  lines.push_back("  least k of a continuous embedding: " + std::to_string(gap.least_continuous_dim));
  lines.push_back("  crossover embedding dimension k*: " +
                  (gap.crossover_embedding_dim.value == 1 ? "none" : gap.crossover_embedding_dim.Text()));
  return lines;
}

std::vector<std::string> PhaseNumbers(const Problem& problem) {
  std::set<double> growths = {0.0, 0.5, 1.0};
  growths.insert(problem.depth_growth);
  std::vector<std::string> lines;
  for (const double a : growths) {
    const DepthPhase phase = PhaseAtDepth(problem.smoothness, problem.Dim(), a);
    lines.push_back("  depth ~ " + (a == 0 ? std::string("log N") : "N^" + Rounded(a)) + ": error N^-" +
                    Rounded(phase.reachable_rate) + " is reached, N ~ epsilon^-" + Rounded(phase.parameter_exponent) +
                    "; N^-p with p > " + Rounded(phase.forbidden_above) + " is not" +
                    (phase.needs_discontinuity
                         ? ", nor p > " + Rounded(phase.continuous_rate) + " by continuous weights"
                         : "; continuous weights suffice"));
  }
  return lines;
}

std::vector<std::string> SchemeNumbers(const Problem& problem) {
  const LowerBounds bounds(problem);
  std::vector<std::string> lines;
  for (const Scheme scheme : AllSchemes()) {
    if (scheme == Scheme::kHypernetwork) continue;
    const CertifiedBound bound = SchemeBound(bounds, scheme, static_cast<double>(problem.EmbeddingDim()));
    const std::string name = "  " + Name(scheme) + ", kappa = " + std::to_string(problem.EmbeddingDim());
    lines.push_back(bound.SaysNothing() ? name + " " + SilenceOf(bound.onset, problem.radius)
                                        : name + ": N >= " + bound.count.Text());
  }
  if (problem.bottleneck) {
    const CertifiedBound head = BottleneckBound(bounds);
    const std::string name = "  hypernetwork, kappa = " + std::to_string(*problem.bottleneck);
    lines.push_back(head.SaysNothing() ? name + " " + SilenceOf(head.onset, problem.radius)
                                       : name + ": N_head >= " + head.count.Text());
    return lines;
  }
  const CertifiedBound primary = bounds.Primary();
  lines.push_back(primary.SaysNothing() ? "  hypernetwork " + SilenceOf(primary.onset, problem.radius)
                                        : "  hypernetwork: kappa = N_g >= " + primary.count.Text());
  return lines;
}

// The other statements that a reader of `id` should see beside it.
std::vector<std::string> Companions(const std::string& id) {
  static const std::map<std::string, std::vector<std::string>> companions = {
      {"DHM89", {"certified.continuous_selection"}},
      {"GW20.Thm1", {"certified.standard", "certified.hypernetwork_total", "certified.continuous_selection"}},
      {"GW20.Thm2", {"certified.embedding", "constructed.hypernetwork"}},
      {"GW20.Thm3", {"certified.embedding_any_dimension"}},
      {"GW20.Thm4",
       {"constructed.hypernetwork", "certified.primary", "certified.embedding", "certified.hypernetwork_total"}},
      {"GW20.Thm5", {"constructed.structured_total", "certified.hypernetwork_total"}},
      {"certified.embedding", {"certified.continuous_encoder", "constructed.hypernetwork"}},
      {"certified.hypernetwork_total", {"certified.standard"}},
      {"certified.bottleneck", {"certified.primary", "certified.continuous_encoder", "constructed.hypernetwork"}},
      {"certified.linear_decoder", {"certified.continuous_encoder", "constructed.hypernetwork"}},
      {"constructed.standard", {"certified.standard"}},
      {"constructed.hypernetwork", {"certified.primary"}},
      {"Yarotsky18", {"phases", "certified.standard", "certified.bits"}},
      {"phases", {"Yarotsky18", "DHM89", "certified.standard", "certified.bits"}}};
  const auto found = companions.find(id);
  return found == companions.end() ? std::vector<std::string>{} : found->second;
}

std::string RadiusInWords(const Problem& problem) {
  std::string text;
  if (problem.radius != 1) text = ", radius = " + ShortestDecimal(problem.radius);
  if (problem.norm == BallNorm::kMax) {
    return text + ", max norm (derivatives of targets " + DerivativesInWords(problem.radius, problem.norm) + ")";
  }
  return text.empty() ? text : text + " (derivatives of targets add up to at most that, not 1)";
}

// How many bumps either ball holds.
std::vector<std::string> NormNumbers(Problem problem) {
  std::vector<std::string> lines;
  for (const BallNorm norm : {BallNorm::kSum, BallNorm::kMax}) {
    problem.norm = norm;
    lines.push_back("  bumps higher than epsilon: " + LowerBounds(problem).ContinuousSelection().count.Text() +
                    " in the " + NameOf(norm) + " norm");
  }
  return lines;
}

ExplanationSection YourNumbers(const std::string& id, const Problem& problem) {
  ExplanationSection section{
      "Your numbers",
      {"r = " + std::to_string(problem.smoothness) + ", m1 = " + std::to_string(problem.primary_dim) +
       ", m2 = " + std::to_string(problem.condition_dim) + ", epsilon = " + ShortestDecimal(problem.epsilon) +
       RadiusInWords(problem) + (problem.outputs > 1 ? ", outputs = " + std::to_string(problem.outputs) : "") +
       ", depth = " + std::to_string(problem.depth) +
       ", embedding dimension = " + std::to_string(problem.EmbeddingDim()) + ":"}};
  const auto add = [&section](const std::vector<std::string>& lines) {
    section.paragraphs.insert(section.paragraphs.end(), lines.begin(), lines.end());
  };
  if (id == "gap") {
    add(GapNumbers(problem));
    return section;
  }
  if (id == "mean_square") {
    for (const Statement& statement : MeanSquareStatements(problem)) {
      if (statement.count) section.paragraphs.push_back(Line(statement));
    }
    return section;
  }
  if (id == "norms") {
    add(NormNumbers(problem));
    return section;
  }
  if (id == "outputs") {
    add(internal::OutputNumbers(problem));
    return section;
  }
  if (id == "certified.bottleneck" && !problem.bottleneck) {
    section.paragraphs.push_back("  the width is given with --bottleneck=..");
    return section;
  }
  if (id == "floor") {
    section.paragraphs.push_back("  the architecture is given to hyperwidth floor --layers=..");
    return section;
  }
  if (id == "schemes") {
    add(SchemeNumbers(problem));
    return section;
  }
  if (id == "phases" || id == "Yarotsky18" || id == "GW20.Thm1") add(PhaseNumbers(problem));
  std::vector<std::string> wanted = Companions(id);
  wanted.insert(wanted.begin(), id);
  const std::vector<Statement> statements = AllStatements(problem);
  for (const std::string& name : wanted) {
    for (const Statement& statement : statements) {
      if (statement.id == name) section.paragraphs.push_back(Line(statement));
    }
  }
  return section;
}

}  // namespace

std::vector<std::string> ExplainableIds() {
  std::vector<std::string> ids;
  for (const Explanation& text : AllTexts()) ids.push_back(text.id);
  return ids;
}

Explanation Explain(const std::string& id, const std::optional<Problem>& problem) {
  Explanation explanation = Find(id);
  if (problem) {
    Validate(*problem);
    explanation.sections.push_back(YourNumbers(explanation.id, *problem));
  }
  return explanation;
}

}  // namespace hyperwidth
