// SPDX-License-Identifier: Apache-2.0
#include "experiments/operators/linear_barrier.h"

#include <cmath>
#include <numbers>
#include <stdexcept>
#include <utility>

namespace hyperwidth {
namespace {

constexpr Eigen::Index kPolynomials = 20;
constexpr Eigen::Index kPoints = 500;  // of the antiderivative, on [0, 1]
constexpr double kHighestFrequency = 10;

LinearBarrier ChebyshevBarrier() {
  Eigen::MatrixXd gram = Eigen::MatrixXd::Zero(kPolynomials, kPolynomials);
  for (Eigen::Index i = 0; i < kPolynomials; ++i) {
    for (Eigen::Index j = i % 2; j < kPolynomials; j += 2) {
      const auto sum = static_cast<double>(i + j), difference = static_cast<double>(i - j);
      gram(i, j) = 1 / (1 - sum * sum) + 1 / (1 - difference * difference);
    }
  }
  return {LinearDecoderFloor::OfGram(gram), std::sqrt(gram.trace())};
}

double Sinc(double t) {
  const double angle = std::numbers::pi * t;
  return angle == 0 ? 1 : std::sin(angle) / angle;
}

LinearBarrier AntiderivativeBarrier() {
  constexpr double kTwice = 2 * kHighestFrequency;
  Eigen::MatrixXd second(kPoints, kPoints);
  Eigen::VectorXd mean(kPoints);
  const auto at = [](Eigen::Index i) { return static_cast<double>(i) / static_cast<double>(kPoints - 1); };
  for (Eigen::Index i = 0; i < kPoints; ++i) {
    const double angle = std::numbers::pi * kTwice * at(i);
    mean[i] = angle == 0 ? 0 : (1 - std::cos(angle)) / angle;
    for (Eigen::Index j = 0; j < kPoints; ++j) {
      second(i, j) = (Sinc(kTwice * (at(i) - at(j))) - Sinc(kTwice * (at(i) + at(j)))) / 2;
    }
  }
  const auto points = static_cast<double>(kPoints);
  return {LinearDecoderFloor::OfGram((second - mean * mean.transpose()) / points), std::sqrt(second.trace() / points)};
}

}  // namespace

LinearBarrier::LinearBarrier(LinearDecoderFloor floor, double target_root_mean_square)
    : floor_(std::move(floor)), target_(target_root_mean_square) {
  if (!(target_ > 0)) {
    throw std::domain_error("linear barrier: root mean square of the target: found " + std::to_string(target_) +
                            ", accepted: above 0");
  }
}

LinearBarrier BarrierOfSamples(const Eigen::Ref<const Eigen::MatrixXd>& values) {
  const double root_mean_square = std::sqrt(values.array().square().mean());
  return {LinearDecoderFloor::OfSamples(values.colwise() - values.rowwise().mean()), root_mean_square};
}

std::optional<LinearBarrier> ClosedFormBarrier(const std::string& task) {
  if (task == "identity" || task == "differentiation") return ChebyshevBarrier();
  if (task == "antiderivative") return AntiderivativeBarrier();
  return std::nullopt;
}

}  // namespace hyperwidth
