// SPDX-License-Identifier: Apache-2.0

#include "theory/statement.h"

#include "theory/certified_statements.h"
#include "theory/domain_check.h"
#include "theory/outputs.h"
#include "theory/rates.h"

namespace hyperwidth {

std::string Name(BoundKind kind) { return kind == BoundKind::kLower ? "lower" : "upper"; }

std::string Name(Tier tier) {
  switch (tier) {
    case Tier::kCertified:
      return "certified";
    case Tier::kCertifiedContinuousSelection:
      return "certified, continuous selection";
    case Tier::kRate:
      return "rate";
  }
  return "";
}

std::string SilenceOf(const std::optional<double>& onset, double radius) {
  return onset ? "says nothing here; begins to at epsilon = " + ShortestDecimal(*onset)
               : "says nothing here, nor at any epsilon from " + TimesRadius(kMinEpsilon, radius) + " on";
}

std::vector<Statement> AllStatements(const Problem& problem) {
  std::vector<Statement> statements = PublishedRates(problem);
  for (Statement& statement : CertifiedStatements(problem)) statements.push_back(std::move(statement));
  for (Statement& statement : ConstructedStatements(problem)) statements.push_back(std::move(statement));
  CompareToOneOutput(problem, statements);
  return statements;
}

}  // namespace hyperwidth
