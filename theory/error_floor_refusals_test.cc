// SPDX-License-Identifier: Apache-2.0
//
// What the error floors refuse, in full.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "theory/error_floor.h"

namespace hyperwidth {
namespace {

std::string Message(const std::function<void()>& call) {
  try {
    call();
  } catch (const std::domain_error& error) {
    return error.what();
  }
  return "accepted";
}

std::string Outside(const std::string& what, const std::string& low, const std::string& high) {
  return what + " is outside the admissible range: an integer from " + low + " to " + high;
}

std::int64_t WeightsAndBiases(const LayerSizes& sizes) {
  std::int64_t sum = 0;
  for (std::size_t i = 1; i < sizes.size(); ++i) sum += sizes[i] * (sizes[i - 1] + 1);
  return sum;
}

struct Scheme {
  std::string name;
  std::string sizes;       // what its first argument is called
  int other_inputs = 0;    // besides x
  bool has_output = true;  // exactly one
  std::function<void(const SmoothTargets&, const LayerSizes&)> floor;
};

std::vector<Scheme> Conditioned() {
  return {{"embedding", "primary", 2, true, [](const auto& t, const auto& s) { EmbeddingErrorFloor(t, s, 2); }},
          {"biases", "primary", 0, true, [](const auto& t, const auto& s) { FirstLayerBiasErrorFloor(t, s); }},
          {"film", "primary", 0, true, [](const auto& t, const auto& s) { FilmErrorFloor(t, s); }},
          {"deeponet", "trunk", 0, false, [](const auto& t, const auto& s) { DeepOnetErrorFloor(t, s); }},
          {"low-rank", "primary", 0, true, [](const auto& t, const auto& s) { LowRankErrorFloor(t, s, 2); }},
          {"hypernetwork", "primary", 0, true, [](const auto& t, const auto& s) {
             HypernetworkErrorFloor(t, s, {t.condition_dim, 3, WeightsAndBiases(s)});
           }}};
}

// Also where the sizes do not fit either: targets are named first.
TEST(ErrorFloor, RefusesTargetsOutsideTheirRange) {
  for (const Scheme& scheme : Conditioned()) {
    const auto message = [&](const SmoothTargets& targets) {
      return Message([&] { scheme.floor(targets, {1'000'000'001, 1}); });
    };
    EXPECT_EQ(message({0, 1, 1}), Outside("smoothness = 0", "1", "30")) << scheme.name;
    EXPECT_EQ(message({31, 1, 1}), Outside("smoothness = 31", "1", "30")) << scheme.name;
    EXPECT_EQ(message({1, 0, 1}), Outside("primary_dim = 0", "1", "10000")) << scheme.name;
    EXPECT_EQ(message({1, 10001, 1}), Outside("primary_dim = 10001", "1", "10000")) << scheme.name;
    EXPECT_EQ(message({1, 1, 0}), Outside("condition_dim = 0", "1", "10000")) << scheme.name;
    EXPECT_EQ(message({1, 1, 10001}), Outside("condition_dim = 10001", "1", "10000")) << scheme.name;
  }
}

TEST(ErrorFloor, RefusesSizesThatDoNotFit) {
  for (const Scheme& scheme : Conditioned()) {
    const SmoothTargets targets{1, 3, 1};
    const auto message = [&](const LayerSizes& sizes) { return Message([&] { scheme.floor(targets, sizes); }); };
    const int inputs = 3 + scheme.other_inputs;
    const std::string accepted = std::to_string(inputs);
    EXPECT_EQ(message({inputs, 2, 1}), "accepted") << scheme.name;
    for (const int wrong : {inputs - 1, inputs + 1}) {
      EXPECT_EQ(message({wrong, 2, 1}),
                Outside(scheme.sizes + "[0], its inputs, = " + std::to_string(wrong), accepted, accepted));
    }
    EXPECT_EQ(
        message({inputs, 2, 2}),
        scheme.has_output ? Outside("the last size of " + scheme.sizes + ", its outputs, = 2", "1", "1") : "accepted");
    EXPECT_EQ(message({inputs, 1'000'000'001, 1}), Outside(scheme.sizes + "[1] = 1000000001", "1", "1000000000"));
  }
}

TEST(StandardErrorFloor, RefusesWhatDoesNotFit) {
  const auto message = [](const SmoothTargets& targets, const LayerSizes& sizes) {
    return Message([&] { StandardErrorFloor(targets, sizes); });
  };
  EXPECT_EQ(message({1, 2, 0}, {2, 5, 1}), "accepted");
  EXPECT_EQ(message({1, 2, -1}, {7, 5, 1}), Outside("condition_dim = -1", "0", "10000"));
  EXPECT_EQ(message({0, 2, 1}, {7, 5, 1}), Outside("smoothness = 0", "1", "30"));
  EXPECT_EQ(message({1, 2, 3}, {5, 5, 1}), "accepted");
  EXPECT_EQ(message({1, 2, 3}, {4, 5, 1}), Outside("sizes[0], its inputs, = 4", "5", "5"));
  EXPECT_EQ(message({1, 2, 3}, {6, 5, 1}), Outside("sizes[0], its inputs, = 6", "5", "5"));
  EXPECT_EQ(message({1, 2, 3}, {5, 5, 2}), Outside("the last size of sizes, its outputs, = 2", "1", "1"));
  EXPECT_EQ(message({1, 2, 3}, {5, 0, 1}), Outside("sizes[1] = 0", "1", "1000000000"));
  EXPECT_EQ(message({1, 2, 3}, {5}), "sizes has 1 layer size: at least two are needed, the inputs first");
}

TEST(ErrorFloor, RefusesWhatIsGenerated) {
  const auto embedding = [](std::int64_t k) { return Message([k] { EmbeddingErrorFloor({1, 1, 1}, {7, 5, 1}, k); }); };
  EXPECT_EQ(embedding(0), Outside("embedding_dim = 0", "1", "1000000000"));
  EXPECT_EQ(embedding(1'000'000'001), Outside("embedding_dim = 1000000001", "1", "1000000000"));
  EXPECT_EQ(Message([] { EmbeddingErrorFloor({1, 1, 1}, {2, 5, 1}, 1); }), "accepted");
  const auto rank = [](std::int64_t k) { return Message([k] { LowRankErrorFloor({1, 1, 1}, {7, 5, 1}, k); }); };
  EXPECT_EQ(rank(0), Outside("rank = 0", "1", "1000000000"));
  EXPECT_EQ(rank(1'000'000'001), Outside("rank = 1000000001", "1", "1000000000"));
  EXPECT_EQ(Message([] { LowRankErrorFloor({1, 1, 1}, {1, 5, 1}, 1); }), "accepted");
}

TEST(HypernetworkErrorFloor, RefusesAGeneratorThatDoesNotFit) {
  const auto message = [](const LayerSizes& primary, const LayerSizes& generator) {
    return Message([&] { HypernetworkErrorFloor({1, 1, 2}, primary, generator); });
  };
  EXPECT_EQ(message({1, 1}, {2, 2}), "accepted");
  EXPECT_EQ(message({1, 5, 1}, {2, 5, 16}), "accepted");
  EXPECT_EQ(message({1, 5, 1}, {3, 5, 16}), Outside("generator[0], its inputs, = 3", "2", "2"));
  EXPECT_EQ(message({1, 5, 1}, {2, 5, 17}), Outside("the last size of generator, its outputs, = 17", "16", "16"));
  const std::string generated = "the number of weights and biases of primary, which are generated, = ";
  EXPECT_EQ(message({1, 100'000, 100'000, 1}, {2, 5, 3}), Outside(generated + "10000400001", "1", "1000000000"));
  EXPECT_EQ(message({1, 1'000'000'000, 1'000'000'000, 1}, {2, 5, 3}),
            Outside(generated + "9223372036854775807", "1", "1000000000"));
}

}  // namespace
}  // namespace hyperwidth
