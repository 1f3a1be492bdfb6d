// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_COMPARE_COMPARE_LEARNER_H_
#define HYPERWIDTH_EXPERIMENTS_COMPARE_COMPARE_LEARNER_H_

#include <cstdint>
#include <memory>

#include "experiments/compare/compare_data.h"
#include "experiments/compare/compare_options.h"
#include "experiments/compare/scheme_space.h"
#include "experiments/tuning/stepped_training.h"
#include "models/types.h"
#include "training/conditioned_data/condition_errors.h"
#include "training/conditioned_data/conditioned_source.h"
#include "training/objective.h"
#include "training/search/contender.h"

namespace hyperwidth {

// A scheme in training, for FairStudy. Targets are trained for squared error, labels for cross-entropy.
class CompareLearner final : public Learner<ComparePart> {
 public:
  // `data` must outlive it. Throws: std::invalid_argument as SizesOf.
  CompareLearner(const CompareContender& contender,
                 const CompareOptions& options,
                 const CompareData& data,
                 const LearnerRequest<ComparePart>& request);

  void TrainTo(std::int64_t steps, const StopRequest& stop) override;
  double Validate() override;

  // What is compared, and for `seen_error`, `relative_l2`, `relative_l2_q95`, `relative_slope`, `root_mean_square` or
  // `cross_entropy`, `total_parameters`, `primary_parameters`, `kappa`, `multiply_adds_reusing`, and of the five worst
  // conditions `worst_conditions` and `worst_errors`.
  TestScore Test(const TestData<ComparePart>& test) override;

  const SizedScheme& sized() const { return sized_; }
  const Vector<float>& theta() const { return training_.theta(); }

 private:
  std::vector<ConditionError> Errors(const SubsetSamples<float>& samples) const;

  const CompareData& data_;
  const ComparePart validation_;
  const ComparePart train_;
  const SizedScheme sized_;
  const BatchShape batch_;
  const BlockSource<float> source_;
  const std::unique_ptr<const Objective<float>> objective_;
  SteppedTraining<float> training_;
};

// The repetitions of a contender are contenders with seeds of their own: 2 repetition - 2 above those of the options
// for the search, one more for the test. repetition: 1, 2, .. `data` and `options` must outlive it and its learners.
std::string RepetitionName(const CompareContender& contender, Index repetition);
Contender<ComparePart> MakeContender(const CompareContender& contender,
                                     Index repetition,
                                     const CompareOptions& options,
                                     const CompareData& data);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_COMPARE_COMPARE_LEARNER_H_
