// SPDX-License-Identifier: Apache-2.0
#include "experiments/assumption2/corner_cases.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>

#include "experiments/result/format.h"
#include "experiments/result/verdict.h"

namespace hyperwidth {
namespace {

constexpr double kLearningRate = 0.05;
constexpr int kSteps = 2000;
// Sums of ten numbers of size 10.
constexpr double kRounding = 1e-13;

// |x| - x^3 / 2 at 41 points.
PointTarget Corner() {
  PointTarget target;
  for (int i = 0; i <= 40; ++i) {
    const double x = -1 + 0.05 * i;
    target.x.push_back(x);
    target.y.push_back(std::abs(x) - x * x * x / 2);
  }
  return target;
}

UnitNetwork Start(Function function) {
  return {.function = function,
          .units = {{.v = 0.5, .w = 1.1, .b = 0.2}, {.v = -0.4, .w = -0.8, .b = 0.1}, {.v = 0.3, .w = 1.7, .b = -0.6}},
          .c = 0.05};
}

Check Exactly(
    const std::string& id, const std::string& which, double measured, double allowed, const std::string& why) {
  Check check = JudgeRange({.id = "assumption2.corner." + id,
                            .text = "Corner case, " + which + ": one neuron more does not lower the error.",
                            .group = "Corner cases in which one neuron more does not lower the error.",
                            .which = which},
                           {.low = 0, .high = allowed},
                           {.value = measured, .ci95 = {.low = measured, .high = measured}, .samples = 1});
  check.why = why;
  return check;
}

// That there was something to learn, and that it was learnt.
std::string Learnt(const UnitNetwork& start, const UnitNetwork& trained, const PointTarget& target) {
  return fmt::format("Trained for {} steps, which take the largest error from {} to {}",
                     kSteps,
                     FormatNumber(LargestError(start, target)),
                     FormatNumber(LargestError(trained, target)));
}

Check DeadUnit() {
  const PointTarget target = Corner();
  const UnitNetwork start = Start(Function::kRelu);
  UnitNetwork more = start;
  more.units.push_back({.v = 0.7, .w = 0.5, .b = -2});  // 0.5 x - 2 < 0 for all x in [-1, 1]
  const UnitNetwork trained = Descend(start, target, kLearningRate, kSteps);
  const double difference =
      LargestError(trained, target) - LargestError(Descend(more, target, kLearningRate, kSteps), target);
  return Exactly(
      "dead_unit",
      "a ReLU unit that is 0 on all data",
      std::abs(difference),
      0,
      Learnt(start, trained, target) +
          ", without such a unit and with one: the difference of the largest errors. Its gradient is 0, so that it "
          "stays dead.");
}

Check Duplicate() {
  const PointTarget target = Corner();
  UnitNetwork more = Start(Function::kTanh);
  more.units.push_back(more.units.front());
  const UnitNetwork trained = Descend(more, target, kLearningRate, kSteps);
  const Unit& first = trained.units.front();
  const Unit& copy = trained.units.back();
  const double apart = std::max({std::abs(first.v - copy.v), std::abs(first.w - copy.w), std::abs(first.b - copy.b)});
  return Exactly(
      "duplicate",
      "two units that start alike",
      apart,
      0,
      Learnt(more, trained, target) +
          ": the largest difference between the parameters of the two afterwards. They stay alike, so that the "
          "function is one of a unit fewer, with twice the v.");
}

Check TargetOfTheClass() {
  const UnitNetwork y = Start(Function::kTanh);
  PointTarget target = Corner();
  for (std::size_t i = 0; i < target.x.size(); ++i) target.y[i] = y(target.x[i]);
  UnitNetwork more = y;
  more.units.push_back({.v = 0, .w = 1, .b = 0});
  return Exactly(
      "target_of_the_class",
      "a target that the class contains",
      LargestError(y, target) + LargestError(more, target),
      0,
      "The least errors of three units and of four, both 0: the sum is shown. Assumption 2 excludes this case.");
}

Check FewPoints() {
  PointTarget target;
  for (int i = 0; i < 7; ++i) {
    target.x.push_back(-1 + i / 3.0);
    target.y.push_back(std::cos(5.0 * i));
  }
  const UnitNetwork fits = Interpolant(target);
  UnitNetwork more = fits;
  more.units.push_back({.v = 0, .w = 1, .b = 0});
  return Exactly(
      "few_points",
      "a target that is seen at 7 points",
      std::max(LargestError(fits, target), LargestError(more, target)),
      kRounding,
      "The larger of the errors of 6 ReLU units and of 7 at these points, both 0 but for rounding: on n points "
      "n - 1 units do what can be done.");
}

}  // namespace

double UnitNetwork::operator()(double x) const {
  double sum = c;
  for (const Unit& unit : units) sum += unit.v * ValueOf(function, unit.w * x + unit.b);
  return sum;
}

double LargestError(const UnitNetwork& network, const PointTarget& target) {
  double largest = 0;
  for (std::size_t i = 0; i < target.x.size(); ++i) {
    largest = std::max(largest, std::abs(network(target.x[i]) - target.y[i]));
  }
  return largest;
}

UnitNetwork Descend(UnitNetwork network, const PointTarget& target, double learning_rate, int steps) {
  const double scale = 2 * learning_rate / static_cast<double>(target.x.size());
  for (int step = 0; step < steps; ++step) {
    UnitNetwork next = network;
    for (std::size_t i = 0; i < target.x.size(); ++i) {
      const double x = target.x[i], error = scale * (network(x) - target.y[i]);
      next.c -= error;
      for (std::size_t k = 0; k < network.units.size(); ++k) {
        const Unit& unit = network.units[k];
        const double t = unit.w * x + unit.b, slope = error * unit.v * DerivativeOf(network.function, t);
        next.units[k].v -= error * ValueOf(network.function, t);
        next.units[k].w -= slope * x;
        next.units[k].b -= slope;
      }
    }
    network = std::move(next);
  }
  return network;
}

UnitNetwork Interpolant(const PointTarget& target) {
  UnitNetwork network{.function = Function::kRelu, .units = {}, .c = target.y.front()};
  double slope = 0;
  for (std::size_t i = 0; i + 1 < target.x.size(); ++i) {
    const double next = (target.y[i + 1] - target.y[i]) / (target.x[i + 1] - target.x[i]);
    network.units.push_back({.v = next - slope, .w = 1, .b = -target.x[i]});
    slope = next;
  }
  return network;
}

std::vector<Check> CornerCases() { return {DeadUnit(), Duplicate(), TargetOfTheClass(), FewPoints()}; }

}  // namespace hyperwidth
