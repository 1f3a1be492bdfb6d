// SPDX-License-Identifier: Apache-2.0
#include "training/least_squares/levenberg_marquardt.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

namespace hyperwidth {
namespace {

constexpr int kMaxDampings = 10;            // tried for one step: each at least doubles the one before
constexpr double kMinDamping = 1e-9;        // below it the normal equations lose definiteness to rounding
constexpr double kMinRelativeScale = 1e-6;  // of the largest diagonal entry, for parameters without influence

void Validate(const LevenbergMarquardtOptions& options) {
  if (options.max_iterations < 0 || options.patience < 1 || !(options.initial_damping > 0) ||
      !(options.stall_factor > 0 && options.stall_factor <= 1)) {
    throw std::invalid_argument(
        "Levenberg-Marquardt: max_iterations = " + std::to_string(options.max_iterations) + ", patience = " +
        std::to_string(options.patience) + ", initial_damping = " + std::to_string(options.initial_damping) +
        ", stall_factor = " + std::to_string(options.stall_factor) +
        "; accepted: max_iterations >= 0, patience >= 1, initial_damping > 0, 0 < stall_factor <= 1");
  }
}

// The linearised problem at one point, solved for any damping.
class DampedSystem {
 public:
  DampedSystem(const Vector<double>& residuals, const Matrix<double>& gradients)
      : residuals_(residuals), gradients_(gradients), scale_(gradients.rowwise().squaredNorm()) {
    const double largest = scale_.maxCoeff();
    scale_.array() += largest > 0 ? kMinRelativeScale * largest : 1.0;
    is_dual_ = gradients.cols() < gradients.rows();
    if (is_dual_) {
      // (G D^-1 G^T + damping I) in the residuals: the same step by the push-through identity.
      scaled_ = scale_.cwiseSqrt().cwiseInverse().asDiagonal() * gradients;
      normal_.setZero(gradients.cols(), gradients.cols());
      normal_.selfadjointView<Eigen::Lower>().rankUpdate(scaled_.transpose());
    } else {
      normal_.setZero(gradients.rows(), gradients.rows());
      normal_.selfadjointView<Eigen::Lower>().rankUpdate(gradients);
      right_hand_side_ = gradients * residuals;
    }
  }

  // The minimiser of |residuals + gradients^T step|^2 + damping |step|^2, |.| weighted by the scales.
  Vector<double> Step(double damping) {
    damped_ = normal_;
    if (is_dual_) {
      damped_.diagonal().array() += damping;
      const Eigen::LLT<Matrix<double>> factor(damped_);
      return -(scale_.cwiseInverse().asDiagonal() * (gradients_ * factor.solve(residuals_)));
    }
    damped_.diagonal() += damping * scale_;
    const Eigen::LLT<Matrix<double>> factor(damped_);
    return -factor.solve(right_hand_side_);
  }

  // The objective that the linearisation promises after `step`.
  double Promised(const Vector<double>& step) const {
    return (residuals_ + gradients_.transpose() * step).squaredNorm();
  }

 private:
  const Vector<double>& residuals_;
  const Matrix<double>& gradients_;
  Vector<double> scale_;  // of the parameters: the diagonal of the normal equations
  bool is_dual_ = false;
  Matrix<double> scaled_;
  Matrix<double> normal_;
  Matrix<double> damped_;
  Vector<double> right_hand_side_;
};

// The damping, as gain ratios move it.
struct Damping {
  double value;
  double growth = 2;

  void Accept(double gain_ratio) {
    value = std::max(kMinDamping, value * std::max(1.0 / 3, 1 - std::pow(2 * gain_ratio - 1, 3)));
    growth = 2;
  }
  void Refuse() {
    value *= growth;
    growth *= 2;
  }
};

// One step that lowers the objective; false if there is none.
bool Advance(
    LeastSquaresProblem& problem, DampedSystem system, Damping& damping, double objective, Vector<double>& parameters) {
  for (int attempt = 0; attempt < kMaxDampings; ++attempt) {
    const Vector<double> step = system.Step(damping.value);
    const Vector<double> candidate = parameters + step;
    const double found = step.allFinite() ? problem.Objective(candidate) : std::numeric_limits<double>::infinity();
    if (found < objective) {
      const double promised = std::max(objective - system.Promised(step), std::numeric_limits<double>::min());
      damping.Accept(std::clamp((objective - found) / promised, 0.0, 2.0));
      parameters = candidate;
      return true;
    }
    damping.Refuse();
  }
  return false;
}

}  // namespace

LevenbergMarquardtSummary MinimiseLeastSquares(LeastSquaresProblem& problem,
                                               const LevenbergMarquardtOptions& options,
                                               Vector<double>& parameters) {
  using Stop = LevenbergMarquardtStop;
  Validate(options);
  Damping damping{options.initial_damping};
  double reference = std::numeric_limits<double>::infinity();
  Vector<double> residuals;
  Matrix<double> gradients;
  for (Index iteration = 0;; ++iteration) {
    const bool done = options.is_done && options.is_done(parameters);
    const double objective = problem.Objective(parameters);
    const auto ended = [&](Stop reason) {
      return LevenbergMarquardtSummary{.reason = reason, .iterations = iteration, .objective = objective};
    };
    if (done) return ended(Stop::kDone);
    if (objective == 0) return ended(Stop::kZero);
    if (iteration == options.max_iterations) return ended(Stop::kIterations);
    if (iteration % options.patience == 0) {
      if (!(objective <= options.stall_factor * reference)) return ended(Stop::kStalled);
      reference = objective;
    }
    problem.Linearise(parameters, residuals, gradients);
    if (!Advance(problem, DampedSystem(residuals, gradients), damping, objective, parameters)) {
      return ended(Stop::kNoStep);
    }
  }
}

}  // namespace hyperwidth
