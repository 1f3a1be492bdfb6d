// SPDX-License-Identifier: Apache-2.0
//
// What no linear decoder gets below on an operator's outputs.

#ifndef HYPERWIDTH_EXPERIMENTS_OPERATORS_LINEAR_BARRIER_H_
#define HYPERWIDTH_EXPERIMENTS_OPERATORS_LINEAR_BARRIER_H_

#include <Eigen/Core>
#include <cstdint>
#include <optional>
#include <string>

#include "theory/sampled/linear_decoder_floor.h"

namespace hyperwidth {

// Of models sum over l < p of c_l(I) b_l(x) + m(x), whatever c, b and m: a DeepONet of p functions, with any bias. m
// costs no function, since it cannot help but with the mean of y over conditions: the floor is that of y less this
// mean (project errors onto what has mean 0 over conditions).
class LinearBarrier {
 public:
  // `floor` of the targets less their mean over conditions, and their root mean square with it, > 0. Throws:
  // std::domain_error for another one.
  LinearBarrier(LinearDecoderFloor floor, double target_root_mean_square);

  // Of p functions: the least root mean square error, in units of y's root mean square.
  double Relative(std::int64_t functions) const { return floor_.RootMeanSquare(functions) / target_; }

 private:
  LinearDecoderFloor floor_;
  double target_;
};

// values [X, J]: y(x_i, I_j). Proved for the root mean square over these samples. Throws: as
// LinearDecoderFloor::OfSamples, and std::domain_error if all are 0.
LinearBarrier BarrierOfSamples(const Eigen::Ref<const Eigen::MatrixXd>& values);

// In the mean over all conditions, of which the samples are some, in closed form. `identity` and `differentiation`:
// from the integrals of T_i T_j over [-1, 1], 1 / (1 - (i + j)^2) + 1 / (1 - (i - j)^2) for even i + j, else 0.
// `antiderivative`: at 500 equispaced points of [0, 1], from the covariance (sinc(20 (x - z)) - sinc(20 (x + z))) / 2 -
// m(x) m(z), sinc(t) = sin(pi t) / (pi t), m(x) = (1 - cos(20 pi x)) / (20 pi x). Nothing for other tasks.
std::optional<LinearBarrier> ClosedFormBarrier(const std::string& task);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_OPERATORS_LINEAR_BARRIER_H_
