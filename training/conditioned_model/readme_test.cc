// SPDX-License-Identifier: Apache-2.0
//
// The example of README.md, and what it does.

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "training/conditioned_model/conditioned_model_file.h"
#include "training/conditioned_model/generated_mlp.h"
#include "training/conditioned_model/predict.h"
#include "training/conditioned_model/test_model.h"

namespace {

// README example begins.
using namespace hyperwidth;

// Saves what was trained, and what it is for one condition, as an MLP that PyTorch loads.
Matrix<double> SaveAndUse(const ConditionedModel& trained, const ConditionedData& data, const std::string& folder) {
  SaveConditionedModel(folder + "/trained.safetensors", trained, {{"trained on", data.origin()}});
  const ConditionedModel model = LoadConditionedModel(folder + "/trained.safetensors");
  std::vector<double> condition(static_cast<std::size_t>(data.condition_size()));
  data.CopyCondition<double>(0, condition);
  SaveGeneratedMlp(folder + "/first_condition.safetensors", GeneratePrimary(model, condition));
  return Predict(model, data);  // y [outputs, samples]
}
// README example ends.

TEST(Readme, ExampleSavesAModelThatSaysTheSame) {
  const ConditionedModel trained = TestModel("hypernetwork");
  NamedArrays arrays;
  RandomStream random(1);
  arrays.emplace("x", NumericArray::Of<double>({4, 3}, TestNumbers(12, -1, 1, random)));
  arrays.emplace("I", NumericArray::Of<double>({2, 5}, TestNumbers(10, -1, 1, random)));
  const ConditionedData data = ConditionedData::FromArrays(std::move(arrays), "grid", Targets::kOptional);
  const Matrix<double> y = SaveAndUse(trained, data, ::testing::TempDir());
  EXPECT_EQ(y, Predict(trained, data));
  std::vector<double> x(3);
  data.CopyX<double>(0, x);
  std::vector<double> condition(5);
  data.CopyCondition<double>(0, condition);
  const Vector<double> first =
      Evaluate(GeneratePrimary(trained, condition), Eigen::Map<const Vector<double>>(x.data(), 3));
  EXPECT_LT((first - y.col(0)).cwiseAbs().maxCoeff(), 1e-5);
}

}  // namespace
