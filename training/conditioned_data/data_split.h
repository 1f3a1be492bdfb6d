// SPDX-License-Identifier: Apache-2.0
//
// Which samples are for what.

#ifndef HYPERWIDTH_TRAINING_CONDITIONED_DATA_DATA_SPLIT_H_
#define HYPERWIDTH_TRAINING_CONDITIONED_DATA_DATA_SPLIT_H_

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "training/conditioned_data/conditioned_data.h"

namespace hyperwidth {

enum class Subset : std::uint8_t {
  kTrain,
  kValidation,  // to choose by
  kTest,        // of conditions that training has not seen
  kSeenTest,    // other samples of conditions that training has seen
};
inline constexpr int kSubsets = 4;

enum class SplitBy {
  kCondition,  // conditions are unseen: the question is how y depends on I
  kSample,     // samples are unseen
};

struct SplitOptions {
  SplitBy by = SplitBy::kCondition;
  double validation_share = 0.15;  // of the conditions, or of the samples; in (0, 1)
  double test_share = 0.15;        // in (0, 1), together with the former below 1
  double seen_share = 0.1;         // by condition: of the samples of each training condition; in [0, 1)
  std::uint64_t seed = 1;
};

// A subset for each sample.
class DataSplit {
 public:
  // By position of the sample; one entry for each.
  DataSplit(const ConditionedData& data, std::vector<Subset> subset_of, std::string how);

  Subset of(std::int64_t position) const { return subset_of_[static_cast<std::size_t>(position)]; }
  std::int64_t samples(Subset subset) const { return samples_[static_cast<std::size_t>(subset)]; }

  // The conditions with samples in a subset, rising.
  const std::vector<std::int64_t>& conditions(Subset subset) const {
    return conditions_[static_cast<std::size_t>(subset)];
  }

  // One line: what was split, into how many.
  const std::string& how() const { return how_; }

 private:
  std::vector<Subset> subset_of_;  // [n]
  std::array<std::int64_t, kSubsets> samples_ = {};
  std::array<std::vector<std::int64_t>, kSubsets> conditions_ = {};
  std::string how_;
};

// The least number of distinct conditions, or of samples, that can be split: two to train on, one each for the others.
inline constexpr std::int64_t kLeastToSplit = 4;

// The user's own split if the data have one; where it lacks validation, that is drawn from its training conditions.
// Else shares are drawn at random, at least one each: of the distinct conditions, equal ones staying together, and of
// each training condition's samples some as kSeenTest, at least one being left; or of the samples. Test samples are
// kTest or kSeenTest by whether training has a sample of the condition.
//
// The same options and data give the same split. Throws: std::runtime_error "<origin>: <found>; accepted: <..>" if
// there are too few, or if the user's split lacks training or test; std::invalid_argument for options out of range.
DataSplit SplitData(const ConditionedData& data, const SplitOptions& options);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_CONDITIONED_DATA_DATA_SPLIT_H_
