// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_MATRIX_PRODUCT_PEAK_H_
#define HYPERWIDTH_TRAINING_MATRIX_PRODUCT_PEAK_H_

#include <string>
#include <vector>

#include "models/types.h"

namespace hyperwidth {

// What this machine can do: products of two 1024 x 1024 matrices of floats on one thread, with Eigen and, if it is
// installed, OpenBLAS. The yardstick of the benchmarks; measure it in turns with what is compared to it.
class MatrixProductPeak {
 public:
  MatrixProductPeak();

  // Makes each product once and takes its time into account.
  void Measure();

  // Of the faster library, by the median of its times so far.
  double FlopsPerSecond() const;
  std::string Description() const;  // "OpenBLAS (SkylakeX) 145 GFLOP/s, Eigen 115 GFLOP/s"

 private:
  using Sgemm = void (*)(const char*,
                         const char*,
                         const int*,
                         const int*,
                         const int*,
                         const float*,
                         const float*,
                         const int*,
                         const float*,
                         const int*,
                         const float*,
                         float*,
                         const int*);

  Matrix<float> left_, right_, result_;
  Sgemm sgemm_ = nullptr;
  std::string core_;
  std::vector<double> eigen_seconds_, openblas_seconds_;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_MATRIX_PRODUCT_PEAK_H_
