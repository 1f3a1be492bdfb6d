// SPDX-License-Identifier: Apache-2.0
#include "training/early_stopping.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace hyperwidth {
namespace {

constexpr double kNotANumber = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(BestValidation, OnlyALowerLossIsBetter) {
  BestValidation best;
  EXPECT_TRUE(best.Update(1, 5));
  EXPECT_TRUE(best.Update(2, 4));
  EXPECT_FALSE(best.Update(3, 4)) << "equal";
  EXPECT_FALSE(best.Update(4, 4.5));
  EXPECT_EQ(best, (BestValidation{.loss = 4, .epoch = 2, .epochs_since = 2, .not_numbers_since = 0}));
  EXPECT_TRUE(best.Update(5, -1));
  EXPECT_EQ(best.epochs_since, 0);
}

TEST(BestValidation, IsExhaustedAfterAsManyEpochsAsThereIsPatience) {
  BestValidation best;
  best.Update(1, 1);
  best.Update(2, 2);
  EXPECT_FALSE(best.IsExhausted(2));
  best.Update(3, 2);
  EXPECT_TRUE(best.IsExhausted(2));
  EXPECT_FALSE(best.IsExhausted(3));
  EXPECT_FALSE(best.IsExhausted(0)) << "never";
  best.Update(4, 0.5);
  EXPECT_FALSE(best.IsExhausted(2));
}

TEST(BestValidation, WhatIsNotANumberIsNeverBetterAndIsCounted) {
  for (const double bad : {kNotANumber, kInfinity, -kInfinity}) {
    BestValidation first;
    EXPECT_FALSE(first.Update(1, bad)) << "even the first";
    EXPECT_TRUE(first.IsExhausted(1));
    EXPECT_EQ(first.epoch, 0);
    EXPECT_TRUE(first.Update(2, 1e300)) << "and it is no bar either";

    BestValidation best;
    best.Update(1, 0.25);
    EXPECT_FALSE(best.Update(2, bad));
    EXPECT_FALSE(best.Update(3, 1));
    EXPECT_EQ(best, (BestValidation{.loss = 0.25, .epoch = 1, .epochs_since = 2, .not_numbers_since = 1}));
  }
}

TEST(BestValidation, SaysWhatHappened) {
  BestValidation first;
  first.Update(1, 0.25);
  first.Update(2, 0.5);
  EXPECT_EQ(first.Description(), "the validation loss has not been below 0.25, that of epoch 1, for 1 epoch");

  BestValidation best;
  best.Update(1, kNotANumber);
  EXPECT_EQ(best.Description(),
            "there has been no validation loss in 1 epoch; in 1 of these it was not a finite number");
  best.Update(2, 0.25);
  best.Update(3, 0.5);
  EXPECT_EQ(best.Description(), "the validation loss has not been below 0.25, that of epoch 2, for 1 epoch");
  best.Update(4, kNotANumber);
  EXPECT_EQ(best.Description(),
            "the validation loss has not been below 0.25, that of epoch 2, for 2 epochs; in 1 of these it was not a "
            "finite number");
}

}  // namespace
}  // namespace hyperwidth
