// SPDX-License-Identifier: Apache-2.0

#include "theory/explain/explanation.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <map>
#include <stdexcept>

#include "theory/domain_check.h"
#include "theory/explain/texts.h"
#include "theory/gap.h"
#include "theory/phases.h"
#include "theory/schemes.h"
#include "theory/statement.h"

namespace hyperwidth {
namespace {

const std::vector<Explanation>& AllTexts() {
  static const std::vector<Explanation> texts = [] {
    std::vector<Explanation> all;
    for (const auto& part : {internal::WidthTexts(),
                             internal::UpperRateTexts(),
                             internal::GalantiWolfTexts(),
                             internal::CertifiedTexts(),
                             internal::ConstructedTexts()}) {
      all.insert(all.end(), part.begin(), part.end());
    }
    return all;
  }();
  return texts;
}

std::string Lowered(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  std::replace(text.begin(), text.end(), '-', '_');
  return text;
}

const Explanation* Find(const std::string& wanted) {
  static const std::map<std::string, std::string> others = {{"dhm", "dhm89"},
                                                            {"width", "dhm89"},
                                                            {"theorem1", "gw20.thm1"},
                                                            {"theorem2", "gw20.thm2"},
                                                            {"theorem3", "gw20.thm3"},
                                                            {"theorem4", "gw20.thm4"},
                                                            {"theorem5", "gw20.thm5"},
                                                            {"hypernetwork", "constructed.hypernetwork"},
                                                            {"standard", "certified.standard"}};
  const auto other = others.find(Lowered(wanted));
  const std::string name = other == others.end() ? Lowered(wanted) : other->second;
  for (const char* const prefix : {"", "gw20.", "certified.", "constructed."}) {
    for (const Explanation& text : AllTexts()) {
      if (Lowered(text.id) == prefix + name) return &text;
    }
  }
  return nullptr;
}

std::string Line(const Statement& statement) {
  const std::string relation = statement.bound == BoundKind::kLower ? " >= " : " <= ";
  std::string text = "  " + statement.id + ": " + statement.quantity;
  if (statement.count) {
    text += relation + statement.count->Text();
  } else if (statement.exponent) {
    text +=
        (statement.bound == BoundKind::kLower ? " grows at least like epsilon^-" : " grows at most like epsilon^-") +
        ShortestDecimal(*statement.exponent);
  } else {
    text += ": not stated for this smoothness";
  }
  return text + " (" + Name(statement.tier) + ")";
}

std::string Rounded(double value) {
  std::array<char, 32> text;
  std::snprintf(text.data(), text.size(), "%.4g", value);
  return text.data();
}

std::vector<std::string> GapNumbers(const Problem& problem) {
  const ModularityGap gap = CertifiedGap(problem);
  return {"  certified N_q at depth " + std::to_string(gap.depth) + ": at least " + gap.embedding.Text(),
          "  constructed N_g: " + gap.constructed.Text(),
          "  gap: " + (gap.log10 < 6 ? Rounded(gap.Ratio()) : "10^" + Rounded(gap.log10)),
          "  crossover embedding dimension k*: " + gap.crossover_embedding_dim.Text()};
}

std::vector<std::string> PhaseNumbers(const Problem& problem) {
  std::vector<std::string> lines;
  for (const double a : {0.0, 0.25, 0.5, 1.0}) {
    const DepthPhase phase = PhaseAtDepth(problem.smoothness, problem.Dim(), a);
    lines.push_back(
        "  depth ~ N^" + Rounded(a) + ": N ~ epsilon^-" + Rounded(phase.parameter_exponent) + ", error N^-" +
        Rounded(phase.reachable_rate) +
        (phase.needs_discontinuity ? ", weights discontinuous in the target" : ", continuous weights suffice"));
  }
  return lines;
}

std::vector<std::string> SchemeNumbers(const Problem& problem) {
  const LowerBounds bounds(problem);
  std::vector<std::string> lines;
  for (const Scheme scheme : AllSchemes()) {
    if (scheme == Scheme::kHypernetwork) continue;
    const Count count = SchemeBound(bounds, scheme, static_cast<double>(problem.embedding_dim)).count;
    lines.push_back("  " + Name(scheme) + ", kappa = " + std::to_string(problem.embedding_dim) +
                    ": N >= " + count.Text());
  }
  lines.push_back("  hypernetwork: kappa = N_g >= " + bounds.Primary().count.Text());
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
      {"certified.embedding", {"constructed.hypernetwork"}},
      {"certified.hypernetwork_total", {"certified.standard"}},
      {"constructed.standard", {"certified.standard"}},
      {"constructed.hypernetwork", {"certified.primary"}},
      {"Yarotsky18", {"certified.standard", "certified.bits"}}};
  const auto found = companions.find(id);
  return found == companions.end() ? std::vector<std::string>{} : found->second;
}

ExplanationSection YourNumbers(const std::string& id, const Problem& problem) {
  ExplanationSection section{
      "Your numbers",
      {"r = " + std::to_string(problem.smoothness) + ", m1 = " + std::to_string(problem.primary_dim) +
       ", m2 = " + std::to_string(problem.condition_dim) + ", epsilon = " + ShortestDecimal(problem.epsilon) +
       ", depth = " + std::to_string(problem.depth) +
       ", embedding dimension = " + std::to_string(problem.embedding_dim) + ":"}};
  const auto add = [&section](const std::vector<std::string>& lines) {
    section.paragraphs.insert(section.paragraphs.end(), lines.begin(), lines.end());
  };
  if (id == "gap") {
    add(GapNumbers(problem));
    return section;
  }
  if (id == "schemes") {
    add(SchemeNumbers(problem));
    return section;
  }
  if (id == "phases" || id == "Yarotsky18") add(PhaseNumbers(problem));
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
  const Explanation* const text = Find(id);
  if (text == nullptr) {
    std::string known;
    for (const std::string& name : ExplainableIds()) known += (known.empty() ? "" : ", ") + name;
    throw std::domain_error("nothing to explain under '" + id + "'; accepted: " + known);
  }
  Explanation explanation = *text;
  if (problem) {
    Validate(*problem);
    explanation.sections.push_back(YourNumbers(explanation.id, *problem));
  }
  return explanation;
}

}  // namespace hyperwidth
