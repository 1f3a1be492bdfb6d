// SPDX-License-Identifier: Apache-2.0
//
// The example of README.md, word for word, and what it promises.

#include <gtest/gtest.h>

#include <Eigen/Core>
#include <iostream>
#include <span>

#include "theory/sampled/divided_differences.h"
#include "theory/sampled/fewest_pieces.h"
#include "theory/sampled/linear_decoder_floor.h"

namespace {

// README example begins.
// A pulse that travels: y(x, I) = 1 / (1 + 400 (x - I)^2), sampled at 400 x and for 100 I in [-1, 1].
void SayWhatItTakes() {
  const Eigen::VectorXd x = Eigen::VectorXd::LinSpaced(400, -1, 1);
  const Eigen::VectorXd conditions = Eigen::VectorXd::LinSpaced(100, -1, 1);
  Eigen::MatrixXd values(x.size(), conditions.size());
  for (Eigen::Index j = 0; j < conditions.size(); ++j) {
    values.col(j) = 1 / (1 + 400 * (x.array() - conditions[j]).square());
  }
  const auto floor = hyperwidth::LinearDecoderFloor::OfSamples(values);
  std::cout << "a linear decoder of 10 functions errs by " << floor.Relative(10) << " of the target, and needs "
            << floor.FunctionsFor(0.01 * floor.RootMeanSquare(0)) << " for a hundredth\n";

  const std::span<const double> points(x.data(), 400), middle(values.col(50).data(), 400);
  const auto pieces = hyperwidth::FewestPieces(points, middle, 0.01, hyperwidth::Nearness::kAtSamples).pieces();
  std::cout << "for one condition, a ReLU network of one hidden layer needs " << pieces - 1 << " units for 0.01\n";

  std::cout << "and sup |dy/dx| is at least " << hyperwidth::LeastDerivatives(points, middle, 1)[1] << "\n";
}
// README example ends.

TEST(Readme, ExamplePrintsWhatTheTextQuotes) {
  testing::internal::CaptureStdout();
  SayWhatItTakes();
  EXPECT_EQ(testing::internal::GetCapturedStdout(),
            "a linear decoder of 10 functions errs by 0.464188 of the target, and needs 60 for a hundredth\n"
            "for one condition, a ReLU network of one hidden layer needs 10 units for 0.01\n"
            "and sup |dy/dx| is at least 12.9532\n");
}

}  // namespace
