// SPDX-License-Identifier: Apache-2.0
#include "experiments/modularity_gap/tube_fit.h"

#include <algorithm>
#include <limits>
#include <vector>

#include "models/pass/per_sample_pass.h"
#include "training/least_squares/levenberg_marquardt.h"

namespace hyperwidth {
namespace {

constexpr double kInnerShare = 0.6;           // of the tolerance: errors below it are left alone
constexpr double kMovedOutputScale = 0.1;     // of the output weights of moved units: enough to give them a gradient
constexpr std::uint64_t kUnitTournament = 3;  // draws from which the least important unit is taken
constexpr int kFirstPointTournament = 20;     // draws from which the point of the largest error is taken
constexpr int kNextPointTournament = 8;
constexpr double kTableReach = 1.2;  // a table entry that is drawn anew is uniform on +- this

// What errors at the points exceed the inner tolerance by, as residuals.
class TubeProblem : public LeastSquaresProblem {
 public:
  TubeProblem(const TableNetwork& network, const ConditionedTarget& target, Index first, const TubeFitOptions& options)
      : network_(network),
        target_(target),
        first_(first),
        inner_(kInnerShare * options.tolerance),
        points_(target.Points(options.points_per_cell)),
        values_(target.Values(points_, first, network.conditions())),
        pass_(network.model()),
        all_(network.BatchOfAll(points_)),
        active_{.condition_ids = all_.condition_ids} {}

  // network - target: [points, conditions], valid until the next call.
  const Matrix<double>& Errors(const Vector<double>& parameters) {
    errors_ = pass_.Forward(parameters, all_).reshaped(points_.cols(), network_.conditions()) - values_;
    return errors_;
  }

  double Objective(const Vector<double>& parameters) override {
    return (Errors(parameters).array().abs() - inner_).max(0.0).square().sum();
  }

  void Linearise(const Vector<double>& parameters, Vector<double>& residuals, Matrix<double>& gradients) override {
    const Matrix<double>& errors = Errors(parameters);
    active_points_.clear();
    excess_.clear();
    active_.group_starts.assign(1, 0);
    for (Index condition = 0; condition < errors.cols(); ++condition) {
      for (Index point = 0; point < errors.rows(); ++point) {
        const double error = errors(point, condition);
        if (!(std::abs(error) > inner_)) continue;
        active_points_.push_back(point);
        excess_.push_back(error > 0 ? error - inner_ : error + inner_);
      }
      active_.group_starts.push_back(static_cast<Index>(active_points_.size()));
    }
    active_.x = points_(Eigen::all, active_points_);
    pass_.OutputGradients(parameters, active_, gradients);
    residuals = Eigen::Map<const Vector<double>>(excess_.data(), active_.samples());
  }

  void AddPoint(const Vector<double>& x) {
    points_.conservativeResize(Eigen::NoChange, points_.cols() + 1);
    points_.rightCols(1) = x;
    values_.conservativeResize(points_.cols(), Eigen::NoChange);
    values_.bottomRows(1) = target_.Values(x, first_, network_.conditions());
    all_ = network_.BatchOfAll(points_);
  }

  const Matrix<double>& points() const { return points_; }

 private:
  const TableNetwork& network_;
  const ConditionedTarget& target_;
  Index first_;
  double inner_;
  Matrix<double> points_;  // [m1, points]
  Matrix<double> values_;  // [points, conditions]
  PerSamplePass<double> pass_;
  Batch<double> all_;     // every point for every condition
  Batch<double> active_;  // the points of each condition where the error exceeds the inner tolerance
  std::vector<Index> active_points_;
  std::vector<double> excess_;  // by so much
  Matrix<double> errors_;
};

class Search {
 public:
  Search(const TableNetwork& network,
         const ConditionedTarget& target,
         Index first,
         const TubeFitOptions& options,
         RandomStream& random,
         const StopRequest& stop)
      : network_(network),
        target_(target),
        first_(first),
        options_(options),
        random_(random),
        stop_(stop),
        problem_(network, target, first, options),
        fit_{.error = std::numeric_limits<double>::infinity()} {}

  TubeFit Run() {
    Vector<double> best = network_.RandomParameters(options_.weight_scale, random_);
    double best_objective = Descend(best);
    while (!fit_.within && fit_.iterations < options_.iterations) {
      Vector<double> moved = best;
      Perturb(moved);
      const double objective = Descend(moved);
      // Points may have been added since `best` was judged.
      if (!fit_.within) best_objective = problem_.Objective(best);
      if (fit_.within || objective < best_objective) best = moved;
    }
    if (!fit_.within) fit_.error = problem_.Errors(best).cwiseAbs().maxCoeff();
    fit_.parameters = best;
    return fit_;
  }

 private:
  // Levenberg-Marquardt until it stalls or all is within the tolerance; the objective.
  double Descend(Vector<double>& parameters) {
    LevenbergMarquardtOptions options{.max_iterations = options_.iterations - fit_.iterations,
                                      .initial_damping = options_.initial_damping};
    options.is_done = [&](const Vector<double>& candidate) {
      stop_.Check();
      return IsWithin(candidate);
    };
    const LevenbergMarquardtSummary summary = MinimiseLeastSquares(problem_, options, parameters);
    // A descent that ends at once still used its turn.
    fit_.iterations += std::max<Index>(summary.iterations, 1);
    return summary.objective;
  }

  bool IsWithin(const Vector<double>& parameters) {
    if (!(problem_.Errors(parameters).cwiseAbs().maxCoeff() < options_.tolerance)) return false;
    const ConditionedTarget::Worst worst = target_.LargestError(network_, parameters, first_);
    if (worst.error < options_.tolerance) {
      fit_.within = true;
      fit_.error = worst.error;
      return true;
    }
    problem_.AddPoint(worst.x);
    return false;
  }

  Index Below(Index count) { return static_cast<Index>(random_.Below(static_cast<std::uint64_t>(count))); }

  // The variance of each unit's contribution over points and conditions.
  Vector<double> Importance(const Vector<double>& parameters) const {
    const Matrix<double> inputs = network_.Inputs(parameters, problem_.points());
    Vector<double> importance(network_.width());
    for (Index i = 0; i < network_.width(); ++i) {
      const TableNetwork::Unit unit = network_.GetUnit(parameters, i);
      const Eigen::ArrayXd contribution =
          unit.output_weight * ((inputs.transpose() * unit.weights).array() + unit.bias).max(0.0);
      importance[i] = (contribution - contribution.mean()).square().mean();
    }
    return importance;
  }

  // The place, in a matrix of errors, of the largest of some that are drawn at random.
  std::pair<Index, Index> DrawLargeError(const Matrix<double>& errors, int draws) {
    std::pair<Index, Index> place = {0, 0};
    double largest = -1;
    for (int draw = 0; draw < draws; ++draw) {
      const Index row = Below(errors.rows()), column = Below(errors.cols());
      if (std::abs(errors(row, column)) <= largest) continue;
      largest = std::abs(errors(row, column));
      place = {row, column};
    }
    return place;
  }

  // Moves one to three units to large errors, and sometimes draws the table entry of the worst condition anew.
  void Perturb(Vector<double>& parameters) {
    const Matrix<double>& errors = problem_.Errors(parameters);
    const Matrix<double> inputs = network_.Inputs(parameters, problem_.points());
    const Vector<double> importance = Importance(parameters);
    const int moves = 1 + (random_.Below(3) == 0) + (random_.Below(3) == 0);
    for (int move = 0; move < moves; ++move) {
      Index unit = Below(network_.width());
      for (std::uint64_t draw = 1; draw < kUnitTournament; ++draw) {
        const Index other = Below(network_.width());
        if (importance[other] < importance[unit]) unit = other;
      }
      const auto [row, column] = DrawLargeError(errors, move == 0 ? kFirstPointTournament : kNextPointTournament);
      const Vector<double> input = inputs.col(column * errors.rows() + row);
      network_.SetUnit(
          unit, network_.RandomUnitThrough(input, options_.weight_scale, kMovedOutputScale, random_), parameters);
    }
    const Index k = network_.embedding_dim();
    if (k > 0 && random_.Below(4) == 0) {
      Index row = 0, column = 0;
      errors.cwiseAbs().maxCoeff(&row, &column);
      for (double& entry : parameters.segment(network_.primary_parameter_count() + column * k, k)) {
        entry = random_.Uniform(-kTableReach, kTableReach);
      }
    }
  }

  const TableNetwork& network_;
  const ConditionedTarget& target_;
  Index first_;
  const TubeFitOptions& options_;
  RandomStream& random_;
  const StopRequest& stop_;
  TubeProblem problem_;
  TubeFit fit_;
};

}  // namespace

TubeFit FitWithinTube(const TableNetwork& network,
                      const ConditionedTarget& target,
                      Index first,
                      const TubeFitOptions& options,
                      RandomStream& random,
                      const StopRequest& stop) {
  return Search(network, target, first, options, random, stop).Run();
}

}  // namespace hyperwidth
