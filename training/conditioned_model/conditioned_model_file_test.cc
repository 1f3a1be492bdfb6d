// SPDX-License-Identifier: Apache-2.0
#include "training/conditioned_model/conditioned_model_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <functional>
#include <iterator>
#include <limits>
#include <stdexcept>

#include "models/random_stream.h"
#include "training/checkpoint/model_checkpoint.h"
#include "training/checkpoint/safetensors.h"
#include "training/conditioned_model/test_model.h"

namespace hyperwidth {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using Metadata = std::map<std::string, std::string>;

fs::path InFolder(const std::string& name) { return fs::path(::testing::TempDir()) / name; }

bool HaveSameBits(const Vector<float>& a, const Vector<float>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), static_cast<std::size_t>(a.size()) * 4) == 0;
}

// The message of the std::invalid_argument that `action` throws, which is one line.
std::string Refusal(const std::function<void()>& action) {
  try {
    action();
  } catch (const std::invalid_argument& error) {
    EXPECT_THAT(error.what(), AllOf(HasSubstr("accepted"), Not(HasSubstr("\n"))));
    return error.what();
  }
  ADD_FAILURE() << "nothing was thrown";
  return "";
}

// Writes the model with other metadata. An empty value removes a key.
void WriteChanged(const fs::path& path, const ConditionedModel& model, const Metadata& changes) {
  SaveConditionedModel(path, model);
  const Safetensors saved = Safetensors::Read(path);
  Metadata metadata = saved.metadata();
  for (const auto& [key, value] : changes) {
    EXPECT_TRUE(metadata.contains(key) || !value.empty()) << key;
    metadata[key] = value;
    if (value.empty()) metadata.erase(key);
  }
  Safetensors changed(saved.tensors(), metadata);
  for (const StoredTensor& tensor : saved.tensors()) changed.Set<float>(tensor.name, saved.Get<float>(tensor.name));
  changed.Write(path);
}

std::string RefusalOf(const Metadata& changes, const ConditionedModel& model) {
  const fs::path path = InFolder("changed.safetensors");
  WriteChanged(path, model, changes);
  const std::string message = Refusal([&] { LoadConditionedModel(path); });
  EXPECT_THAT(message, StartsWith(path.string() + ": "));
  return message;
}

std::string RefusalOf(const Metadata& changes) { return RefusalOf(changes, TestModel("hypernetwork")); }

void ExpectSame(const ConditionedModel& a, const ConditionedModel& b) {
  EXPECT_EQ(a.scheme, b.scheme);
  EXPECT_EQ(a.sizes.x_size, b.sizes.x_size);
  EXPECT_EQ(a.sizes.condition_size, b.sizes.condition_size);
  EXPECT_EQ(a.sizes.outputs, b.sizes.outputs);
  EXPECT_EQ(a.sizes.condition_hidden, b.sizes.condition_hidden);
  EXPECT_EQ(a.sizes.primary_hidden, b.sizes.primary_hidden);
  EXPECT_EQ(a.sizes.scalars, b.sizes.scalars);
  EXPECT_EQ(a.sizes.known_conditions, b.sizes.known_conditions);
  EXPECT_EQ(a.sizes.chunk, b.sizes.chunk);
  EXPECT_EQ(a.sizes.chunk_name, b.sizes.chunk_name);
  EXPECT_EQ(a.sizes.generated_has_bias, b.sizes.generated_has_bias);
  EXPECT_EQ(a.sizes.function, b.sizes.function);
  EXPECT_EQ(a.sizes.generated_layers, b.sizes.generated_layers);
  EXPECT_EQ(a.standardisation, b.standardisation);
  EXPECT_EQ(a.classes, b.classes);
  EXPECT_EQ(a.known_conditions, b.known_conditions);
  EXPECT_TRUE(HaveSameBits(a.theta, b.theta));
}

TEST(ConditionedModelFile, OfEverySchemeComesBackBitForBit) {
  for (const std::string& scheme : AllSchemeNames()) {
    SCOPED_TRACE(scheme);
    ConditionedModel model = TestModel(scheme);
    model.theta.head(3) << -0.0f, std::numeric_limits<float>::denorm_min(), std::numeric_limits<float>::quiet_NaN();
    model.standardisation.x.mean[1] = std::numeric_limits<double>::max();
    model.standardisation.x.scale[0] = std::numeric_limits<double>::denorm_min();
    SaveConditionedModel(InFolder(scheme), model);
    ExpectSame(LoadConditionedModel(InFolder(scheme)), model);
  }
}

TEST(ConditionedModelFile, KeepsEveryKindOfSize) {
  for (const Function function : AllFunctions()) {
    SchemeSizes sizes = TestSizes();
    sizes.function = function;
    sizes.condition_hidden = {};
    sizes.generated_has_bias = false;
    sizes.generated_layers = 2;
    for (const char* scheme : {"hypernetwork", "low-rank"}) {
      const ConditionedModel model = TestModel(scheme, sizes);
      SaveConditionedModel(InFolder("sizes"), model);
      ExpectSame(LoadConditionedModel(InFolder("sizes")), model);
    }
  }
}

// Sizes of which a file's tensors are only just enough.
TEST(ConditionedModelFile, KeepsModelsOfExtremeSizes) {
  for (const std::string& scheme : AllSchemeNames()) {
    SCOPED_TRACE(scheme);
    SchemeSizes without_bias = TestSizes();
    without_bias.generated_has_bias = false;
    SchemeSizes linear = without_bias;
    linear.condition_hidden = {};
    if (scheme != "film") linear.primary_hidden = {};  // film acts on hidden units
    const SchemeSizes least = {.x_size = 1,
                               .condition_size = 1,
                               .condition_hidden = {},
                               .primary_hidden = {1},
                               .scalars = 1,
                               .known_conditions = 1,
                               .chunk = 1,
                               .chunk_name = 1,
                               .generated_has_bias = false};
    SchemeSizes many_coordinates = TestSizes();  // and functions, but few units between them
    many_coordinates.x_size = 50;
    many_coordinates.condition_hidden = many_coordinates.primary_hidden = {2};
    many_coordinates.scalars = 200;
    for (const SchemeSizes& sizes : {without_bias, linear, least, many_coordinates}) {
      const ConditionedModel model = TestModel(scheme, sizes);
      SaveConditionedModel(InFolder("plain"), model);
      ExpectSame(LoadConditionedModel(InFolder("plain")), model);
    }
  }
}

TEST(ConditionedModelFile, WithoutTheNumberOfGeneratedLayersIsOneThatGeneratesAll) {
  const ConditionedModel model = TestModel("hypernetwork");
  const fs::path path = InFolder("older.safetensors");
  WriteChanged(path, model, {{"architecture.sizes.generated_layers", ""}});
  ExpectSame(LoadConditionedModel(path), model);
}

TEST(ConditionedModelFile, KeepsClassesWithoutAStandardisationOfY) {
  ConditionedModel model = TestModel("film");
  model.classes = {7, -0.5};
  model.standardisation.y = {};
  SaveConditionedModel(InFolder("classes"), model);
  ExpectSame(LoadConditionedModel(InFolder("classes")), model);
}

TEST(ConditionedModelFile, HasTensorsByTheirNamesInPyTorchAndTheNotes) {
  SaveConditionedModel(InFolder("named"), TestModel("embedding"), {{"task", "bumps"}});
  const Safetensors file = Safetensors::Read(InFolder("named"));
  ASSERT_NE(file.Find("q.0.weight"), nullptr);
  EXPECT_EQ(file.Find("q.0.weight")->shape, (std::vector<std::int64_t>{13, 3 + 6}));
  EXPECT_EQ(file.metadata().at("note.task"), "bumps");
  EXPECT_EQ(file.metadata().at("scheme"), "embedding");
  EXPECT_EQ(file.metadata().at("architecture.sizes.primary_hidden"), "13,9");
  EXPECT_EQ(file.metadata().at("architecture.conditioned_model"), "1");
}

TEST(ConditionedModelFile, IsNotWrittenForAModelThatDoesNotFitItself) {
  const auto refusal = [](const std::function<void(ConditionedModel&)>& spoil) {
    ConditionedModel model = TestModel("table");
    spoil(model);
    const fs::path path = InFolder("spoilt.safetensors");
    const std::string message = Refusal([&] { SaveConditionedModel(path, model); });
    EXPECT_FALSE(fs::exists(path));
    return message;
  };
  EXPECT_THAT(refusal([](auto& m) { m.scheme = "tabel"; }), HasSubstr("scheme: found 'tabel'"));
  EXPECT_THAT(refusal([](auto& m) { m.theta.conservativeResize(7); }), HasSubstr("parameters: found 7, accepted: "));
  EXPECT_THAT(refusal([](auto& m) { m.standardisation.x.mean.pop_back(); }),
              HasSubstr("standardisation.x.mean: found 2, accepted: 3"));
  EXPECT_THAT(refusal([](auto& m) { m.standardisation.condition.scale.push_back(1); }),
              HasSubstr("standardisation.condition.scale: found 6, accepted: 5"));
  EXPECT_THAT(refusal([](auto& m) { m.standardisation.y.scale[1] = 0; }),
              HasSubstr("standardisation.y.scale: found 0, accepted: finite numbers above 0"));
  EXPECT_THAT(refusal([](auto& m) { m.standardisation.y.mean[1] = std::numeric_limits<double>::infinity(); }),
              EndsWith("standardisation.y.mean: found inf, accepted: finite numbers"));
  EXPECT_THAT(refusal([](auto& m) { m.classes = {1}; }), HasSubstr("classes: found 1, accepted: 2"));
  EXPECT_THAT(refusal([](auto& m) { m.classes = {3, 3}; }), HasSubstr("distinct classes: found 1, accepted: 2"));
  EXPECT_THAT(refusal([](auto& m) { m.classes = {3, std::nan("")}; }), HasSubstr("classes: found nan"));
  EXPECT_THAT(refusal([](auto& m) { m.known_conditions.clear(); }),
              HasSubstr("known_conditions: found 0, accepted: 20"));
  ConditionedModel wide = TestModel("concat");
  wide.sizes.chunk = Index{1} << 40;  // which no concat needs, but no file may claim
  EXPECT_THAT(Refusal([&] { SaveConditionedModel(InFolder("wide"), wide); }),
              HasSubstr("chunk: found \"1099511627776\""));
}

TEST(ConditionedModelFile, RefusesAnotherFileInOneLine) {
  const ConditionedModel model = TestModel("concat");
  SaveModel<float>(InFolder("bare"), model.MakeModel(), model.theta);
  EXPECT_THAT(
      Refusal([] { LoadConditionedModel(InFolder("bare")); }),
      HasSubstr("bare: metadata \"conditioned_model\": found none, accepted: a model that hyperwidth has saved"));
  std::ofstream(InFolder("text")) << "no model at all";
  EXPECT_THAT(Refusal([] { LoadConditionedModel(InFolder("text")); }), HasSubstr("text: "));
  EXPECT_THROW(LoadConditionedModel(InFolder("nowhere")), std::runtime_error);
}

TEST(ConditionedModelFile, RefusesMetadataThatDoNotFitInOneLine) {
  EXPECT_THAT(RefusalOf({{"architecture.conditioned_model", "2"}}), HasSubstr("found \"2\", accepted: \"1\""));
  EXPECT_THAT(RefusalOf({{"scheme", ""}}), HasSubstr("metadata \"scheme\": found none"));
  EXPECT_THAT(RefusalOf({{"scheme", "hyper\nnetwork"}}), HasSubstr("accepted: concat, embedding"));
  EXPECT_THAT(RefusalOf({{"scheme", "film"}}), HasSubstr("tensor"));
  EXPECT_THAT(RefusalOf({{"architecture.standardisation.x.mean", ""}}), HasSubstr("found none"));
  EXPECT_THAT(RefusalOf({{"architecture.standardisation.x.mean", "1,2,x"}}),
              HasSubstr("found \"1,2,x\", accepted: numbers"));
  EXPECT_THAT(RefusalOf({{"architecture.standardisation.x.mean", "1,2"}}), HasSubstr("mean: found 2, accepted: 3"));
  EXPECT_THAT(RefusalOf({{"architecture.standardisation.x.scale", "1,2,-3"}}), HasSubstr("found -3"));
  EXPECT_THAT(RefusalOf({{"architecture.standardisation.condition.mean", "0,0,0,0,nan"}}), HasSubstr("found nan"));
  EXPECT_THAT(RefusalOf({{"architecture.classes", "1,1"}}), HasSubstr("distinct classes"));
  EXPECT_THAT(RefusalOf({{"architecture.known_conditions", "1"}}), HasSubstr("known_conditions: found 1, accepted: 0"));
}

TEST(ConditionedModelFile, RefusesSizesThatAreOutOfRangeOrDoNotFitInOneLine) {
  const auto refusal = [](const std::string& size, const std::string& value) {
    return RefusalOf({{"architecture.sizes." + size, value}});
  };
  EXPECT_THAT(refusal("x_size", ""), HasSubstr("x_size: found none"));
  for (const char* const value : {"0", "-1", "16777217", "99999999999999999999", "3,4", "3.0", "three", " 3"}) {
    EXPECT_THAT(refusal("x_size", value),
                HasSubstr("x_size: found \"" + std::string(value) + "\", accepted: an integer from 1 to 16777216"));
  }
  for (const char* const size :
       {"condition_size", "outputs", "scalars", "known_conditions", "chunk", "chunk_name", "condition_hidden"}) {
    EXPECT_THAT(refusal(size, "0"), HasSubstr(std::string(size) + ": found \"0\", accepted: "));
    EXPECT_THAT(refusal(size, ""), HasSubstr(std::string(size) + ": found none, accepted: "));
  }
  EXPECT_THAT(refusal("x_size", "4"), HasSubstr("tensor"));
  EXPECT_THAT(refusal("condition_size", "6"), HasSubstr("tensor"));
  EXPECT_THAT(refusal("outputs", "1"), HasSubstr("tensor"));
  EXPECT_THAT(refusal("primary_hidden", "13,0"), HasSubstr("accepted: at most 1000 integers from 1 to 16777216"));
  EXPECT_THAT(refusal("primary_hidden", "13,8"), HasSubstr("tensor"));
  EXPECT_THAT(refusal("condition_hidden", "7"), HasSubstr("tensor"));
  std::string many = "1";
  for (int i = 0; i < 1000; ++i) many += ",1";
  EXPECT_THAT(refusal("condition_hidden", many), HasSubstr("at most 1000 integers"));
  EXPECT_THAT(refusal("generated_has_bias", "yes"), HasSubstr("accepted: true, false"));
  EXPECT_THAT(refusal("generated_has_bias", "false"), HasSubstr("tensor"));
  EXPECT_THAT(refusal("generated_layers", "-1"), HasSubstr("accepted: an integer from 0 to 16777216"));
  EXPECT_THAT(refusal("generated_layers", "4"), HasSubstr("generated_layers: found 4"));
  EXPECT_THAT(refusal("generated_layers", "2"), HasSubstr("tensor"));
  EXPECT_THAT(refusal("function", "rleu"), HasSubstr("accepted: relu, leaky_relu"));
  EXPECT_THAT(refusal("dept\nh", "3"), HasSubstr("accepted: no size of this name"));
}

TEST(ConditionedModelFile, BuildsNothingOfASizeThatTheFileDoesNotHave) {
  const auto refusal = [](const std::string& scheme, const Metadata& sizes) {
    Metadata changes;
    for (const auto& [name, value] : sizes) changes["architecture.sizes." + name] = value;
    return RefusalOf(changes, TestModel(scheme));
  };
  const std::string most = "16777216", wide = most + "," + most + "," + most;
  for (const std::string& scheme : AllSchemeNames()) {
    EXPECT_THAT(refusal(scheme, {{"primary_hidden", wide}, {"condition_hidden", wide}}), HasSubstr("sizes: found "))
        << scheme;
  }
  EXPECT_THAT(refusal("hypernetwork", {{"condition_hidden", wide}}), HasSubstr("tensor"));
  EXPECT_THAT(refusal("chunked-hypernetwork", {{"chunk", "1"}}), HasSubstr("found 198 chunks, accepted: at most 7"));
  for (const std::string scheme : {"deeponet", "shift-deeponet", "flex-deeponet"}) {
    EXPECT_THAT(refusal(scheme, {{"scalars", most}}), HasSubstr(" functions, ")) << scheme;
  }
  EXPECT_THAT(refusal("shift-deeponet", {{"scalars", "400"}}), HasSubstr("found 2400 moves, accepted: at most 1698"));
  EXPECT_THAT(refusal("concat", {{"outputs", most}}), HasSubstr("outputs"));
}

// Whatever a byte of the header becomes, the file is read as a model that fits itself, or refused in one line.
TEST(ConditionedModelFile, WithAnyByteOfTheHeaderChangedIsReadOrRefused) {
  const fs::path path = InFolder("bytes.safetensors");
  SaveConditionedModel(path, TestModel("chunked-hypernetwork"), {{"task", "bumps"}});
  std::ifstream file(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  std::uint64_t header = 0;
  std::memcpy(&header, bytes.data(), sizeof header);
  RandomStream random(1);
  int read = 0, refused = 0;
  for (std::size_t at = 0; at < sizeof header + header; ++at) {
    std::string changed = bytes;
    const std::string digits = "0123456789,.-e\"x{";
    changed[at] =
        at % 2 == 0 ? digits[random.Below(digits.size())] : static_cast<char>(changed[at] ^ (1 << random.Below(8)));
    std::ofstream(path, std::ios::binary) << changed;
    try {
      Validate(LoadConditionedModel(path));
      ++read;
    } catch (const std::invalid_argument& error) {
      ASSERT_THAT(error.what(), AllOf(StartsWith(path.string() + ": "), Not(HasSubstr("\n")))) << "byte " << at;
      ++refused;
    }
  }
  // Both happen: digits of a mean change nothing else, digits of a shape do.
  EXPECT_GT(read, 100);
  EXPECT_GT(refused, 1000);
}

TEST(KnownConditions, AreFoundByTheirNumbers) {
  const ConditionedModel model = TestModel("table");
  const KnownConditions known(model);
  for (Index id = 0; id < 4; ++id) {
    EXPECT_EQ(known.IdOf({model.known_conditions.data() + 5 * id, 5}), id);
  }
  std::vector<double> other(model.known_conditions.begin(), model.known_conditions.begin() + 5);
  other[4] += 1e-9;
  EXPECT_THAT(Refusal([&] { known.IdOf(other); }), HasSubstr("accepted: one of the 4 that it was trained with"));
}

TEST(KnownConditions, OfOneThatIsThereTwiceTheFirstCounts) {
  ConditionedModel model = TestModel("table");
  for (const int from : {15, 5}) {
    std::copy_n(model.known_conditions.begin() + from, 5, model.known_conditions.begin() + 10);
    const KnownConditions known(model);
    EXPECT_EQ(known.IdOf({model.known_conditions.data() + 10, 5}), from == 15 ? 2 : 1);
    EXPECT_EQ(known.IdOf({model.known_conditions.data(), 5}), 0);
  }
}

TEST(KnownConditions, TakeMinusZeroForZero) {
  ConditionedModel model = TestModel("table");
  model.known_conditions[7] = -0.0;
  std::vector<double> wanted(model.known_conditions.begin() + 5, model.known_conditions.begin() + 10);
  wanted[2] = 0.0;
  EXPECT_EQ(KnownConditions(model).IdOf(wanted), 1);
}

}  // namespace
}  // namespace hyperwidth
