// SPDX-License-Identifier: Apache-2.0

#include "theory/sawtooth_product.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace hyperwidth {
namespace {

const double kLog4 = std::log(4.0);

int AddUnit(ReluNetwork::Layer& layer, AffineValue value) {
  layer.push_back(std::move(value));
  return static_cast<int>(layer.size()) - 1;
}

// |z| as the sum of two units, and one step of the saw-tooth: units z and relu(z - 1/2).
struct Tooth {
  int whole;
  int half;
  AffineValue Next() const { return {.entries = {{whole, 2.0}, {half, -4.0}}}; }
};

Tooth AddTooth(ReluNetwork::Layer& layer, const AffineValue& z) {
  const int whole = AddUnit(layer, z);
  return {whole, AddUnit(layer, AffineSum({{1, z}}, -0.5))};
}

AffineValue AddMagnitude(ReluNetwork::Layer& layer, const AffineValue& z) {
  const int positive = AddUnit(layer, z);
  return {.entries = {{positive, 1.0}, {AddUnit(layer, AffineSum({{-1, z}})), 1.0}}};
}

}  // namespace

AffineValue AffineSum(const std::vector<ScaledValue>& terms, double constant) {
  AffineValue sum{.entries = {}, .bias = constant};
  for (const ScaledValue& term : terms) {
    for (const ReluNetwork::Entry& entry : term.value.entries) {
      sum.entries.push_back({entry.input, term.scale * entry.weight});
    }
    sum.bias += term.scale * term.value.bias;
  }
  sum.has_bias = sum.bias != 0;
  return sum;
}

AffineValue UnitValue(int unit, double offset) {
  return {.entries = {{unit, 1.0}}, .bias = -offset, .has_bias = offset != 0};
}

void AppendCarried(const std::vector<int*>& carried, ReluNetwork::Layer& layer) {
  for (int* const unit : carried) *unit = AddUnit(layer, UnitValue(*unit));
}

std::vector<AffineValue> AppendProducts(const std::vector<Factors>& factors,
                                        int teeth,
                                        const std::vector<int*>& carried,
                                        ReluNetwork& network) {
  struct State {
    AffineValue sum;         // |x + y| / 2, then its saw-teeth
    AffineValue difference;  // |x - y| / 2
    AffineValue result;      // 1 + P with the teeth so far; nonnegative
  };
  std::vector<State> states;
  ReluNetwork::Layer layer;
  for (const auto& [x, y] : factors) {
    const AffineValue sum = AddMagnitude(layer, AffineSum({{0.5, x}, {0.5, y}}));
    const AffineValue difference = AddMagnitude(layer, AffineSum({{0.5, x}, {-0.5, y}}));
    states.push_back({sum, difference, AffineSum({{1, sum}, {-1, difference}}, 1)});
  }
  AppendCarried(carried, layer);
  network.AddLayer(std::exchange(layer, {}));
  for (int tooth = 1; tooth <= teeth; ++tooth) {
    for (State& state : states) {
      const Tooth sum = AddTooth(layer, state.sum);
      const Tooth difference = AddTooth(layer, state.difference);
      const int result = AddUnit(layer, state.result);
      state = {sum.Next(), difference.Next(), {}};
      const double height = std::ldexp(1.0, -2 * tooth);
      state.result = AffineSum({{1, UnitValue(result)}, {-height, state.sum}, {height, state.difference}});
    }
    AppendCarried(carried, layer);
    network.AddLayer(std::exchange(layer, {}));
  }
  std::vector<AffineValue> products;
  for (const State& state : states) products.push_back(AffineSum({{1, state.result}}, -1));
  return products;
}

AffineValue AppendSquare(const AffineValue& x, int teeth, const std::vector<int*>& carried, ReluNetwork& network) {
  ReluNetwork::Layer layer;
  AffineValue z = AddMagnitude(layer, x);
  AffineValue result = z;
  AppendCarried(carried, layer);
  network.AddLayer(std::exchange(layer, {}));
  for (int tooth = 1; tooth <= teeth; ++tooth) {
    const Tooth next = AddTooth(layer, z);
    const int sum = AddUnit(layer, result);
    z = next.Next();
    result = AffineSum({{1, UnitValue(sum)}, {-std::ldexp(1.0, -2 * tooth), z}});
    AppendCarried(carried, layer);
    network.AddLayer(std::exchange(layer, {}));
  }
  return result;
}

std::vector<int> ChooseTeeth(const std::vector<ProductGroup>& groups, double log_budget) {
  double total_cost = 0;
  for (const ProductGroup& group : groups) total_cost += group.cost;
  const double least_cost = total_cost / (64.0 * static_cast<double>(groups.size()));
  std::vector<int> teeth;
  std::vector<double> used;  // of the budget
  double total_used = 0;
  for (const ProductGroup& group : groups) {
    const double log_scale = group.log_scale - log_budget;
    const double log_share = std::log(std::max(group.cost, least_cost) / total_cost / (1 + 1.0 / 64));
    teeth.push_back(std::max(1, static_cast<int>(std::ceil((log_scale - log_share) / kLog4 - 1))));
    used.push_back(std::exp(log_scale - (teeth.back() + 1) * kLog4));
    total_used += used.back();
  }
  for (;;) {
    std::size_t best = groups.size();
    for (std::size_t i = 0; i < groups.size(); ++i) {
      if (teeth[i] == 1 || total_used + 3 * used[i] > 1) continue;
      if (best == groups.size() || groups[i].cost > groups[best].cost) best = i;
    }
    if (best == groups.size()) return teeth;
    --teeth[best];
    total_used += 3 * used[best];
    used[best] *= 4;
  }
}

}  // namespace hyperwidth
