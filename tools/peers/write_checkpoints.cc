// SPDX-License-Identifier: Apache-2.0
//
// The side of tools/peers/check_checkpoints that runs here. For every scheme, in float and double, it writes to the
// folder that it is given
//
//   SCHEME.PRECISION.safetensors         theta; as further vectors `gradient`, that of the mean squared error, and
//                                        `after_adam`, theta after ten steps; in the metadata the sizes of the scheme
//   SCHEME.PRECISION.batch.safetensors   x [conditions, samples of each, x_size], condition [conditions,
//   condition_size],
//                                        ids [conditions], targets and outputs [conditions, samples of each, outputs]
//
// and prints a line "SCHEME PRECISION" for each.

#include <exception>
#include <filesystem>
#include <iostream>
#include <map>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "training/batch.h"
#include "training/checkpoint/model_checkpoint.h"
#include "training/checkpoint/safetensors.h"
#include "training/named_scheme.h"
#include "training/objectives.h"
#include "training/optimizer.h"
#include "training/planned_pass.h"

namespace hyperwidth {
namespace {

constexpr Index kConditions = 8;
constexpr Index kSamplesEach = 7;
constexpr int kSteps = 10;

// Small, and no two alike, so that a matrix in the wrong order has another shape or other numbers.
SchemeSizes SizesOf(const std::string& scheme) {
  // In torch_schemes.py these two have one output.
  const bool has_one_output = scheme == "shift-deeponet" || scheme == "flex-deeponet";
  return {.x_size = 3,
          .condition_size = 5,
          .outputs = has_one_output ? 1 : 2,
          .condition_hidden = {16, 11},
          .primary_hidden = {13, 9},
          .scalars = 6,
          .known_conditions = kConditions,
          .chunk = 50,
          .chunk_name = 4};
}

std::string Text(const std::vector<Index>& numbers) {
  std::string text;
  for (const Index number : numbers) text += (text.empty() ? "" : ",") + std::to_string(number);
  return text;
}

std::map<std::string, std::string> ArchitectureOf(const SchemeSizes& sizes) {
  return {{"x_size", std::to_string(sizes.x_size)},
          {"condition_size", std::to_string(sizes.condition_size)},
          {"outputs", std::to_string(sizes.outputs)},
          {"condition_hidden", Text(sizes.condition_hidden)},
          {"primary_hidden", Text(sizes.primary_hidden)},
          {"scalars", std::to_string(sizes.scalars)},
          {"known_conditions", std::to_string(sizes.known_conditions)},
          {"chunk", std::to_string(sizes.chunk)},
          {"chunk_name", std::to_string(sizes.chunk_name)},
          {"samples_each", std::to_string(kSamplesEach)}};
}

template <typename Scalar>
TrainingBatch<Scalar> RandomBatch(const Model& model) {
  TrainingBatch<Scalar> batch;
  batch.group_starts = EqualGroups(kConditions, kSamplesEach);
  batch.x = Matrix<Scalar>::Random(model.graph.x_size(), batch.samples());
  batch.condition = Matrix<Scalar>::Random(model.graph.condition_size(), kConditions);
  if (model.graph.condition_count() > 0) {
    // Not in order, and one of them twice.
    for (Index g = 0; g < kConditions; ++g) batch.condition_ids.push_back((3 * g + g / 7) % kConditions);
  }
  batch.targets = Matrix<Scalar>::Random(model.graph.shape(model.output).rows, batch.samples());
  return batch;
}

template <typename Scalar>
void WriteBatch(const std::filesystem::path& path, const TrainingBatch<Scalar>& batch, const Matrix<Scalar>& outputs) {
  constexpr ElementType kType = std::is_same_v<Scalar, float> ? ElementType::kFloat32 : ElementType::kFloat64;
  const std::vector<Scalar> ids(batch.condition_ids.begin(), batch.condition_ids.end());
  Safetensors file({{.name = "x", .type = kType, .shape = {kConditions, kSamplesEach, batch.x.rows()}},
                    {.name = "condition", .type = kType, .shape = {kConditions, batch.condition.rows()}},
                    {.name = "ids", .type = kType, .shape = {static_cast<Index>(ids.size())}},
                    {.name = "targets", .type = kType, .shape = {kConditions, kSamplesEach, outputs.rows()}},
                    {.name = "outputs", .type = kType, .shape = {kConditions, kSamplesEach, outputs.rows()}}});
  // A column for each sample, so that the bytes are those of rows.
  const auto set = [&](const char* name, const Matrix<Scalar>& columns) {
    file.Set<Scalar>(name, std::span(columns.data(), static_cast<std::size_t>(columns.size())));
  };
  set("x", batch.x);
  set("condition", batch.condition);
  set("targets", batch.targets);
  set("outputs", outputs);
  file.Set<Scalar>("ids", ids);
  file.Write(path);
}

template <typename Scalar>
void WriteScheme(const std::filesystem::path& folder, const std::string& scheme, const std::string& precision) {
  const SchemeSizes sizes = SizesOf(scheme);
  const Model model = NamedScheme(scheme, sizes);
  const TrainingBatch<Scalar> batch = RandomBatch<Scalar>(model);
  Vector<Scalar> theta(model.parameters.size());
  model.parameters.Initialize<Scalar>(1, theta);
  const Vector<Scalar> start = theta;
  PlannedPass<Scalar> planned(model, batch, /*threads=*/1);
  Matrix<Scalar> output_gradient;
  const auto step = [&](GradientTarget<Scalar>& target) {
    const Matrix<Scalar>& outputs = planned.pass().Forward(theta, batch);
    output_gradient.resize(outputs.rows(), outputs.cols());
    MeanSquaredError<Scalar>().Evaluate(outputs, batch, output_gradient);
    planned.pass().Backward(theta, output_gradient, target);
  };

  const std::string name = scheme + "." + precision;
  WriteBatch<Scalar>(folder / (name + ".batch.safetensors"), batch, planned.pass().Forward(theta, batch));
  Vector<Scalar> gradient(theta.size());
  GradientVector<Scalar> target(gradient);
  step(target);
  Optimizer<Scalar> adam({.method = OptimizerMethod::kAdam, .learning_rate = 1e-3}, theta);
  for (int i = 0; i < kSteps; ++i) {
    adam.BeginStep();
    step(adam);
    adam.EndStep();
  }
  SaveModel<Scalar>(folder / (name + ".safetensors"),
                    model,
                    start,
                    {.architecture = ArchitectureOf(sizes),
                     .vectors = {{"gradient", gradient}, {"after_adam", theta}},
                     .counters = {{"steps", std::to_string(kSteps)}}});
  std::cout << scheme << " " << precision << "\n";
}

}  // namespace
}  // namespace hyperwidth

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "write_checkpoints: found " << argc - 1 << " arguments; accepted: a folder\n";
    return 2;
  }
  try {
    for (const std::string& scheme : hyperwidth::AllSchemeNames()) {
      hyperwidth::WriteScheme<float>(argv[1], scheme, "float");
      hyperwidth::WriteScheme<double>(argv[1], scheme, "double");
    }
  } catch (const std::exception& error) {
    std::cerr << "write_checkpoints: " << error.what() << "\n";
    return 2;
  }
  return 0;
}
