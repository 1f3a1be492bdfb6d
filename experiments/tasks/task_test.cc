// SPDX-License-Identifier: Apache-2.0
#include "experiments/tasks/task.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <Eigen/QR>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "experiments/targets/bump_target.h"
#include "theory/sampled/linear_decoder_floor.h"
#include "training/conditioned_data/common_grid.h"
#include "training/conditioned_data/conditioned_data.h"
#include "training/conditioned_data/data_split.h"
#include "training/conditioned_data/data_summary.h"
#include "training/data/glyphs.h"
#include "training/data/rotate.h"

namespace hyperwidth {
namespace {

using ::testing::DoubleEq;
using ::testing::ElementsAre;
using ::testing::Ge;
using ::testing::HasSubstr;
using ::testing::Le;
using ::testing::SizeIs;
using ::testing::ThrowsMessage;

constexpr double kPi = std::numbers::pi;

ConditionedData Made(const std::string& name, const TaskOptions& options) {
  return ConditionedData::FromArrays(MakeTask(name, options), name);
}

std::vector<double> Condition(const ConditionedData& data, std::int64_t g) {
  std::vector<double> condition(static_cast<std::size_t>(data.condition_size()));
  data.CopyCondition<double>(g, condition);
  return condition;
}

std::vector<double> X(const ConditionedData& data, std::int64_t position) {
  std::vector<double> x(static_cast<std::size_t>(data.x_size()));
  data.CopyX<double>(position, x);
  return x;
}

std::vector<double> Y(const ConditionedData& data, std::int64_t position) {
  std::vector<double> y(static_cast<std::size_t>(data.y_size()));
  data.CopyY<double>(position, y);
  return y;
}

// y(., I) at all points of a grid.
std::vector<double> Function(const ConditionedData& data, std::int64_t g) {
  std::vector<double> values;
  for (std::int64_t s = data.start(g); s < data.start(g + 1); ++s) values.push_back(Y(data, s).at(0));
  return values;
}

bool AreEqual(const NumericArray& a, const NumericArray& b, std::int64_t rows) {
  for (std::int64_t i = 0; i < rows; ++i) {
    if (!std::ranges::equal(a.row_bytes(i), b.row_bytes(i))) return false;
  }
  return true;
}

TEST(Tasks, AreDataThatCanBeSplitAsTheySay) {
  for (const Task& task : BuiltInTasks()) {
    SCOPED_TRACE(task.name);
    const ConditionedData data = Made(task.name, {.train = 30, .test = 7});
    EXPECT_EQ(data.conditions(), 37);
    const DataSplit split = SplitData(data, {});
    EXPECT_THAT(split.conditions(Subset::kTest), ElementsAre(30, 31, 32, 33, 34, 35, 36));
    EXPECT_THAT(split.conditions(Subset::kValidation), SizeIs(5));
    EXPECT_EQ(split.samples(Subset::kSeenTest), 0);
    EXPECT_EQ(FindCommonGrid(data).has_value(), task.name != "images");
    for (const std::string& warning : Summarise(data).warnings) EXPECT_THAT(warning, HasSubstr("constant"));
    EXPECT_GT(task.train, 0);
    EXPECT_GT(task.test, 0);
    EXPECT_FALSE(task.what.empty() || task.source.empty());
  }
}

TEST(Tasks, ConditionsDependOnSeedAndNumberAlone) {
  for (const Task& task : BuiltInTasks()) {
    SCOPED_TRACE(task.name);
    const NamedArrays few = MakeTask(task.name, {.train = 3, .test = 2}),
                      same = MakeTask(task.name, {.train = 3, .test = 2}),
                      more = MakeTask(task.name, {.train = 5, .test = 2}),
                      other = MakeTask(task.name, {.train = 3, .test = 2, .seed = 2});
    const std::int64_t each = few.at("y").rows() / 5;
    EXPECT_TRUE(AreEqual(few.at("y"), same.at("y"), 5 * each));
    EXPECT_TRUE(AreEqual(few.at("I"), more.at("I"), 3));
    EXPECT_TRUE(AreEqual(few.at("y"), more.at("y"), 3 * each));
    EXPECT_FALSE(AreEqual(few.at("I"), other.at("I"), 3));
    // The first to test is another than the first to train on.
    EXPECT_FALSE(std::ranges::equal(few.at("I").row_bytes(0), few.at("I").row_bytes(3)));
    EXPECT_TRUE(std::ranges::equal(few.at("I").row_bytes(4), more.at("I").row_bytes(6)));
  }
}

TEST(Tasks, IdentityGivesBackWhatIsSeen) {
  const ConditionedData data = Made("identity", {.train = 20, .test = 1});
  double largest = 0, square = 0;
  for (std::int64_t g = 0; g < data.conditions(); ++g) {
    EXPECT_EQ(Function(data, g), Condition(data, g));
    for (const double y : Function(data, g)) {
      largest = std::max(largest, std::abs(y));
      square += y * y / (21 * 100);
    }
  }
  EXPECT_LE(largest, 20 * 0.25);  // |T_l| <= 1
  // Each coefficient has variance 1/48; the mean of T_l^2 over [-1, 1] is (1 - 1 / (4 l^2 - 1)) / 2, of T_0^2 1: in all
  // 0.2141. The mean of 21 functions' squares has a deviation of about 0.3 / sqrt(21) of it.
  EXPECT_NEAR(square, 0.2141, 4 * 0.3 / std::sqrt(21) * 0.2141);
  EXPECT_EQ(X(data, 0), std::vector<double>{-1});
  EXPECT_EQ(X(data, 99), std::vector<double>{1});
}

// u from its values, by other formulas: coefficients by least squares with T_l(cos a) = cos(l a), the integral by
// Simpson's rule, whose error is below (b - a) h^4 / 180 times the fourth derivative, which is at most 5 times 1.6e8,
// that of T_19.
TEST(Tasks, DifferentiationSeesTheIntegral) {
  const ConditionedData data = Made("differentiation", {.train = 5, .test = 1});
  const ConditionedData identity = Made("identity", {.train = 5, .test = 1});
  constexpr int kPanels = 2000;
  const double h = 2.0 / kPanels, tolerance = 2 * std::pow(h, 4) / 180 * 5 * 1.6e8;
  const auto polynomial = [](int l, double at) { return std::cos(l * std::acos(std::clamp(at, -1.0, 1.0))); };
  Matrix<double> basis(100, 20);
  for (int i = 0; i < 100; ++i) {
    for (int l = 0; l < 20; ++l) basis(i, l) = polynomial(l, X(data, i)[0]);
  }
  for (std::int64_t g = 0; g < data.conditions(); ++g) {
    const std::vector<double> y = Function(data, g), integral = Condition(data, g);
    EXPECT_EQ(y, Function(identity, g));
    const Vector<double> coefficients =
        basis.colPivHouseholderQr().solve(Eigen::Map<const Vector<double>>(y.data(), 100));
    const auto u = [&](double at) {
      double sum = 0;
      for (int l = 0; l < 20; ++l) sum += coefficients[l] * polynomial(l, at);
      return sum;
    };
    for (const int sensor : {0, 1, 50, 99}) {
      const double width = (X(data, sensor)[0] + 1) / kPanels;
      double simpson = 0;
      for (int panel = 0; panel < kPanels; ++panel) {
        const double left = -1 + panel * width;
        simpson += width / 6 * (u(left) + 4 * u(left + width / 2) + u(left + width));
      }
      EXPECT_NEAR(integral[static_cast<std::size_t>(sensor)], simpson, tolerance);
    }
    EXPECT_GT(std::abs(integral[50] - integral[1]), 100 * tolerance);  // which is not an empty bound
  }
}

TEST(Tasks, AntiderivativeIsTheSineOfWhatIsSeen) {
  const ConditionedData data = Made("antiderivative", {.train = 50, .test = 1});
  EXPECT_EQ(data.condition_size(), 500);
  double least = 10, greatest = 0;
  for (std::int64_t g = 0; g < data.conditions(); ++g) {
    const std::vector<double> y = Function(data, g), seen = Condition(data, g);
    const double frequency = seen[0] / (2 * kPi);  // of 2 pi f cos(0)
    least = std::min(least, frequency);
    greatest = std::max(greatest, frequency);
    for (const std::size_t i : {0, 100, 499}) {
      EXPECT_NEAR(y[i], std::sin(seen[0] * static_cast<double>(i) / 499), 1e-12);
      EXPECT_NEAR(seen[i], seen[0] * std::cos(seen[0] * static_cast<double>(i) / 499), 1e-10);
    }
  }
  EXPECT_LT(least, 1);  // each but for a probability of 0.9^51
  EXPECT_GT(greatest, 9);
  EXPECT_LT(greatest, 10);
}

TEST(Tasks, AdvectionMovesASquareWaveAroundTheCircle) {
  const ConditionedData data = Made("advection", {.train = 20, .test = 1});
  ASSERT_EQ(data.x_size(), 2);
  EXPECT_THAT(X(data, 41), ElementsAre(1.0 / 39, 1.0 / 39));
  EXPECT_THAT(X(data, 2), ElementsAre(0, 2.0 / 39));  // t runs fastest
  for (std::int64_t g = 0; g < data.conditions(); ++g) {
    const std::vector<double> seen = Condition(data, g), y = Function(data, g);
    const auto at = [&](int i, int j) { return y[static_cast<std::size_t>(40 * i + j)]; };
    for (int i = 0; i < 40; ++i) {
      EXPECT_EQ(at(i, 0), seen[static_cast<std::size_t>(i)]);
      EXPECT_EQ(at(i, 39), seen[static_cast<std::size_t>(i)]);  // once around
      for (int j = 0; i > 0 && j < 39; ++j) EXPECT_EQ(at(i, j + 1), at(i - 1, j));
      EXPECT_EQ(at(0, i), at(39, i));
    }
    const double height = *std::max_element(seen.begin(), seen.end());
    EXPECT_GE(height, 1);
    EXPECT_LT(height, 2);
    EXPECT_EQ(seen[0], 0);
    // As wide as its width, 0.3 to 0.6, in steps of 1/39, or one point more.
    const auto wide = std::count(seen.begin(), seen.end(), height);
    EXPECT_EQ(wide + std::count(seen.begin(), seen.end(), 0.0), 40);
    EXPECT_THAT(wide, testing::AllOf(Ge(11), Le(24)));
  }
}

TEST(Tasks, ShapesShowTheGlyphAtEachPosition) {
  const ConditionedData data = Made("shapes", {.train = 3, .test = 2});
  const std::vector<std::uint8_t> train = DrawGlyphs(3, 1, Split::kTrain).pixels;
  EXPECT_EQ(Condition(data, 2)[400], train[2 * 784 + 400]);
  for (std::int64_t g = 0; g < 5; ++g) {
    const std::vector<double> y = Function(data, g), glyph = Condition(data, g);
    for (std::size_t i = 0; i < 784; ++i) EXPECT_EQ(y[i], static_cast<double>(static_cast<float>(glyph[i]) / 255));
  }
  const auto at = [](double x, double y) { return ElementsAre(DoubleEq(x), DoubleEq(y)); };
  EXPECT_THAT(X(data, 0), at(1.0 / 28 - 1, 1 - 1.0 / 28));    // the top left
  EXPECT_THAT(X(data, 27), at(1 - 1.0 / 28, 1 - 1.0 / 28));   // the top right
  EXPECT_THAT(X(data, 756), at(1.0 / 28 - 1, 1.0 / 28 - 1));  // the bottom left
}

TEST(Tasks, ImagesAreGlyphsTurnedByTheAngleThatIsAskedFor) {
  const ConditionedData data = Made("images", {.train = 6, .test = 2});
  EXPECT_EQ(data.samples(), 32);
  int quarters[4] = {};
  for (std::int64_t g = 0; g < 8; ++g) {
    const std::vector<double> glyph = Condition(data, g);
    const std::vector<std::uint8_t> pixels(glyph.begin(), glyph.end());
    for (std::int64_t s = data.start(g); s < data.start(g + 1); ++s) {
      const std::vector<double> y = Y(data, s);
      EXPECT_NEAR(std::hypot(y[0], y[1]), 1, 1e-15);
      const double degrees = std::atan2(y[1], y[0]) * 180 / kPi;
      ++quarters[static_cast<int>(std::floor(degrees / 90)) + 2];
      std::vector<std::uint8_t> turned(784);
      RotateNearest(pixels, 28, 28, degrees, turned);
      const std::vector<double> x = X(data, s);
      // The angle is known to the last digits, so that a pixel may be taken from its neighbour.
      int different = 0;
      for (std::size_t i = 0; i < 784; ++i) different += x[i] != turned[i] ? 1 : 0;
      EXPECT_LE(different, 2);
    }
  }
  for (const int count : quarters) EXPECT_GT(count, 0);  // but for a probability of 4 * 0.75^32
}

TEST(Tasks, BumpsAreTheHardTarget) {
  const TaskOptions options = {
      .train = 20, .test = 1, .smoothness = 2, .primary_dim = 2, .condition_dim = 1, .cells = 3};
  const ConditionedData data = Made("bumps", options);
  EXPECT_EQ(data.x_size(), 2);
  EXPECT_EQ(data.samples(), 21 * 25 * 25);
  const BumpTarget target(2, {3, 3, 3}, 1);
  double largest = 0;
  for (std::int64_t g = 0; g < 21; ++g) {
    for (std::int64_t s = data.start(g); s < data.start(g + 1); ++s) {
      Vector<double> point(3);
      point << X(data, s)[0], X(data, s)[1], Condition(data, g)[0];
      EXPECT_EQ(Y(data, s)[0], target(point) / target.height());
      largest = std::max(largest, std::abs(Y(data, s)[0]));
    }
  }
  EXPECT_GT(largest, 0.5);
  EXPECT_LE(largest, 1);
  EXPECT_THAT(X(data, 1), ElementsAre(-1, DoubleEq(-1 + 2.0 / 24)));
}

// The share of the variance that the best `functions` functions of x leave.
double ShareLeft(const std::string& name, std::int64_t functions) {
  const ConditionedData data =
      ConditionedData::FromArrays(MakeTask(name, {.train = 300, .test = 1, .seed = 3}), "task");
  const CommonGrid grid = FindCommonGrid(data).value();
  Eigen::MatrixXd values(grid.points, 300);
  for (Eigen::Index g = 0; g < values.cols(); ++g) {
    grid.CopyFunction(data, g, {values.col(g).data(), static_cast<std::size_t>(grid.points)});
  }
  return std::pow(LinearDecoderFloor::OfSamples(values).Relative(functions), 2);
}

TEST(Tasks, WithKnownAnswersHaveTheRanksThatTheySay) {
  EXPECT_LT(ShareLeft("unconditional", 1), 1e-20);
  EXPECT_NEAR(ShareLeft("rank", 3), 0.25, 0.06);
  EXPECT_LT(ShareLeft("rank", 4), 1e-20);
  EXPECT_GT(ShareLeft("shift", 10), 0.01);
  EXPECT_GT(ShareLeft("noise", 10), 0.6);
}

TEST(Tasks, DefaultsAreThoseOfTheSource) {
  EXPECT_EQ(MakeTask("identity", {}).at("I").shape(), (std::vector<std::int64_t>{1200, 100}));
  EXPECT_EQ(MakeTask("advection", {.test = 1}).at("y").shape(), (std::vector<std::int64_t>{1001, 1600}));
}

TEST(Tasks, RefuseWhatTheyCannotMake) {
  EXPECT_THAT(
      [] { MakeTask("identify", {}); },
      ThrowsMessage<std::invalid_argument>("task: found 'identify', accepted: antiderivative, identity, "
                                           "differentiation, advection, shapes, images, bumps, unconditional, rank, "
                                           "shift, noise"));
  EXPECT_THAT([] { MakeTask("identity", {.train = -1}); }, ThrowsMessage<std::invalid_argument>(HasSubstr("found -1")));
  for (const Task& task : BuiltInTasks()) {
    EXPECT_THAT([&] { MakeTask(task.name, {.train = 1'000'000'000}); },
                ThrowsMessage<std::invalid_argument>(HasSubstr("at most 1000000000 numbers")))
        << task.name;
  }
  EXPECT_THAT([] { MakeTask("bumps", {.smoothness = 3}); }, ThrowsMessage<std::invalid_argument>(HasSubstr("1 or 2")));
  EXPECT_THAT([] { MakeTask("bumps", {.primary_dim = 0}); },
              ThrowsMessage<std::invalid_argument>(HasSubstr("found 0 dimensions of x")));
  EXPECT_THAT([] { MakeTask("bumps", {.primary_dim = 3, .cells = 13}); },
              ThrowsMessage<std::invalid_argument>(HasSubstr("more than 1000000 points")));
}

}  // namespace
}  // namespace hyperwidth
