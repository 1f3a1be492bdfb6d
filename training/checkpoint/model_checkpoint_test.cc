// SPDX-License-Identifier: Apache-2.0
#include "training/checkpoint/model_checkpoint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <limits>
#include <stdexcept>

#include "models/schemes/schemes.h"
#include "training/checkpoint/safetensors.h"
#include "training/named_scheme.h"

namespace hyperwidth {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using Shape64 = std::vector<std::int64_t>;

std::filesystem::path InFolder(const std::string& name) { return std::filesystem::path(::testing::TempDir()) / name; }

// Widths that are no multiples of anything, one of them 1.
SchemeSizes OddSizes() {
  return {.x_size = 3,
          .condition_size = 5,
          .outputs = 2,
          .condition_hidden = {7, 41},
          .primary_hidden = {37, 1},
          .scalars = 6,
          .known_conditions = 4,
          .chunk = 29,
          .chunk_name = 3};
}

Model SmallEmbedding() { return Embedding({.sizes = {3, 4, 2}}, {.sizes = {3 + 2, 5, 1}}); }

template <typename Scalar>
Vector<Scalar> Numbers(const Model& model, Scalar first = 0) {
  return Vector<Scalar>::LinSpaced(
      model.parameters.size(), first, first + static_cast<Scalar>(model.parameters.size() - 1));
}

template <typename Scalar>
bool HaveSameBits(const Vector<Scalar>& a, const Vector<Scalar>& b) {
  return a.size() == b.size() &&
         std::memcmp(a.data(), b.data(), static_cast<std::size_t>(a.size()) * sizeof(Scalar)) == 0;
}

template <typename Action>
std::string MessageOf(Action action) {
  try {
    action();
  } catch (const std::invalid_argument& error) {
    EXPECT_THAT(error.what(), AllOf(HasSubstr("accepted"), Not(HasSubstr("\n"))));
    return error.what();
  }
  return "no std::invalid_argument";
}

template <typename Scalar>
class ModelCheckpoint : public ::testing::Test {};
using Scalars = ::testing::Types<float, double>;
TYPED_TEST_SUITE(ModelCheckpoint, Scalars);

TYPED_TEST(ModelCheckpoint, OfEverySchemeComesBackBitForBit) {
  using Limits = std::numeric_limits<TypeParam>;
  for (const std::string& scheme : AllSchemeNames()) {
    const Model model = NamedScheme(scheme, OddSizes());
    Vector<TypeParam> theta(model.parameters.size());
    model.parameters.Initialize<TypeParam>(1, theta);
    theta.head(4) << -TypeParam{0}, Limits::denorm_min(), -Limits::infinity(), Limits::quiet_NaN();
    const CheckpointExtras<TypeParam> extras = {
        .architecture = {{"scalars", "6"}, {"hidden", "37,1"}},
        .vectors = {{"first_moment", Numbers<TypeParam>(model)}, {"second_moment", -Numbers<TypeParam>(model, 9)}},
        .counters = {{"step", "18446744073709551615"}}};
    SaveModel<TypeParam>(InFolder(scheme), model, theta, extras);
    const Checkpoint<TypeParam> read = LoadModel<TypeParam>(InFolder(scheme), model);
    EXPECT_TRUE(HaveSameBits(read.theta, theta)) << scheme;
    ASSERT_EQ(read.extras.vectors.size(), 2u) << scheme;
    for (const auto& [name, vector] : extras.vectors) {
      EXPECT_TRUE(HaveSameBits(read.extras.vectors.at(name), vector)) << scheme << ", " << name;
    }
    EXPECT_EQ(read.extras.architecture, extras.architecture);
    EXPECT_EQ(read.extras.counters, extras.counters);
  }
}

TEST(ModelCheckpoint, AWeightIsStoredRowByRowAsOutputsTimesInputs) {
  // Larger than the squares in which it is transposed, and no multiple of them.
  const Model model = Concat({.sizes = {45, 70, 1}}, 3);
  const Vector<double> theta = Numbers<double>(model);
  SaveModel<double>(InFolder("rows"), model, theta);
  const Safetensors file = Safetensors::Read(InFolder("rows"));
  EXPECT_EQ(file.Find("h.0.weight")->shape, (Shape64{70, 45}));
  EXPECT_EQ(file.Find("h.0.bias")->shape, (Shape64{70}));
  EXPECT_EQ(file.Find("h.1.weight")->shape, (Shape64{1, 70}));
  EXPECT_EQ(file.Find("h.1.bias")->shape, (Shape64{1}));
  const std::vector<double> entries = file.Get<double>("h.0.weight");
  const Eigen::Map<const Matrix<double>> weight(theta.data() + model.parameters.Find("h.0.weight").first, 70, 45);
  for (Index i = 0; i < 70; ++i) {
    for (Index j = 0; j < 45; ++j) ASSERT_EQ(entries[static_cast<std::size_t>(i * 45 + j)], weight(i, j));
  }
}

TEST(ModelCheckpoint, AWeightWithOneInputHasTwoDimensions) {
  EXPECT_EQ(AsInTorch({.name = "q.1.weight", .rows = 5, .cols = 1}).shape, (Shape64{5, 1}));
  EXPECT_EQ(AsInTorch({.name = "bias", .rows = 1, .cols = 1}).shape, (Shape64{1}));
  EXPECT_EQ(AsInTorch({.name = "g.0.bias.directions", .rows = 5, .cols = 1}).shape, (Shape64{5, 1}));
  EXPECT_EQ(AsInTorch({.name = "chunk.11", .rows = 3, .cols = 1}).shape, (Shape64{3}));
}

TEST(ModelCheckpoint, ATableHasARowForEachCondition) {
  const Model model = Table(2, 3, {.sizes = {1 + 2, 1}});
  const Vector<float> theta = Numbers<float>(model);
  SaveModel<float>(InFolder("table"), model, theta);
  const Safetensors file = Safetensors::Read(InFolder("table"));
  EXPECT_EQ(file.Find("table.weight")->shape, (Shape64{3, 2}));
  const Index first = model.parameters.Find("table.weight").first;
  for (Index i = 0; i < 6; ++i) {
    EXPECT_EQ(file.Get<float>("table.weight")[static_cast<std::size_t>(i)], theta[first + i]) << "columns become rows";
  }
}

TEST(ModelCheckpoint, TheLastLayerOfAShiftDeepOnetIsStoredAsAnyOther) {
  const Model model = NamedScheme("shift-deeponet", OddSizes());
  SaveModel<float>(InFolder("shift"), model, Numbers<float>(model));
  const Safetensors file = Safetensors::Read(InFolder("shift"));
  EXPECT_EQ(file.Find("t.2.columns"), nullptr);
  ASSERT_NE(file.Find("t.2.weight"), nullptr);
  EXPECT_EQ(file.Find("t.2.weight")->shape, (Shape64{12, 1}));
}

TEST(ModelCheckpoint, TheFileSaysWhatItHolds) {
  const Model model = SmallEmbedding();
  SaveModel<float>(InFolder("says"), model, Numbers<float>(model), {.architecture = {{"function", "relu"}}});
  const auto metadata = Safetensors::Read(InFolder("says")).metadata();
  EXPECT_EQ(metadata.at("format"), "pt");
  EXPECT_EQ(metadata.at("scheme"), "embedding");
  EXPECT_EQ(metadata.at("architecture.function"), "relu");
  EXPECT_EQ(metadata.at("layout"),
            "e.0.weight [4, 3], e.0.bias [4], e.1.weight [2, 4], e.1.bias [2], "
            "q.0.weight [5, 5], q.0.bias [5], q.1.weight [1, 5], q.1.bias [1]");
}

TEST(ModelCheckpoint, AnotherArchitectureIsRefusedByTheFirstTensorThatDiffers) {
  const Model model = SmallEmbedding();
  SaveModel<float>(InFolder("other"), model, Numbers<float>(model));
  const auto message = [](const Model& other) {
    return MessageOf([&] { LoadModel<float>(InFolder("other"), other); });
  };
  EXPECT_THAT(message(Embedding({.sizes = {3, 4, 2}}, {.sizes = {3 + 2, 6, 1}})),
              HasSubstr("other: tensor \"q.0.weight\": found F32 [5, 5], accepted for this model: F32 [6, 5]"));
  EXPECT_THAT(message(Nomad({.sizes = {3, 4, 2}}, {.sizes = {3 + 2, 5, 1}})),
              HasSubstr("tensor \"beta.0.weight\": found none"));
  EXPECT_THAT(message(Embedding({.sizes = {3, 4, 2}, .has_bias = false}, {.sizes = {3 + 2, 5, 1}})),
              HasSubstr("tensor \"e.0.bias\": found F32 [4], accepted for this model: none of this name"));
  Model renamed = model;
  renamed.name = "film";
  EXPECT_THAT(message(renamed), HasSubstr("scheme: found \"embedding\", accepted for this model: \"film\""));
}

TEST(ModelCheckpoint, FloatIsReadIntoDoubleButDoubleIsNotRounded) {
  const Model model = SmallEmbedding();
  SaveModel<float>(InFolder("float"), model, Numbers<float>(model, 0.1f));
  EXPECT_EQ(LoadModel<double>(InFolder("float"), model).theta, Numbers<float>(model, 0.1f).cast<double>());
  SaveModel<double>(InFolder("double"), model, Numbers<double>(model));
  EXPECT_THAT(MessageOf([&] { LoadModel<float>(InFolder("double"), model); }),
              HasSubstr("tensor \"e.0.weight\": found F64 [4, 3], accepted for this model: F32 [4, 3]"));
}

TEST(ModelCheckpoint, AFileWithoutOurMetadataIsAcceptedIfItsTensorsFit) {
  const Model model = Concat({.sizes = {2, 1}}, 1);
  Safetensors file({{.name = "h.0.bias", .shape = {1}}, {.name = "h.0.weight", .shape = {1, 2}}});
  file.Set<float>("h.0.bias", std::vector<float>{3});
  file.Set<float>("h.0.weight", std::vector<float>{1, 2});
  file.Write(InFolder("foreign"));
  EXPECT_EQ(LoadModel<float>(InFolder("foreign"), model).theta, Eigen::Vector3f(1, 2, 3));
}

TEST(ModelCheckpoint, AVectorThatIsNotWholeIsRefused) {
  const Model model = Concat({.sizes = {2, 1}}, 1);
  const auto message_with = [&](const std::string& name) {
    Safetensors(
        {{.name = "h.0.bias", .shape = {1}}, {.name = "h.0.weight", .shape = {1, 2}}, {.name = name, .shape = {1, 2}}})
        .Write(InFolder("partial"));
    return MessageOf([&] { LoadModel<float>(InFolder("partial"), model); });
  };
  EXPECT_THAT(message_with("optimizer.m.h.0.weight"), HasSubstr("tensor \"optimizer.m.h.0.bias\": found none"));
  EXPECT_THAT(message_with("optimizer.m"), HasSubstr("tensor \"optimizer.m\": found F32 [1, 2]"));
}

TEST(ModelCheckpoint, WhatWouldNotComeBackIsNotWritten) {
  const Model model = SmallEmbedding();
  const Vector<float> theta = Numbers<float>(model);
  const auto message = [&](const Model& saved, const Vector<float>& values, const std::string& name, Index length) {
    const CheckpointExtras<float> extras = {.vectors = {{name, Vector<float>::Zero(length)}}};
    return MessageOf([&] { SaveModel<float>(InFolder("never"), saved, values, extras); });
  };
  const Index size = theta.size();
  EXPECT_THAT(message(model, theta.head(3), "m", size),
              HasSubstr("theta has 3 entries; accepted: 62, as the model has parameters"));
  EXPECT_THAT(message(model, theta, "m", 2),
              HasSubstr("vector \"m\" has 2 entries; accepted: 62, as the model has parameters"));
  EXPECT_THAT(message(model, theta, "a.b", size), HasSubstr("found \"a.b\", accepted: a name without a dot"));
  EXPECT_THAT(message(model, theta, "", size), HasSubstr("accepted: a name without a dot"));
  Model clashing;
  clashing.parameters.Add("optimizer.m.a", 1, 1, Role::kPrimary, {});
  EXPECT_THAT(message(clashing, theta.head(1), "m", 1), HasSubstr("tensor \"optimizer.m.a\""));
  Model alike;
  alike.parameters.Add("a.weight", 1, 1, Role::kPrimary, {});
  alike.parameters.Add("a.columns", 1, 1, Role::kPrimary, {});
  EXPECT_THAT(message(alike, theta.head(2), "m", 2), HasSubstr("\"a.weight\" twice"));
  EXPECT_FALSE(std::filesystem::exists(InFolder("never")));
}

}  // namespace
}  // namespace hyperwidth
