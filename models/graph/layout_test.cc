// SPDX-License-Identifier: Apache-2.0

#include "models/graph/layout.h"

#include <cmath>
#include <stdexcept>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace hyperwidth {
namespace {

using ::testing::HasSubstr;

TEST(ParameterLayout, PutsTensorsOneAfterTheOther) {
  ParameterLayout layout;
  layout.Add("a", 2, 3, Role::kPrimary, {});
  layout.Add("b", 4, 1, Role::kCondition, {});
  layout.Add("c", 5, 2, Role::kTable, {});
  layout.Add("d", 1, 1, Role::kPrimary, {});
  EXPECT_EQ(layout.size(), 6 + 4 + 10 + 1);
  EXPECT_EQ(layout.Find("a").first, 0);
  EXPECT_EQ(layout.Find("b").first, 6);
  EXPECT_EQ(layout.Find("c").first, 10);
  EXPECT_EQ(layout.Find("d").first, 20);
  EXPECT_EQ(layout.SizeOf(Role::kPrimary), 7);
  EXPECT_EQ(layout.SizeOf(Role::kCondition), 4);
  EXPECT_EQ(layout.SizeOf(Role::kTable), 10);
}

template <typename Call>
std::string MessageOf(const Call& call) {
  try {
    call();
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "accepted";
}

TEST(ParameterLayout, NamesWhatItRefuses) {
  ParameterLayout layout;
  layout.Add("weights", 2, 3, Role::kPrimary, {});
  EXPECT_THAT(MessageOf([&] { layout.Add("weights", 1, 1, Role::kPrimary, {}); }), HasSubstr("'weights' already"));
  EXPECT_THAT(MessageOf([&] { layout.Add("empty", 0, 3, Role::kPrimary, {}); }), HasSubstr("'empty' is 0 x 3"));
  EXPECT_THAT(MessageOf([&] { layout.Add("flat", 3, 0, Role::kPrimary, {}); }), HasSubstr("'flat' is 3 x 0"));
  EXPECT_THAT(MessageOf([&] { layout.Add("", 1, 1, Role::kPrimary, {}); }), HasSubstr("name"));
  EXPECT_THAT(MessageOf([&] { layout.Find("wieghts"); }), HasSubstr("'wieghts'; known: weights"));
  Vector<double> theta(5);
  EXPECT_THAT(MessageOf([&] { layout.Initialize<double>(1, theta); }), HasSubstr("accepted: 6"));
  EXPECT_EQ(layout.size(), 6);
}

TEST(ParameterLayout, DrawsWhatEachTensorAsksFor) {
  ParameterLayout layout;
  layout.Add("uniform", 100, 100, Role::kPrimary, Initialization::Uniform(0.5));
  layout.Add("normal", 100, 100, Role::kPrimary, Initialization::Normal(2));
  layout.Add("constant", 10, 1, Role::kPrimary, Initialization::Constant(3));
  Vector<double> theta(layout.size());
  layout.Initialize<double>(1, theta);
  const Vector<double> uniform = theta.head(10000);
  const Vector<double> normal = theta.segment(10000, 10000);
  EXPECT_LE(uniform.cwiseAbs().maxCoeff(), 0.5);
  EXPECT_GT(uniform.cwiseAbs().maxCoeff(), 0.499);
  // Of 10,000 draws: five standard deviations of the estimates.
  EXPECT_NEAR(uniform.mean(), 0, 5 * 0.5 / std::sqrt(3) / 100);
  EXPECT_NEAR(uniform.squaredNorm() / 10000, 0.25 / 3, 5 * 0.25 * std::sqrt(4.0 / 45) / 100);
  EXPECT_NEAR(normal.mean(), 0, 5 * 2.0 / 100);
  EXPECT_NEAR(normal.squaredNorm() / 10000, 4, 5 * 4 * std::sqrt(2.0) / 100);
  EXPECT_EQ(theta.tail(10), Vector<double>::Constant(10, 3));
}

TEST(ParameterLayout, ATensorStartsTheSameWhateverElseThereIs) {
  ParameterLayout alone, together;
  alone.Add("b", 3, 3, Role::kPrimary, Initialization::Uniform(1));
  together.Add("a", 2, 2, Role::kPrimary, Initialization::Uniform(1));
  together.Add("b", 3, 3, Role::kPrimary, Initialization::Uniform(1));
  Vector<double> first(9), second(13), other(13);
  alone.Initialize<double>(5, first);
  together.Initialize<double>(5, second);
  together.Initialize<double>(6, other);
  EXPECT_EQ(first, second.tail(9));
  EXPECT_NE(second, other);
  EXPECT_NE(second[0], second[4]);
  Vector<float> single(13);
  together.Initialize<float>(5, single);
  EXPECT_EQ(single, second.cast<float>());
}

}  // namespace
}  // namespace hyperwidth
