// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_CONDITIONED_DATA_SAMPLE_QUANTILE_H_
#define HYPERWIDTH_TRAINING_CONDITIONED_DATA_SAMPLE_QUANTILE_H_

#include <vector>

namespace hyperwidth {

// The mean of at least one number.
double MeanOf(const std::vector<double>& numbers);

// Two of the definitions of Hyndman and Fan 1996, by their names in numpy.quantile.
enum class QuantileMethod {
  kInvertedCdf,  // the smallest of the numbers that is not below so large a share of them
  kLinear,       // with linear interpolation between neighbours
};

// Below which a share of the numbers lies, at least one. 0 <= share <= 1. nan if one of them is no number.
double QuantileOf(std::vector<double> numbers, double share, QuantileMethod method);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_CONDITIONED_DATA_SAMPLE_QUANTILE_H_
