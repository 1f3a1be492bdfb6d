// SPDX-License-Identifier: Apache-2.0
//
// The example of README.md, compiled and run.

#include <gtest/gtest.h>

// README example begins
#include "training/search/study.h"

using namespace hyperwidth;

// After `steps` steps of gradient descent on x^2 from x = 1, with a learning rate that is right, too small or too
// large.
class Descent final : public TrialRunner {
 public:
  std::vector<ValidationPoint> Run(const TrialRequest& request, const StopRequest&) override {
    double x = 1;
    for (std::int64_t step = 0; step < request.to_steps; ++step) x -= RealValue(request.values, "lr") * 2 * x;
    return {{.steps = request.to_steps, .score = x * x}};
  }
};

Assignment TunedDescent(const RunTrialList& run_trials) {
  SearchSpace space;
  space.AddFloat("lr", 1e-4, 1e4, {.log = true});
  const Study study(
      space,
      {.method = SamplerMethod::kSobol, .seed = 1},
      {.trials = 27, .max_steps = 900, .halving = HalvingOptions{.reduction_factor = 3, .min_steps = 30}});
  Descent runner;
  return study.Run(runner, run_trials).best().values;
}
// README example ends

namespace {

TEST(SearchReadme, ExampleFindsALearningRateThatConverges) {
  const Assignment values = TunedDescent([](const std::vector<Trial>& list) {
    TrialOutcomes found;
    for (const Trial& trial : list) found.outcomes.emplace_back(trial.measure(StopRequest()));
    found.complete = true;
    return found;
  });
  EXPECT_GT(RealValue(values, "lr"), 0.01);
  EXPECT_LT(RealValue(values, "lr"), 1) << "it diverges from 1 on";
}

}  // namespace
