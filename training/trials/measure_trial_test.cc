// SPDX-License-Identifier: Apache-2.0
#include "training/trials/measure_trial.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <new>
#include <stdexcept>

namespace hyperwidth {
namespace {

using ::testing::ThrowsMessage;

Trial Returns(const TrialOutcome& outcome) {
  return {.values = {{"n", 1}}, .measure = [outcome](const StopRequest&) { return outcome; }};
}

template <typename Exception>
Trial Throws(const Exception& exception) {
  return {.values = {{"n", 1}}, .measure = [exception](const StopRequest&) -> TrialOutcome { throw exception; }};
}

TEST(MeasureTrial, GivesWhatTheTrialReturns) {
  const TrialOutcome complete = Fields{{"error", 0.5}};
  for (const TrialEnds ends : {TrialEnds::kComplete, TrialEnds::kAsReturned, TrialEnds::kAny}) {
    EXPECT_EQ(MeasureTrial(Returns(complete), ends, {}), complete);
  }
  for (const TrialOutcome& outcome : {TrialOutcome::Pruned({{"error", 0.5}}), TrialOutcome::Failed("diverged")}) {
    for (const TrialEnds ends : {TrialEnds::kAsReturned, TrialEnds::kAny}) {
      EXPECT_EQ(MeasureTrial(Returns(outcome), ends, {}), outcome);
    }
    EXPECT_THAT([&] { MeasureTrial(Returns(outcome), TrialEnds::kComplete, {}); },
                ThrowsMessage<std::logic_error>("trial n=1 is " + std::string(ToString(outcome.state)) +
                                                "; accepted: complete, or other TrialEnds"));
  }
}

TEST(MeasureTrial, AnExceptionIsAnOutcomeWhereTrialsMayEndInAnyWay) {
  const Trial trial = Throws(std::domain_error("diverged"));
  EXPECT_EQ(MeasureTrial(trial, TrialEnds::kAny, {}), TrialOutcome::Failed("diverged"));
  for (const TrialEnds ends : {TrialEnds::kComplete, TrialEnds::kAsReturned}) {
    EXPECT_THAT([&] { MeasureTrial(trial, ends, {}); }, ThrowsMessage<std::domain_error>("diverged"));
  }
}

TEST(MeasureTrial, WhatSaysNothingOfTheTrialIsNoOutcome) {
  for (const TrialEnds ends : {TrialEnds::kComplete, TrialEnds::kAsReturned, TrialEnds::kAny}) {
    EXPECT_THROW(MeasureTrial(Throws(Stopped()), ends, {}), Stopped);
    EXPECT_THROW(MeasureTrial(Throws(std::bad_alloc()), ends, {}), std::bad_alloc);
    EXPECT_THROW(MeasureTrial(Throws(7), ends, {}), int);
  }
}

}  // namespace
}  // namespace hyperwidth
