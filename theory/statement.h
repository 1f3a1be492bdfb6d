// SPDX-License-Identifier: Apache-2.0
//
// What the calculators say: one inequality, with what it assumes and how sure it is.

#ifndef HYPERWIDTH_THEORY_STATEMENT_H_
#define HYPERWIDTH_THEORY_STATEMENT_H_

#include <optional>
#include <string>
#include <vector>

#include "theory/count.h"
#include "theory/grid.h"
#include "theory/problem.h"

namespace hyperwidth {

enum class BoundKind { kLower, kUpper };

// How sure a statement is; never mixed.
enum class Tier {
  kCertified,                     // proved, explicit constants, weights chosen in any way
  kCertifiedContinuousSelection,  // the same for methods whose weights depend continuously on the target
  kRate,                          // as published, unknown constants
};

std::string Name(BoundKind kind);  // "lower", "upper"
std::string Name(Tier tier);       // "certified", "certified, continuous selection", "rate"

struct Statement {
  std::string id;        // "GW20.Thm2", "certified.embedding"
  std::string quantity;  // what is counted: "N", "N_q", "N_g", "N_f", "N_total"
  BoundKind bound = BoundKind::kLower;
  Tier tier = Tier::kRate;
  std::optional<double> exponent = {};  // rate: p in N ~ epsilon^-p; absent if the theorem does not cover the problem
  std::optional<Count> count = {};      // certified: the number
  std::optional<double> onset = {};     // lower bounds that say nothing: the largest epsilon at which they do (onset.h)
  // The same with one output, if the problem has several: what grows with them, and what does not.
  std::optional<Count> of_one_output = {};
  std::optional<Grid> grid = {};  // certified lower bounds: the bumps that prove it
  // certified.continuous_encoder: the error that no size gets below with the problem's own number of scalars, rounded
  // down; absent if they are so many that there is none.
  std::optional<double> error_floor = {};
  std::optional<double> cells = {};          // constructed upper bounds: cells per axis
  std::optional<int> depth = {};             // constructed upper bounds: weight layers
  std::string summary = {};                  // one line for a table
  std::vector<std::string> hypotheses = {};  // in full
  std::string status = {};                   // what a user has to know besides; empty if nothing
  std::string source = {};

  // Whether no size suffices at this epsilon with the problem's own number of scalars, if they are continuous in I.
  bool impossible = false;

  // A lower bound of one parameter, one bit or one scalar.
  bool SaysNothing() const { return bound == BoundKind::kLower && count && count->value == 1; }
};

// "says nothing here; begins to at epsilon = 0.0498", or "says nothing here, nor at any epsilon from 1e-300 on". The
// onset is one in the ball of this radius.
std::string SilenceOf(const std::optional<double>& onset, double radius);

// Every statement about `problem`: published rates, certified lower bounds, constructed upper bounds.
// Throws: std::domain_error as Validate.
std::vector<Statement> AllStatements(const Problem& problem);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_STATEMENT_H_
