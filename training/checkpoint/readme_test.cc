// SPDX-License-Identifier: Apache-2.0
//
// The example of README.md, and what it does.

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "models/schemes/schemes.h"
#include "training/checkpoint/model_checkpoint.h"

namespace {

// README example begins.
using namespace hyperwidth;

// Trains a little, stops, and goes on from the file.
Vector<float> StopAndGoOn(const std::string& path) {
  const Model model = Embedding({.sizes = {1, 16, 4}}, {.sizes = {1 + 4, 32, 1}});
  Vector<float> theta(model.parameters.size());
  model.parameters.Initialize<float>(/*seed=*/1, theta);
  const Vector<float> momentum = Vector<float>::Zero(theta.size());  // of an optimiser of your own
  SaveModel<float>(path,
                   model,
                   theta,
                   {.architecture = {{"function", Name(Function::kRelu)}},
                    .vectors = {{"momentum", momentum}},
                    .counters = {{"step", "1000"}}});
  const Checkpoint<float> checkpoint = LoadModel<float>(path, model);
  if (checkpoint.extras.counters.at("step") != "1000") throw std::logic_error("the counter was lost");
  return checkpoint.theta;
}
// README example ends.

TEST(Readme, ExampleGoesOnFromWhereItStopped) {
  const Model model = Embedding({.sizes = {1, 16, 4}}, {.sizes = {1 + 4, 32, 1}});
  Vector<float> theta(model.parameters.size());
  model.parameters.Initialize<float>(1, theta);
  EXPECT_EQ(StopAndGoOn(::testing::TempDir() + "/stopped.safetensors"), theta);
}

}  // namespace
