// SPDX-License-Identifier: Apache-2.0
//
// Levenberg and Marquardt's method: least squares for small networks in double precision, where stochastic gradients
// stop far from what a network can express.

#ifndef HYPERWIDTH_TRAINING_LEAST_SQUARES_LEVENBERG_MARQUARDT_H_
#define HYPERWIDTH_TRAINING_LEAST_SQUARES_LEVENBERG_MARQUARDT_H_

#include <functional>

#include "models/types.h"

namespace hyperwidth {

// A sum of squared residuals, as a function of parameters [parameter_count].
class LeastSquaresProblem {
 public:
  virtual ~LeastSquaresProblem() = default;

  // The sum of squares.
  virtual double Objective(const Vector<double>& parameters) = 0;

  // The residuals [n], and their gradients as columns of `gradients` [parameter_count, n]. Residuals that are zero
  // together with their gradient may be left out, so n may differ from call to call.
  virtual void Linearise(const Vector<double>& parameters, Vector<double>& residuals, Matrix<double>& gradients) = 0;
};

struct LevenbergMarquardtOptions {
  Index max_iterations = 100;  // linearisations, >= 0
  // The first damping, relative to the diagonal of the normal equations, > 0: what a learning rate is to gradient
  // descent. Small: nearly a Gauss-Newton step; large: a short step down the scaled gradient.
  double initial_damping = 1e-2;
  // Ends when the objective has not fallen below `stall_factor` of its value `patience` iterations ago.
  Index patience = 10;        // >= 1
  double stall_factor = 0.8;  // in (0, 1]
  // Asked before each iteration; true ends the search. May change the problem (add residuals, say).
  std::function<bool(const Vector<double>& parameters)> is_done = {};
};

enum class LevenbergMarquardtStop {
  kDone,        // is_done said so
  kZero,        // the objective is zero
  kStalled,     // too little progress
  kNoStep,      // no damping makes a step that lowers the objective
  kIterations,  // max_iterations
};

struct LevenbergMarquardtSummary {
  LevenbergMarquardtStop reason = LevenbergMarquardtStop::kIterations;
  Index iterations = 0;
  double objective = 0;
};

// Lowers the objective from `parameters` on, which it changes in place; never to a higher one. Damping is chosen by the
// gain ratio (Nielsen, Damping parameter in Marquardt's method, IMM-REP-1999-05, 1999) and scaled by the diagonal
// (Marquardt 1963). Cost per iteration: the smaller of parameters^2 * residuals and residuals^2 * parameters, for the
// normal equations are solved in whichever form has fewer unknowns. They square the condition number, which a QR
// decomposition would not, at a multiple of its speed: fit for errors of a per cent, not for the last digits.
// Throws: std::invalid_argument if an option is out of range.
LevenbergMarquardtSummary MinimiseLeastSquares(LeastSquaresProblem& problem,
                                               const LevenbergMarquardtOptions& options,
                                               Vector<double>& parameters);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_LEAST_SQUARES_LEVENBERG_MARQUARDT_H_
