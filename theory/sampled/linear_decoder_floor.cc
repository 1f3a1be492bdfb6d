// SPDX-License-Identifier: Apache-2.0
#include "theory/sampled/linear_decoder_floor.h"

#include <Eigen/Eigenvalues>
#include <Eigen/SVD>
#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <utility>

#include "theory/domain_check.h"

namespace hyperwidth {
namespace {

constexpr double kLargestValue = 1e150;  // whose square is a double

// The distance to the matrices of rank p is a function of the matrix with Lipschitz constant 1 in the Frobenius norm,
// so that a decomposition of a matrix that is off by E is off by ||E|| in every tail. E is a few roundings of the norm
// for each of the steps, of which there are as many as the matrix is long.
double Rounding(double norm, Eigen::Index size) {
  return 16 * static_cast<double>(size) * std::numeric_limits<double>::epsilon() * norm;
}

void RequireMatrix(const char* name, const Eigen::Ref<const Eigen::MatrixXd>& matrix) {
  if (matrix.size() == 0) throw std::domain_error(std::string(name) + " is empty; accepted: at least one entry");
  if (matrix.allFinite()) return;
  throw std::domain_error(std::string(name) + " has an entry that is not a finite number; accepted: finite ones");
}

}  // namespace

LinearDecoderFloor::LinearDecoderFloor(Eigen::VectorXd mean_squares, double rounding)
    : mean_squares_(std::move(mean_squares)),
      tails_(Eigen::VectorXd::Zero(mean_squares_.size() + 1)),
      rounding_(rounding) {
  double sum = 0;
  for (Eigen::Index i = mean_squares_.size() - 1; i >= 0; --i) {  // the small ones first
    sum += mean_squares_[i];
    tails_[i] = std::sqrt(sum);
  }
}

LinearDecoderFloor LinearDecoderFloor::OfSamples(const Eigen::Ref<const Eigen::MatrixXd>& values) {
  RequireMatrix("values", values);
  const double largest = values.cwiseAbs().maxCoeff();
  RequireBetween("largest of the values", largest, 0, kLargestValue);
  if (largest == 0) return {Eigen::VectorXd::Zero(std::min(values.rows(), values.cols())), 0};
  const double scale = std::sqrt(static_cast<double>(values.size())) / largest;
  const Eigen::BDCSVD<Eigen::MatrixXd> decomposition(values * (1 / largest));
  const Eigen::VectorXd singular = decomposition.singularValues() / scale;
  return {singular.array().square(), Rounding(singular.norm(), std::max(values.rows(), values.cols()))};
}

LinearDecoderFloor LinearDecoderFloor::OfGram(const Eigen::Ref<const Eigen::MatrixXd>& gram) {
  RequireMatrix("gram", gram);
  const double largest = gram.cwiseAbs().maxCoeff();
  if (gram.rows() != gram.cols() || !((gram - gram.transpose()).cwiseAbs().maxCoeff() <= 1e-12 * largest)) {
    throw std::domain_error("gram [" + std::to_string(gram.rows()) + ", " + std::to_string(gram.cols()) +
                            "] is not symmetric; accepted: integrals of phi_i phi_j");
  }
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(gram, Eigen::EigenvaluesOnly);
  Eigen::VectorXd eigenvalues = solver.eigenvalues().reverse();
  const double rounding = Rounding(eigenvalues.cwiseAbs().sum(), gram.rows());
  if (eigenvalues.minCoeff() < -rounding) {
    throw std::domain_error("gram has the eigenvalue " + ShortestDecimal(eigenvalues.minCoeff()) +
                            "; accepted: integrals of phi_i phi_j, whose eigenvalues are not negative");
  }
  eigenvalues = eigenvalues.cwiseMax(0);
  // sqrt(a) - sqrt(a - b) <= sqrt(b).
  return {std::move(eigenvalues), std::sqrt(rounding * static_cast<double>(gram.rows()))};
}

double LinearDecoderFloor::RootMeanSquare(std::int64_t functions) const {
  RequireInteger("functions", functions, 0, std::numeric_limits<std::int64_t>::max());
  const auto i = static_cast<Eigen::Index>(std::min<std::int64_t>(functions, mean_squares_.size()));
  return std::max(0.0, tails_[i] - rounding_);
}

double LinearDecoderFloor::Relative(std::int64_t functions) const {
  const double floor = RootMeanSquare(functions);
  return floor == 0 ? 0 : floor / tails_[0];
}

std::int64_t LinearDecoderFloor::FunctionsFor(double root_mean_square) const {
  RequireBetween("root_mean_square", root_mean_square, 0, std::numeric_limits<double>::infinity());
  std::int64_t functions = 0;
  while (RootMeanSquare(functions) > root_mean_square) ++functions;
  return functions;
}

}  // namespace hyperwidth
