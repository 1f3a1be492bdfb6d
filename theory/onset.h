// SPDX-License-Identifier: Apache-2.0
//
// Where lower bounds begin to say something. A bound of "at least one parameter" says nothing, and in many dimensions
// that is what every bound says at ordinary accuracies: in the norm of grid.h, the sum over all derivatives, the ball
// W(r, d) shrinks as d grows and holds hardly any bumps higher than epsilon. So that nobody mistakes silence for a
// small number, a bound that says nothing comes with its onset: the largest epsilon at which it proves that one
// parameter is not enough.

#ifndef HYPERWIDTH_THEORY_ONSET_H_
#define HYPERWIDTH_THEORY_ONSET_H_

#include <optional>

#include "theory/coarsest_grid.h"
#include "theory/grid.h"
#include "theory/sign_patterns.h"

namespace hyperwidth {

struct Onset {
  double epsilon = 0;  // rounded down to three digits; `radius` times the bumps of `grid` are higher, proved
  Grid grid;           // on which the bound is at least 2
};

// Of the bounds that count bumps (continuous selection, bits): two bumps. Nothing if in the unit ball they are not
// higher than kMinEpsilon; likewise below. `radius`: of the ball. Throws: std::domain_error as FindCoarsestGrid. Cost:
// below a millisecond.
std::optional<Onset> OnsetOfBumps(const CoarsestGridProblem& ball, double radius = 1);

// Of the sign-pattern bound for a class of networks, on grids in x and I, or in x alone for condition_dim = 0. Nothing,
// too, if 50 digits should not confirm that one parameter is too few.
std::optional<Onset> OnsetOfClass(const CoarsestGridProblem& ball,
                                  const NetworkClass& network_class,
                                  double radius = 1);

// The largest number of three digits below `value`: "0.0498" for 1/20.05. Domain: 10^-300 <= value <= kMaxRadius. For
// smaller ones, down to the height of bumps whose norm just fits a double, a number not above `value`.
double BelowWithThreeDigits(double value);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_ONSET_H_
