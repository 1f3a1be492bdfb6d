// SPDX-License-Identifier: Apache-2.0
#include "experiments/constructions/sup_error_scan.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <string>

#include "experiments/constructions/unit_cell.h"
#include "models/random_stream.h"

namespace hyperwidth {
namespace {

// Cells evaluated at once: enough for the functions' overhead not to matter.
constexpr Index kCellsPerBatch = 32;

struct Worst {
  double error = -1;
  Vector<double> point = {};
  Index cell = -1;  // -1: none, an extra point
};

class Scan {
 public:
  Scan(const PointFunction& target, const BuiltNetwork& built, const ScanOptions& options)
      : target_(target),
        built_(built),
        options_(options),
        unit_points_(AdversarialUnitPoints(static_cast<int>(built.cells.size()), options.random_points, options.seed)) {
  }

  SupError Run(const ConstMatrixRef<double>& extra) {
    const std::vector<Index> cells = Cells();
    for (std::size_t first = 0; first < cells.size(); first += kCellsPerBatch) {
      const std::size_t count = std::min<std::size_t>(kCellsPerBatch, cells.size() - first);
      ScanFormula(Points({cells.begin() + static_cast<std::ptrdiff_t>(first),
                          cells.begin() + static_cast<std::ptrdiff_t>(first + count)}),
                  &cells[first]);
    }
    ScanFormula(extra, nullptr);
    if (built_.network) {
      ScanNetwork(cells);
    } else {
      result_.value = result_.formula;
    }
    return result_;
  }

 private:
  // All cells, or as many as asked for, drawn from the seed; a cell's number has the first axis fastest.
  std::vector<Index> Cells() const {
    const double count = std::accumulate(
        built_.cells.begin(), built_.cells.end(), 1.0, [](double product, int n) { return product * n; });
    std::vector<Index> cells;
    if (count <= static_cast<double>(options_.cells)) {
      cells.resize(static_cast<std::size_t>(count));
      std::iota(cells.begin(), cells.end(), Index{0});
      return cells;
    }
    RandomStream random(options_.seed, {0});
    for (Index i = 0; i < options_.cells; ++i) {
      cells.push_back(static_cast<Index>(random.Below(static_cast<std::uint64_t>(count))));
    }
    return cells;
  }

  Matrix<double> Points(const std::vector<Index>& cells) const {
    const Index dim = unit_points_.rows();
    Matrix<double> points(dim, unit_points_.cols() * static_cast<Index>(cells.size()));
    Index first = 0;
    for (Index cell : cells) {
      for (Index axis = 0; axis < dim; ++axis) {
        const int n = built_.cells[static_cast<std::size_t>(axis)];
        const auto corner = static_cast<double>(cell % n);
        // At most 1, which rounding could exceed.
        points.row(axis).segment(first, unit_points_.cols()) =
            ((unit_points_.row(axis).array() + corner) * (2.0 / n) - 1).cwiseMin(1.0);
        cell /= n;
      }
      first += unit_points_.cols();
    }
    return points;
  }

  // `cells` of the points in turn, or nullptr for points that are no cell's.
  void ScanFormula(const ConstMatrixRef<double>& points, const Index* cells) {
    if (points.cols() == 0) return;
    const Vector<double> errors = (target_(points) - built_.formula(points)).cwiseAbs();
    Index place = 0;
    const double largest = errors.maxCoeff(&place);
    result_.formula_points += points.cols();
    result_.formula = std::max(result_.formula, largest);
    if (largest > worst_.error) {
      worst_ = {largest, points.col(place), cells == nullptr ? -1 : cells[place / unit_points_.cols()]};
    }
  }

  void ScanNetwork(const std::vector<Index>& cells) {
    const double affordable = options_.network_work / (built_.work * static_cast<double>(unit_points_.cols()));
    const auto count = static_cast<std::size_t>(std::clamp(affordable, 1.0, static_cast<double>(cells.size())));
    std::vector<Index> chosen;
    // All of them, or every so many-th of those that were scanned; the worst is one of them.
    for (std::size_t i = 0; i < count; ++i) chosen.push_back(cells[i * cells.size() / count]);
    if (worst_.cell >= 0 && std::find(chosen.begin(), chosen.end(), worst_.cell) == chosen.end()) {
      chosen.back() = worst_.cell;
    }
    // Together, since a network takes as long for one point as for a block of them.
    const Matrix<double> of_cells = Points(chosen);
    Matrix<double> points(of_cells.rows(), of_cells.cols() + 1);
    points << worst_.point, of_cells;
    EvaluateNetwork(points);
  }

  void EvaluateNetwork(const ConstMatrixRef<double>& points) {
    const Vector<double> values = built_.network(points);
    result_.value = std::max(result_.value, (target_(points) - values).cwiseAbs().maxCoeff());
    result_.disagreement = std::max(result_.disagreement, (built_.formula(points) - values).cwiseAbs().maxCoeff());
    result_.network_points += points.cols();
  }

  const PointFunction& target_;
  const BuiltNetwork& built_;
  const ScanOptions& options_;
  const Matrix<double> unit_points_;
  Worst worst_;
  SupError result_;
};

}  // namespace

SupError ScanSupError(const PointFunction& target,
                      const BuiltNetwork& built,
                      const ConstMatrixRef<double>& extra,
                      const ScanOptions& options) {
  if (extra.cols() > 0 && extra.rows() != static_cast<Index>(built.cells.size())) {
    throw std::invalid_argument("sup error: extra points have " + std::to_string(extra.rows()) +
                                " coordinates, accepted: " + std::to_string(built.cells.size()));
  }
  return Scan(target, built, options).Run(extra);
}

}  // namespace hyperwidth
