// SPDX-License-Identifier: Apache-2.0
#include "training/search/search_space.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <limits>
#include <stdexcept>
#include <string>

namespace hyperwidth {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

// Momentum belongs to sgd, Nesterov's method to any momentum.
SearchSpace OptimizerSpace() {
  SearchSpace space;
  space.AddCategorical("optimizer", {"sgd", "adam"});
  space.AddFloat("lr", 1, 3);
  space.AddCategorical("momentum", {"none", "some"}, ParameterCondition{"optimizer", {"sgd"}});
  space.AddInt("nesterov", 0, 1, {.when = ParameterCondition{"momentum", {"some"}}});
  return space;
}

void ExpectRefused(const std::function<void(SearchSpace&)>& add, const std::string& message) {
  SearchSpace space = OptimizerSpace();
  EXPECT_THAT([&] { add(space); }, ThrowsMessage<std::invalid_argument>(message));
  EXPECT_EQ(space.dimensions(), OptimizerSpace().dimensions());
}

TEST(SearchSpace, HasAValueForEachActiveParameterInOrder) {
  const SearchSpace space = OptimizerSpace();
  EXPECT_EQ(space.dimensions(), 4u);
  EXPECT_EQ(AssignmentText(space.At(std::array{0.0, 0.5, 0.5, 0.5})), "optimizer=sgd lr=2 momentum=some nesterov=1");
  EXPECT_EQ(AssignmentText(space.At(std::array{0.0, 0.5, 0.0, 0.5})), "optimizer=sgd lr=2 momentum=none");
}

TEST(SearchSpace, LeavesOutWhatHangsOnAParentThatIsNotActive) {
  EXPECT_EQ(AssignmentText(OptimizerSpace().At(std::array{0.5, 0.0, 0.5, 0.5})), "optimizer=adam lr=1");
}

TEST(SearchSpace, HoldsAConditionForEachOfItsValues) {
  SearchSpace space;
  space.AddInt("layers", 1, 3);
  space.AddFloat("dropout", 0, 1, {.when = ParameterCondition{"layers", {2, 3}}});
  EXPECT_EQ(space.At(std::array{0.0, 0.5}).size(), 1u);
  EXPECT_EQ(space.At(std::array{0.4, 0.5}).size(), 2u);
  EXPECT_EQ(space.At(std::array{0.9, 0.5}).size(), 2u);
}

TEST(SearchSpace, PassesTheLogScaleOn) {
  SearchSpace space;
  space.AddFloat("lr", 1e-4, 1, {.log = true});
  space.AddInt("width", 1, 7, {.log = true});
  const Assignment values = space.At(std::array{0.5, 0.5});
  EXPECT_NEAR(RealValue(values, "lr"), 1e-2, 1e-15);
  EXPECT_EQ(IntegerValue(values, "width"), 2);  // the root of 0.5 * 7.5 is 1.94
}

TEST(SearchSpace, RefusesPointsOutsideOfTheCube) {
  const SearchSpace space = OptimizerSpace();
  EXPECT_THAT(
      [&] {
        space.At(std::array{0.0, 0.0, 0.0});
      },
      ThrowsMessage<std::invalid_argument>("point of a search space: found 3 coordinates, accepted: 4"));
  for (const double bad : {1.0, -1e-9, std::numeric_limits<double>::quiet_NaN()}) {
    // Also where it has no effect.
    EXPECT_THAT(
        [&] {
          space.At(std::array{0.5, 0.0, 0.0, bad});
        },
        ThrowsMessage<std::invalid_argument>(HasSubstr("parameter nesterov: found coordinate ")));
  }
}

TEST(SearchSpace, RefusesBadDeclarations) {
  for (const std::string name : {"", "2nd", "_p", "learning rate", "lr=", "größe"}) {
    ExpectRefused([&](SearchSpace& s) { s.AddFloat(name, 0, 1); },
                  "parameter 5 of a search space: found the name '" + name +
                      "', accepted: letters, digits and '_', '.' or '-', the first a letter");
  }
  ExpectRefused([](SearchSpace& s) { s.AddInt("lr", 0, 1); },
                "parameter lr: found the name twice, accepted: different names");
  ExpectRefused([](SearchSpace& s) { s.AddFloat("p", 0, 1, {.log = true}); },
                "parameter p: found 0 to 1, log, accepted: low > 0 for a log range");
  ExpectRefused([](SearchSpace& s) { s.AddInt("p", 3, 2); }, "parameter p: found 3 to 2, accepted: low <= high");
  ExpectRefused([](SearchSpace& s) { s.AddCategorical("p", {}); },
                "parameter p: found no choices, accepted: at least one");
}

TEST(SearchSpace, TakesNamesOfFlagsAndTensors) {
  SearchSpace space;
  for (const char* const name : {"a", "Z", "weight_decay", "batch-size", "f.0.Width9"}) space.AddFloat(name, 0, 1);
  EXPECT_EQ(space.dimensions(), 5u);
}

TEST(SearchSpace, RefusesConditionsThatMeanNothing) {
  ExpectRefused(
      [](SearchSpace& s) {
        s.AddFloat("p", 0, 1, {.when = ParameterCondition{"optimiser", {"sgd"}}});
      },
      "parameter p: found a condition on 'optimiser', accepted: a parameter that is declared before");
  ExpectRefused(
      [](SearchSpace& s) {
        s.AddFloat("p", 0, 1, {.when = ParameterCondition{"p", {"sgd"}}});
      },
      "parameter p: found a condition on 'p', accepted: a parameter that is declared before");
  ExpectRefused(
      [](SearchSpace& s) {
        s.AddFloat("p", 0, 1, {.when = ParameterCondition{"lr", {1.0}}});
      },
      "parameter p: found a condition on the real number lr, accepted: an integer or a category");
  ExpectRefused(
      [](SearchSpace& s) {
        s.AddFloat("p", 0, 1, {.when = ParameterCondition{"optimizer", {}}});
      },
      "parameter p: found a condition on optimizer without values, accepted: at least one value");
  ExpectRefused(
      [](SearchSpace& s) {
        s.AddCategorical("p", {"a"}, ParameterCondition{"optimizer", {"sgd", "lion"}});
      },
      "parameter p: found a condition optimizer=lion, accepted: for optimizer, one of sgd, adam");
}

TEST(SearchSpace, ChecksItsOwnValues) {
  const SearchSpace space = OptimizerSpace();
  for (const auto& point :
       {std::array{0.0, 0.5, 0.5, 0.5}, std::array{0.0, 0.0, 0.0, 0.0}, std::array{0.5, 0.9, 0.5, 0.5}}) {
    EXPECT_NO_THROW(space.Check(space.At(point)));
  }
}

TEST(SearchSpace, RefusesValuesOfAnotherSpace) {
  const SearchSpace space = OptimizerSpace();
  const auto expect_refused = [&](const Assignment& values, const std::string& message) {
    EXPECT_THAT([&] { space.Check(values); }, ThrowsMessage<std::invalid_argument>(message));
  };
  expect_refused({{"optimizer", "adam"}, {"lr", 3.5}}, "parameter lr: found 3.5, accepted: a real number from 1 to 3");
  expect_refused({{"optimizer", "adam"}, {"lr", 2}}, "parameter lr: found 2, accepted: a real number from 1 to 3");
  expect_refused({{"optimizer", "lion"}, {"lr", 2.0}}, "parameter optimizer: found lion, accepted: one of sgd, adam");
  expect_refused({{"optimizer", "adam"}},
                 "parameter lr: found no value in its place in 'optimizer=adam', accepted: a real number from 1 to 3");
  expect_refused(
      {{"lr", 2.0}, {"optimizer", "adam"}},
      "parameter optimizer: found no value in its place in 'lr=2 optimizer=adam', accepted: one of sgd, adam");
  expect_refused(
      {{"optimizer", "sgd"}, {"lr", 1.0}},
      "parameter momentum: found no value in its place in 'optimizer=sgd lr=1', accepted: one of none, some");
  expect_refused({{"optimizer", "adam"}, {"lr", 1.0}, {"momentum", "some"}},
                 "parameter momentum: found a value in 'optimizer=adam lr=1 momentum=some', accepted: values of the "
                 "active parameters of the search space only");
}

}  // namespace
}  // namespace hyperwidth
