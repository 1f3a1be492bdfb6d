// SPDX-License-Identifier: Apache-2.0
//
// The three classes of targets y(x, I) of Galanti and Wolf (NeurIPS 2020, section 5).

#ifndef HYPERWIDTH_EXPERIMENTS_SYNTHETIC_SYNTHETIC_TARGET_H_
#define HYPERWIDTH_EXPERIMENTS_SYNTHETIC_SYNTHETIC_TARGET_H_

#include <cstdint>
#include <vector>

#include "models/graph/function.h"
#include "models/types.h"

namespace hyperwidth {

// An MLP without biases and with weights uniform on +-sqrt(6 / inputs) (He et al. 2015), from the seed.
class RandomNetwork {
 public:
  // sizes: {inputs, hidden.., outputs}, each >= 1; `function` between layers. Throws: std::invalid_argument for fewer
  // than two sizes or one below 1.
  RandomNetwork(const std::vector<Index>& sizes, Function function, std::uint64_t seed);

  Matrix<float> operator()(const ConstMatrixRef<float>& inputs) const;  // [inputs, n] -> [outputs, n]
  const std::vector<Matrix<float>>& weights() const { return weights_; }

 private:
  std::vector<Matrix<float>> weights_;
  Function function_;
};

// Type 1: y = <x, h(I)>, h: d -> 300 -> 300 -> d with sigmoids and a softmax on top.
// Type 2: y = h([x; I]), h: 2 d -> 100 -> 50 -> 50 -> 1, ELU.
// Type 3: y = h(x * I), entry by entry, h: d -> 100 -> 100 -> 50 -> 1, ELU.
class SyntheticTarget {
 public:
  // size: d, the entries of x and of I. Throws: std::invalid_argument for another type, or size < 1.
  SyntheticTarget(int type, Index size, std::uint64_t seed);

  // y for each column of x and I, [d, n] both.
  Vector<float> operator()(const ConstMatrixRef<float>& x, const ConstMatrixRef<float>& condition) const;
  const RandomNetwork& network() const { return network_; }

 private:
  int type_;
  RandomNetwork network_;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_SYNTHETIC_SYNTHETIC_TARGET_H_
