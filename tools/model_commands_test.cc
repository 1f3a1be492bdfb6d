// SPDX-License-Identifier: Apache-2.0
//
// `hyperwidth predict` and `hyperwidth generate` as their users meet them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "models/random_stream.h"
#include "tools/command_process.h"
#include "training/arrays/npy.h"
#include "training/arrays/npz.h"
#include "training/arrays/test_files.h"
#include "training/checkpoint/safetensors.h"
#include "training/conditioned_model/conditioned_model_file.h"
#include "training/conditioned_model/generated_mlp.h"
#include "training/conditioned_model/predict.h"
#include "training/conditioned_model/test_model.h"

namespace hyperwidth {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

// A file of this test; none of that name is left by an earlier one.
std::string File(const std::string& name) {
  const fs::path path = fs::path(::testing::TempDir()) / name;
  fs::remove_all(path);
  return path.string();
}

NumericArray Random(std::vector<std::int64_t> shape, std::uint64_t seed) {
  RandomStream random(seed);
  std::int64_t size = 1;
  for (const std::int64_t side : shape) size *= side;
  return NumericArray::Of<double>(std::move(shape), TestNumbers(size, -2, 2, random));
}

// A grid of 7 points under 4 conditions, for a model of TestSizes().
NamedArrays Grid() {
  NamedArrays arrays;
  arrays.emplace("x", Random({7, 3}, 1));
  arrays.emplace("I", Random({4, 5}, 2));
  return arrays;
}

std::string SavedModel(const ConditionedModel& model) {
  const std::string path = File("model.safetensors");
  SaveConditionedModel(path, model);
  return path;
}

std::string Saved(const NamedArrays& arrays) {
  const std::string path = File("data.npz");
  WriteNpz(path, arrays);
  return path;
}

NumericArray Predicted(const ConditionedModel& model, NamedArrays arrays) {
  const Matrix<double> y = Predict(model, ConditionedData::FromArrays(std::move(arrays), "data", Targets::kOptional));
  return NumericArray::Of<double>({4, 7, y.rows()},
                                  std::span<const double>(y.data(), static_cast<std::size_t>(y.size())));
}

TEST(PredictCommand, WritesWhatTheModelSaysInTheOrderOfTheData) {
  const ConditionedModel model = TestModel("hypernetwork");
  const std::string out = File("y.npz");
  const std::string command = "predict --model=" + SavedModel(model) + " --data=" + Saved(Grid()) + " --out=" + out;
  const Outcome outcome = RunCommand(command);
  ASSERT_EQ(outcome.status, 0) << outcome.errors;
  EXPECT_THAT(outcome.output, HasSubstr("y.npz: y of 28 samples of 4 conditions, as "));
  EXPECT_THAT(outcome.output, HasSubstr("model.safetensors (hypernetwork) says\n"));
  EXPECT_THAT(outcome.output, Not(HasSubstr("error")));
  const NumericArray y = NpzFile(out).Read("y"), expected = Predicted(model, Grid());
  EXPECT_EQ(y.shape(), expected.shape());
  EXPECT_EQ(Numbers(y), Numbers(expected));
  ExpectRefusal(command, "y.npz: is there already; accepted: another --out, or --overwrite");
  const std::string before = TestFileBytes(out);
  EXPECT_EQ(RunCommand(command + " --overwrite --threads=3").output, outcome.output);
  EXPECT_EQ(TestFileBytes(out), before);
}

TEST(PredictCommand, PrintsErrorsWhereThereIsY) {
  const ConditionedModel model = TestModel("film");
  NamedArrays arrays = Grid();
  std::vector<double> y = Numbers(Predicted(model, Grid()));
  for (double& number : y) number *= 2;  // so that the prediction is off by half of y
  arrays.emplace("y", NumericArray::Of<double>({4, 7, 2}, std::span<const double>(y)));
  const std::string flags = "predict --model=" + SavedModel(model) + " --data=" + Saved(arrays) + " --out=";
  const Outcome outcome = RunCommand(flags + File("y.csv"));
  ASSERT_EQ(outcome.status, 0) << outcome.errors;
  EXPECT_THAT(outcome.output, HasSubstr("mean squared error: "));
  EXPECT_THAT(outcome.output, HasSubstr("relative L2 error of a condition: mean 0.5, 95 % quantile 0.5\n"));
}

TEST(PredictCommand, PrintsTheErrorRateOfClasses) {
  ConditionedModel model = TestModel("film");
  model.classes = {7, 9};
  NamedArrays arrays = Grid();
  const NumericArray logits = Predicted(model, Grid());
  std::vector<double> labels, numbers = Numbers(logits);
  for (std::size_t i = 0; i < 28; ++i) labels.push_back(numbers[2 * i] >= numbers[2 * i + 1] ? 7 : 9);
  const std::vector<double> right = labels;
  for (std::size_t i = 0; i < 7; ++i) labels[i] = 16 - labels[i];  // a quarter of them wrong
  arrays.emplace("y", NumericArray::Of<double>({4, 7}, std::span<const double>(labels)));
  const std::string out = File("y.npz");
  const Outcome outcome =
      RunCommand("predict --model=" + SavedModel(model) + " --data=" + Saved(arrays) + " --out=" + out);
  EXPECT_THAT(outcome.output, HasSubstr("error rate: 25 %\n")) << outcome.errors;
  EXPECT_EQ(Numbers(NpzFile(out).Read("y")), right);
  EXPECT_EQ(Numbers(NpzFile(out).Read("logits")), numbers);
}

TEST(PredictCommand, TakesTheOnlyModelOfARunFolder) {
  const std::string run = File("run");
  fs::create_directories(run + "/models");
  SaveConditionedModel(run + "/models/film.safetensors", TestModel("film"));
  const std::string data = " --data=" + Saved(Grid());
  EXPECT_EQ(RunCommand("predict --model=" + run + data + " --out=" + File("y.npy")).status, 0);
  EXPECT_EQ(RunCommand("predict --model=" + run + "/models" + data + " --out=" + File("y.npy")).status, 0);
  SaveConditionedModel(run + "/models/concat.safetensors", TestModel("concat"));
  ExpectRefusal("predict --model=" + run + data + " --out=" + File("y.npy"), "found several models, accepted: one of ");
}

TEST(PredictCommand, RefusesBadInputInOneLine) {
  const std::string model = " --model=" + SavedModel(TestModel("film"));
  const std::string data = " --data=" + Saved(Grid()), out = " --out=" + File("y.npz");
  ExpectRefusal("predict" + data + out, "--model is required");
  ExpectRefusal("predict" + model + out, "--data is required");
  ExpectRefusal("predict" + model + data, "--out is required");
  ExpectRefusal("predict" + model + data + " --out=y.txt", "--out: found 'y.txt'");
  ExpectRefusal("predict" + model + data + " --out=/nowhere/y.npz", "/nowhere/y.npz");
  ExpectRefusal("predict" + model + data + out + " --threads=-1", "at least 0");
  ExpectRefusal("predict --model=/nowhere/m" + data + out, "--model: found no /nowhere/m");
  ExpectRefusal("predict --model=" + Saved(Grid()) + data + out, "data.npz: ");
  ExpectRefusal("predict --data=/nowhere/d.npz" + model + out, "/nowhere/d.npz");
  NamedArrays narrow = Grid();
  narrow.insert_or_assign("x", Random({7, 2}, 1));
  ExpectRefusal("predict --data=" + Saved(narrow) + model + out,
                "data.npz: x: found 2 columns; accepted: 3, as the model was trained with");
  NamedArrays other = Grid();
  other.emplace("y", Random({4, 7}, 3));
  ExpectRefusal("predict --data=" + Saved(other) + model + out,
                "data.npz: y: found 1 columns; accepted: 2, as the model was trained with");
  NamedArrays without = Grid();
  without.erase("I");
  ExpectRefusal("predict --data=" + Saved(without) + model + out, "data.npz: has no array I; found: x;");
  EXPECT_FALSE(fs::exists(fs::path(::testing::TempDir()) / "y.npz"));
}

TEST(GenerateCommand, WritesTheNetworkOfOneCondition) {
  const ConditionedModel model = TestModel("hypernetwork");
  const std::string out = File("mlp.safetensors");
  const std::string flags = "generate --model=" + SavedModel(model) + " --condition=0.5,-1,0.25,2,0 --out=" + out;
  const Outcome outcome = RunCommand(flags);
  ASSERT_EQ(outcome.status, 0) << outcome.errors;
  EXPECT_THAT(outcome.output,
              HasSubstr("mlp.safetensors: a network of 198 weights with layers 3,13,9,2 and relu between "
                        "them, which gives y for x as in your data\n"));
  const Safetensors file = Safetensors::Read(out);
  EXPECT_EQ(file.metadata().at("scheme"), "hypernetwork");
  EXPECT_EQ(file.metadata().at("condition"), "0.5,-1,0.25,2,0");
  const GeneratedMlp mlp = GeneratePrimary(model, std::vector<double>{0.5, -1, 0.25, 2, 0});
  EXPECT_EQ(file.Get<float>("4.bias")[1], static_cast<float>(mlp.layers[2].bias[1]));
  ExpectRefusal(flags, "mlp.safetensors: is there already; accepted: another --out, or --overwrite");
  EXPECT_EQ(RunCommand(flags + " --overwrite --double").status, 0);
  EXPECT_EQ(Safetensors::Read(out).Get<double>("4.bias")[1], mlp.layers[2].bias[1]);
  EXPECT_EQ(Safetensors::Read(out).Find("4.bias")->type, ElementType::kFloat64);
}

TEST(GenerateCommand, TakesARowOfAFile) {
  const ConditionedModel model = TestModel("film");
  const std::string conditions = File("I.npy");
  WriteNpy(conditions, Random({4, 5}, 2));
  const std::vector<double> all = Numbers(Random({4, 5}, 2));
  const std::string out = File("mlp.safetensors");
  const Outcome outcome =
      RunCommand("generate --model=" + SavedModel(model) + " --condition=" + conditions + ":2 --out=" + out);
  ASSERT_EQ(outcome.status, 0) << outcome.errors;
  const GeneratedMlp mlp = GeneratePrimary(model, std::span(all).subspan(10, 5));
  EXPECT_EQ(Safetensors::Read(out).Get<float>("0.bias")[3], static_cast<float>(mlp.layers[0].bias[3]));
}

// README.md's lines for both commands, typed in a folder that has the files which they name.
TEST(ModelCommands, DoWhatTheReadmeTypes) {
  const fs::path folder = File("typed");
  fs::create_directories(folder);
  SaveConditionedModel(folder / "hypernetwork.safetensors", TestModel("hypernetwork"));
  WriteNpz(folder / "data.npz", Grid());
  std::ifstream readme("tools/README.md");
  const std::string start = "bazel run //tools:hyperwidth -- ";
  int typed = 0;
  for (std::string line; std::getline(readme, line);) {
    if (!line.starts_with(start + "predict") && !line.starts_with(start + "generate")) continue;
    setenv("BUILD_WORKING_DIRECTORY", folder.c_str(), 1);
    const Outcome outcome = RunCommand(line.substr(start.size()));
    unsetenv("BUILD_WORKING_DIRECTORY");
    EXPECT_EQ(outcome.status, 0) << line << "\n" << outcome.errors;
    ++typed;
  }
  EXPECT_EQ(typed, 2);
  EXPECT_TRUE(fs::exists(folder / "y.npz"));
  EXPECT_TRUE(fs::exists(folder / "mlp.safetensors"));
}

TEST(GenerateCommand, RefusesBadInputInOneLine) {
  const std::string model = " --model=" + SavedModel(TestModel("film")), out = " --out=" + File("mlp.safetensors");
  ExpectRefusal("generate" + model + out, "--condition is required");
  ExpectRefusal("generate" + model + out + " --condition=1,2,3",
                "--condition: found 3 numbers, accepted: 5, as the model was trained with");
  ExpectRefusal("generate" + model + out + " --condition=1,2,3,4,nan", "--condition: found nan");
  ExpectRefusal("generate" + model + out + " --condition=one",
                "--condition: found 'one', accepted: numbers with commas");
  ExpectRefusal("generate" + model + " --out=/nowhere/mlp --condition=1,2,3,4,5", "/nowhere/mlp");
  ExpectRefusal("generate --model=" + SavedModel(TestModel("shift-deeponet")) + out + " --condition=1,2,3,4,5",
                "scheme: found shift-deeponet, of which no condition makes an MLP of x");
  ExpectRefusal("generate --model=" + SavedModel(TestModel("table")) + out + " --condition=1,2,3,4,5",
                "accepted: one of the 4 that it was trained with");
}

}  // namespace
}  // namespace hyperwidth
