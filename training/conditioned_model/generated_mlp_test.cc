// SPDX-License-Identifier: Apache-2.0
#include "training/conditioned_model/generated_mlp.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iostream>
#include <limits>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "models/random_stream.h"
#include "training/checkpoint/safetensors.h"
#include "training/conditioned_data/test_data.h"
#include "training/conditioned_model/predict.h"
#include "training/conditioned_model/test_model.h"

namespace hyperwidth {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::int64_t kPoints = 50;

std::filesystem::path InFolder(const std::string& name) { return std::filesystem::path(::testing::TempDir()) / name; }

std::vector<double> ConditionOf(const ConditionedModel& model, std::uint64_t seed) {
  if (model.scheme == "table") return {model.known_conditions.begin() + 10, model.known_conditions.begin() + 15};
  RandomStream random(seed);
  return TestNumbers(model.sizes.condition_size, -3, 3, random);
}

// kPoints points within a few scales of the mean of x, [x_size] each, row by row.
std::vector<double> PointsOf(const ConditionedModel& model, std::uint64_t seed) {
  RandomStream random(seed);
  std::vector<double> points;
  for (std::int64_t i = 0; i < kPoints; ++i) {
    for (std::size_t c = 0; c < model.standardisation.x.mean.size(); ++c) {
      points.push_back(model.standardisation.x.mean[c] + model.standardisation.x.scale[c] * random.Uniform(-2, 2));
    }
  }
  return points;
}

Matrix<double> PredictedAt(const ConditionedModel& model,
                           const std::vector<double>& points,
                           const std::vector<double>& condition) {
  NamedArrays arrays;
  arrays.emplace("x", TableOf(model.sizes.x_size, points));
  arrays.emplace("I", TableOf(model.sizes.condition_size, condition));
  return Predict(model, ConditionedData::FromArrays(std::move(arrays), "data", Targets::kOptional));
}

// What torch.nn.Sequential computes of the tensors in a file, all in their type.
template <typename Scalar>
Matrix<double> EvaluateFile(const std::filesystem::path& path, const std::vector<double>& points, Index x_size) {
  const Safetensors file = Safetensors::Read(path);
  const Function function = FunctionNamed(file.metadata().at("function"));
  Matrix<Scalar> value =
      Eigen::Map<const Matrix<double>>(points.data(), x_size, std::ssize(points) / x_size).cast<Scalar>();
  for (int layer = 0; file.Find(std::to_string(layer) + ".weight"); layer += 2) {
    const std::string name = std::to_string(layer);
    if (layer > 0) {
      value = value.unaryExpr([&](Scalar t) { return static_cast<Scalar>(ValueOf(function, t)); }).eval();
    }
    const std::vector<Scalar> weight = file.Get<Scalar>(name + ".weight"), bias = file.Get<Scalar>(name + ".bias");
    using RowMajor = Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    const Eigen::Map<const RowMajor> rows(weight.data(), std::ssize(bias), value.rows());
    value = ((rows * value).eval().colwise() + Eigen::Map<const Vector<Scalar>>(bias.data(), std::ssize(bias))).eval();
  }
  return value.template cast<double>();
}

// The largest difference between what is predicted and the file of the MLP, over the largest of what is predicted.
template <typename Scalar>
double Difference(const ConditionedModel& model, std::uint64_t seed) {
  const std::vector<double> condition = ConditionOf(model, seed), points = PointsOf(model, seed + 1);
  const auto path = InFolder("mlp.safetensors");
  SaveGeneratedMlp(path,
                   GeneratePrimary(model, condition),
                   {},
                   std::is_same_v<Scalar, float> ? ElementType::kFloat32 : ElementType::kFloat64);
  const Matrix<double> predicted = PredictedAt(model, points, condition);
  const Matrix<double> found = EvaluateFile<Scalar>(path, points, model.sizes.x_size);
  EXPECT_EQ(found.rows(), predicted.rows());
  EXPECT_EQ(found.cols(), kPoints);
  return (found - predicted).cwiseAbs().maxCoeff() / predicted.cwiseAbs().maxCoeff();
}

bool MakesAnMlp(const std::string& scheme) { return scheme != "shift-deeponet"; }

// Each layer of a float network of some tens of units rounds by a few units of 2^-24 = 6e-8.
constexpr double kRounding = 5e-6;

TEST(GeneratePrimary, IsAnMlpThatSaysWhatIsPredicted) {
  for (const std::string& scheme : AllSchemeNames()) {
    if (!MakesAnMlp(scheme)) continue;
    double largest_float = 0, largest_double = 0;
    for (const Function function : {Function::kRelu, Function::kTanh, Function::kSine}) {
      for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        SchemeSizes sizes = TestSizes();
        sizes.function = function;
        const ConditionedModel model = TestModel(scheme, sizes, seed);
        largest_float = std::max(largest_float, Difference<float>(model, seed));
        largest_double = std::max(largest_double, Difference<double>(model, seed));
      }
    }
    EXPECT_LT(largest_float, kRounding) << scheme;
    EXPECT_LT(largest_double, kRounding) << scheme;

    std::cout << scheme << ": " << largest_float << " in float, " << largest_double << " in double\n";
  }
}

// As the header says: a mean far from 0 costs digits in float, none in double.
TEST(GeneratePrimary, LosesDigitsOfAnXWithALargeMeanInFloatOnly) {
  for (const double mean : {1e2, 1e4}) {
    double largest_float = 0, largest_double = 0;
    for (const std::string& scheme : AllSchemeNames()) {
      if (!MakesAnMlp(scheme)) continue;
      ConditionedModel model = TestModel(scheme);
      model.standardisation.x = {.mean = {mean, mean, mean}, .scale = {1, 1, 1}};
      largest_float = std::max(largest_float, Difference<float>(model, 1));
      largest_double = std::max(largest_double, Difference<double>(model, 1));
    }
    std::cout << "mean " << mean << ": " << largest_float << " in float, " << largest_double << " in double\n";
    EXPECT_LT(largest_float, mean * kRounding);
    EXPECT_LT(largest_double, kRounding);
  }
}

TEST(GeneratePrimary, HasTheWidthsOfTheNetworkThatSeesX) {
  const auto widths = [](const std::string& scheme, SchemeSizes sizes) {
    const ConditionedModel model = TestModel(scheme, sizes);
    std::vector<Index> found = {model.sizes.x_size};
    for (const GeneratedMlp::Layer& layer : GeneratePrimary(model, ConditionOf(model, 1)).layers) {
      EXPECT_EQ(layer.weight.cols(), found.back());
      EXPECT_EQ(layer.weight.rows(), layer.bias.size());
      found.push_back(layer.weight.rows());
    }
    return found;
  };
  for (const std::string& scheme : AllSchemeNames()) {
    if (!MakesAnMlp(scheme)) continue;
    EXPECT_THAT(widths(scheme, TestSizes()), ElementsAre(3, 13, 9, 2)) << scheme;
    if (scheme == "film") continue;  // which acts on hidden units
    SchemeSizes linear = TestSizes();
    linear.primary_hidden = {};
    EXPECT_THAT(widths(scheme, linear), ElementsAre(3, 2)) << scheme;
  }
  SchemeSizes one_function = TestSizes();
  one_function.scalars = 1;
  one_function.outputs = 1;
  EXPECT_THAT(widths("shift-deeponet", one_function), ElementsAre(3, 13, 9, 1));
}

TEST(GeneratePrimary, WithoutGeneratedBiasesStillHasThoseOfTheStandardisation) {
  SchemeSizes sizes = TestSizes();
  sizes.generated_has_bias = false;
  EXPECT_LT(Difference<float>(TestModel("hypernetwork", sizes), 1), kRounding);
}

TEST(GeneratePrimary, OfWhichSomeLayersAreTrainedHasThemToo) {
  SchemeSizes sizes = TestSizes();
  sizes.generated_layers = 1;
  for (const char* scheme : {"hypernetwork", "low-rank"}) {
    EXPECT_LT(Difference<float>(TestModel(scheme, sizes), 1), kRounding) << scheme;
  }
}

TEST(GeneratePrimary, OfClassesGivesLogits) {
  ConditionedModel model = TestModel("film");
  model.classes = {1, 2};
  EXPECT_LT(Difference<float>(model, 1), kRounding);
}

TEST(GeneratePrimary, RefusesConditionsAndSchemesOfWhichItMakesNoMlp) {
  const auto refusal = [](const std::string& scheme, const std::vector<double>& condition) {
    try {
      GeneratePrimary(TestModel(scheme), condition);
    } catch (const std::invalid_argument& error) {
      return std::string(error.what());
    }
    return std::string("nothing was thrown");
  };
  EXPECT_EQ(refusal("film", {1, 2, 3}), "condition: found 3 numbers, accepted: 5, as the model was trained with");
  EXPECT_EQ(refusal("film", {1, 2, 3, 4, std::numeric_limits<double>::infinity()}),
            "condition: found inf, accepted: finite numbers");
  EXPECT_EQ(
      refusal("table", {1, 2, 3, 4, 5}),
      "condition: found a condition that the table has no column for, accepted: one of the 4 that it was trained with");
  EXPECT_THAT(refusal("shift-deeponet", {1, 2, 3, 4, 5}),
              HasSubstr("scheme: found shift-deeponet, of which no condition makes an MLP of x, since functions of x "
                        "stand side by side or skip a layer"));
}

TEST(SaveGeneratedMlp, NamesTensorsAsASequentialAndSaysWhatIsBetweenThem) {
  const GeneratedMlp mlp = {.layers = {{.weight = Matrix<double>::Constant(4, 3, 0.1), .bias = Vector<double>::Zero(4)},
                                       {.weight = Matrix<double>::Ones(2, 4), .bias = Vector<double>::Ones(2)}},
                            .function = Function::kGelu};
  const auto path = InFolder("named.safetensors");
  SaveGeneratedMlp(path, mlp, {{"scheme", "film"}}, ElementType::kFloat64);
  const Safetensors file = Safetensors::Read(path);
  ASSERT_EQ(file.tensors().size(), 4u);
  EXPECT_EQ(Text(*file.Find("0.weight")), "F64 [4, 3]");
  EXPECT_EQ(Text(*file.Find("0.bias")), "F64 [4]");
  EXPECT_EQ(Text(*file.Find("2.weight")), "F64 [2, 4]");
  EXPECT_EQ(Text(*file.Find("2.bias")), "F64 [2]");
  EXPECT_EQ(file.Get<double>("0.weight")[0], 0.1);
  EXPECT_THAT(file.metadata(),
              ElementsAre(std::pair("format", "pt"),
                          std::pair("function", "gelu"),
                          std::pair("layers", "3,4,2"),
                          std::pair("scheme", "film")));
  EXPECT_THROW(SaveGeneratedMlp(path, mlp, {{"function", "relu"}}), std::invalid_argument);
  EXPECT_THROW(SaveGeneratedMlp("/nowhere/mlp.safetensors", mlp), std::runtime_error);
}

}  // namespace
}  // namespace hyperwidth
