// SPDX-License-Identifier: Apache-2.0

#include "theory/local_taylor_network.h"

#include <cmath>
#include <map>
#include <numeric>
#include <stdexcept>

#include "theory/axis_units.h"
#include "theory/domain_check.h"
#include "theory/local_taylor_parts.h"
#include "theory/sawtooth_product.h"

namespace hyperwidth {
namespace {

using Layer = ReluNetwork::Layer;
using internal::kRampHalfWidth;
using MultiIndex = std::vector<int>;

int Order(const MultiIndex& k) { return std::accumulate(k.begin(), k.end(), 0); }

// The first axis that k differentiates.
int FirstAxis(const MultiIndex& k) {
  int axis = 0;
  while (k[axis] == 0) ++axis;
  return axis;
}

// All multi-indices of order below r, by order.
std::vector<MultiIndex> MultiIndicesBelow(int r, int dim) {
  std::vector<MultiIndex> all = {MultiIndex(dim, 0)};
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (Order(all[i]) == r - 1) continue;
    const int last_axis = Order(all[i]) == 0 ? dim - 1 : FirstAxis(all[i]);
    for (int axis = 0; axis <= last_axis; ++axis) {  // each one from its parent
      all.push_back(all[i]);
      ++all.back()[axis];
    }
  }
  return all;
}

// The units that the layers pass on.
struct Registers {
  std::vector<std::vector<int>> coordinates;  // [axis][parity], 1 + w
  std::vector<int> odd;                       // [axis], tau
  std::vector<std::vector<int>> values;       // [colour][k], 1 + P_k

  // The coordinates if wanted, tau of the axes from first_axis on, and the values of the first `num_values`
  // multi-indices.
  std::vector<int*> Carried(bool with_coordinates, std::size_t first_axis, std::size_t num_values) {
    std::vector<int*> units;
    if (with_coordinates) {
      for (auto& axis : coordinates) {
        for (int& unit : axis) units.push_back(&unit);
      }
    }
    for (std::size_t axis = first_axis; axis < odd.size(); ++axis) units.push_back(&odd[axis]);
    for (auto& colour : values) {
      for (std::size_t k = 0; k < num_values; ++k) units.push_back(&colour[k]);
    }
    return units;
  }
};

int Add(Layer& layer, const AffineValue& value) {
  layer.push_back(value);
  return static_cast<int>(layer.size()) - 1;
}

class Builder {
 public:
  Builder(const LocalTaylorPlan& plan, const LocalTaylorNetwork::Derivative& derivative, ReluNetwork& network)
      : plan_(plan),
        dim_(plan.dim),
        cells_(static_cast<int>(plan.cells)),
        multi_indices_(MultiIndicesBelow(plan.smoothness, plan.dim)),
        network_(network) {
    for (std::size_t k = 0; k < multi_indices_.size(); ++k) index_[multi_indices_[k]] = static_cast<int>(k);
    BuildPiecewiseLinearPart(derivative);
    for (int order = plan.smoothness - 1; order >= 1; --order) BuildHornerStep(order);
    if (cells_ > 1) {
      for (int axis = 0; axis < dim_; ++axis) MergeColours(axis);
    }
  }

 private:
  void BuildPiecewiseLinearPart(const LocalTaylorNetwork::Derivative& derivative) {
    Layer kinks;
    std::vector<internal::AxisUnits> axes;
    for (int axis = 0; axis < dim_; ++axis) axes.emplace_back(axis, cells_, kinks);
    network_.AddLayer(kinks);

    Layer layer;
    std::vector<std::vector<int>> distances(dim_);
    for (int axis = 0; axis < dim_; ++axis) {
      registers_.coordinates.emplace_back();
      for (int parity = 0; parity < std::min(cells_, 2); ++parity) {
        registers_.coordinates.back().push_back(Add(layer, axes[axis].Coordinate(parity)));
      }
      if (cells_ == 1) continue;
      registers_.odd.push_back(Add(layer, axes[axis].OddNodes()));
      for (int node = 0; node < cells_; ++node) distances[axis].push_back(Add(layer, axes[axis].Distance(node)));
    }
    const int num_colours = cells_ == 1 ? 1 : 1 << dim_;
    registers_.values.assign(num_colours, std::vector<int>(multi_indices_.size()));
    std::vector<std::vector<AffineValue>> values(
        num_colours, std::vector<AffineValue>(multi_indices_.size(), {.entries = {}, .bias = 1, .has_bias = true}));
    Layer plateaus;
    MultiIndex node(dim_, 0);
    for (;;) {
      int colour = 0;
      std::vector<double> centre(dim_);
      AffineValue plateau{.entries = {}, .bias = 1, .has_bias = true};
      for (int axis = 0; axis < dim_; ++axis) {
        colour += (node[axis] % 2) << axis;
        centre[axis] = -1 + (2.0 * node[axis] + 1) / cells_;
        // Down to 0 half-way between the supports of nodes of the same colour.
        if (cells_ > 1) plateau.entries.push_back({distances[axis][node[axis]], -1 / (0.5 - kRampHalfWidth)});
      }
      const int plateau_unit = cells_ == 1 ? 0 : Add(plateaus, plateau);
      for (std::size_t k = 0; k < multi_indices_.size(); ++k) {
        double factorial = 1;
        for (const int order : multi_indices_[k]) factorial *= std::tgamma(order + 1.0);
        const double coefficient = derivative(centre, multi_indices_[k]) / factorial;
        if (cells_ == 1) {
          values[colour][k].bias += coefficient;
        } else {
          values[colour][k].entries.push_back({plateau_unit, coefficient});
        }
      }
      int axis = 0;
      while (axis < dim_ && ++node[axis] == cells_) node[axis++] = 0;
      if (axis == dim_) break;
    }
    if (cells_ > 1) {
      network_.AddLayer(layer);
      AppendCarried(registers_.Carried(true, 0, 0), plateaus);
      network_.AddLayer(plateaus);
      layer.clear();
      AppendCarried(registers_.Carried(true, 0, 0), layer);
    }
    for (int colour = 0; colour < num_colours; ++colour) {
      for (std::size_t k = 0; k < multi_indices_.size(); ++k)
        registers_.values[colour][k] = Add(layer, values[colour][k]);
    }
    network_.AddLayer(layer);
  }

  // P_k for all k one order below.
  void BuildHornerStep(int order) {
    std::vector<Factors> factors;
    std::vector<std::size_t> first_of_order(plan_.smoothness + 1, multi_indices_.size());
    for (std::size_t k = multi_indices_.size(); k-- > 0;) first_of_order[Order(multi_indices_[k])] = k;
    const std::size_t begin = first_of_order[order];
    const std::size_t end = first_of_order[order + 1];
    const std::size_t parents = first_of_order[order - 1];
    for (std::size_t colour = 0; colour < registers_.values.size(); ++colour) {
      for (std::size_t k = begin; k < end; ++k) {
        const int axis = FirstAxis(multi_indices_[k]);
        factors.push_back({UnitValue(registers_.coordinates[axis][(colour >> axis) & 1], 1),
                           UnitValue(registers_.values[colour][k], 1)});
      }
    }
    const auto products =
        AppendProducts(factors, plan_.teeth[order], registers_.Carried(order > 1, 0, begin), network_);
    const double ratio = internal::RelativeSupport(cells_) / cells_;
    Layer layer;
    for (std::size_t colour = 0; colour < registers_.values.size(); ++colour) {
      std::vector<std::vector<ScaledValue>> sums;
      for (std::size_t k = parents; k < begin; ++k) sums.push_back({{1, UnitValue(registers_.values[colour][k])}});
      for (std::size_t k = begin; k < end; ++k) {
        MultiIndex parent = multi_indices_[k];
        --parent[FirstAxis(parent)];
        sums[index_.at(parent) - parents].push_back({ratio, products[colour * (end - begin) + k - begin]});
      }
      const bool output = order == 1 && cells_ == 1;
      for (std::size_t k = parents; k < begin; ++k) {
        registers_.values[colour][k] = Add(layer, AffineSum(sums[k - parents], output ? -1 : 0));
      }
    }
    AppendCarried(registers_.Carried(order > 1, 0, parents), layer);
    network_.AddLayer(layer);
  }

  // P + tau (P' - P) for the colours P and P' that differ on this axis only; their indices' lowest bits.
  void MergeColours(int axis) {
    std::vector<Factors> factors;
    for (std::size_t pair = 0; pair < registers_.values.size() / 2; ++pair) {
      factors.push_back({UnitValue(registers_.odd[axis]),
                         AffineSum({{0.5, UnitValue(registers_.values[2 * pair + 1][0])},
                                    {-0.5, UnitValue(registers_.values[2 * pair][0])}})});
    }
    std::vector<std::vector<int>> even;
    for (std::size_t pair = 0; pair < factors.size(); ++pair) even.push_back({registers_.values[2 * pair][0]});
    registers_.values = even;
    const auto products = AppendProducts(factors, plan_.teeth[0], registers_.Carried(false, axis + 1, 1), network_);
    Layer layer;
    const bool output = axis + 1 == dim_;
    for (std::size_t pair = 0; pair < factors.size(); ++pair) {
      const AffineValue before = UnitValue(registers_.values[pair][0], output ? 1 : 0);
      registers_.values[pair][0] = Add(layer, AffineSum({{1, before}, {2, products[pair]}}));
    }
    AppendCarried(registers_.Carried(false, axis + 1, 0), layer);
    network_.AddLayer(layer);
  }

  const LocalTaylorPlan& plan_;
  int dim_;
  int cells_;
  std::vector<MultiIndex> multi_indices_;
  std::map<MultiIndex, int> index_;
  ReluNetwork& network_;
  Registers registers_;
};

}  // namespace

LocalTaylorNetwork::LocalTaylorNetwork(const LocalTaylorPlan& plan, const Derivative& derivative) {
  internal::Check(plan);
  RequireInteger("dim", plan.dim, 1, 16);
  if (!(plan.cells >= 1 && plan.cells <= 1e6 && plan.cells == std::floor(plan.cells))) {
    throw std::domain_error("cells = " + ShortestDecimal(plan.cells) + " is outside the admissible range: 1 to 10^6");
  }
  double multi_indices = 1;
  for (int i = 1; i <= plan.dim; ++i) multi_indices *= (plan.smoothness - 1.0 + i) / i;
  const double weights = std::pow(plan.cells, plan.dim) * multi_indices;
  if (weights > 1e6) {
    throw std::domain_error("cells^dim times the number of multi-indices = " + ShortestDecimal(weights) +
                            " is too much to build: at most 10^6");
  }
  Builder(plan, derivative, *this);
}

}  // namespace hyperwidth
