// SPDX-License-Identifier: Apache-2.0
#include "training/conditioned_data/data_split.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "models/random_stream.h"
#include "training/require_option.h"

namespace hyperwidth {
namespace {

// What random numbers are for.
enum Draw : std::uint64_t { kConditionDraw = 0x5b11, kSampleDraw, kSeenDraw, kValidationDraw };

void RequireOptions(const SplitOptions& options) {
  const double held_out = options.validation_share + options.test_share;
  RequireOption(options.validation_share > 0, "validation_share", options.validation_share, "more than 0");
  RequireOption(options.test_share > 0, "test_share", options.test_share, "more than 0");
  RequireOption(held_out < 1, "validation_share + test_share", held_out, "less than 1");
  RequireOption(
      options.seen_share >= 0 && options.seen_share < 1, "seen_share", options.seen_share, "0 to less than 1");
}

// How many of `all` make up a share: the nearest number, at least one.
std::int64_t Share(double share, std::int64_t all) {
  return std::max<std::int64_t>(1, std::llround(share * static_cast<double>(all)));
}

[[noreturn]] void Refuse(const ConditionedData& data, const std::string& what) {
  throw std::runtime_error(data.origin() + ": " + what);
}

// The distinct conditions for which `has` a sample, each by its first row.
template <typename Has>
std::vector<std::int64_t> DistinctConditions(const ConditionedData& data, Has&& has) {
  std::vector<bool> found(static_cast<std::size_t>(data.conditions()));
  for (std::int64_t g = 0; g < data.conditions(); ++g) {
    for (std::int64_t s = data.start(g); s < data.start(g + 1); ++s) {
      if (!has(s)) continue;
      found[static_cast<std::size_t>(data.representative(g))] = true;
      break;
    }
  }
  std::vector<std::int64_t> distinct;
  for (std::int64_t g = 0; g < data.conditions(); ++g) {
    if (found[static_cast<std::size_t>(g)]) distinct.push_back(g);
  }
  return distinct;
}

// Items 0 .. count - 1 in random order, the first for test, the next for validation.
struct Shares {
  std::vector<std::int64_t> order;
  std::int64_t test = 0, validation = 0;

  Subset Of(std::int64_t place) const {
    return place < test ? Subset::kTest : place < test + validation ? Subset::kValidation : Subset::kTrain;
  }
};

Shares DrawShares(std::int64_t count, const SplitOptions& options, Draw draw) {
  Shares shares{.order = RandomStream(options.seed, {draw}).Permutation(count),
                .test = Share(options.test_share, count),
                .validation = Share(options.validation_share, count)};
  // Two are left to train on, however large the shares.
  shares.test = std::min(shares.test, count - 3);
  shares.validation = std::min(shares.validation, count - 2 - shares.test);
  return shares;
}

// A part of the samples of every condition that is in training, drawn for each by itself.
void HoldOutSeen(const ConditionedData& data, const SplitOptions& options, std::vector<Subset>& subset_of) {
  for (std::int64_t g = 0; g < data.conditions(); ++g) {
    const std::int64_t first = data.start(g), count = data.start(g + 1) - first;
    if (count < 2 || subset_of[static_cast<std::size_t>(first)] != Subset::kTrain) continue;
    RandomStream random(options.seed, {kSeenDraw, static_cast<std::uint64_t>(g)});
    // Rounded up or down at random, so that small conditions give their share on average.
    const double wanted = options.seen_share * static_cast<double>(count);
    const auto held = std::min(count - 1, static_cast<std::int64_t>(std::floor(wanted + random.Uniform())));
    const std::vector<std::int64_t> order = random.Permutation(count);
    for (std::int64_t i = 0; i < held; ++i) {
      subset_of[static_cast<std::size_t>(first + order[static_cast<std::size_t>(i)])] = Subset::kSeenTest;
    }
  }
}

std::vector<Subset> ByCondition(const ConditionedData& data, const SplitOptions& options) {
  const std::vector<std::int64_t> distinct = DistinctConditions(data, [](std::int64_t) { return true; });
  const auto count = static_cast<std::int64_t>(distinct.size());
  if (count < kLeastToSplit) {
    Refuse(data,
           "found " + std::to_string(count) + " distinct conditions; accepted for a split by condition: at least " +
               std::to_string(kLeastToSplit) + ", or a split by sample");
  }
  const Shares shares = DrawShares(count, options, kConditionDraw);
  std::vector<Subset> subset_of_condition(static_cast<std::size_t>(data.conditions()));
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int64_t g = distinct[static_cast<std::size_t>(shares.order[static_cast<std::size_t>(i)])];
    subset_of_condition[static_cast<std::size_t>(g)] = shares.Of(i);
  }
  std::vector<Subset> subset_of;
  for (std::int64_t g = 0; g < data.conditions(); ++g) {
    const auto count_here = static_cast<std::size_t>(data.start(g + 1) - data.start(g));
    subset_of.insert(
        subset_of.end(), count_here, subset_of_condition[static_cast<std::size_t>(data.representative(g))]);
  }
  HoldOutSeen(data, options, subset_of);
  return subset_of;
}

std::vector<Subset> BySample(const ConditionedData& data, const SplitOptions& options) {
  const std::int64_t count = data.samples();
  if (count < kLeastToSplit) {
    Refuse(
        data,
        "found " + std::to_string(count) + " samples; accepted for a split: at least " + std::to_string(kLeastToSplit));
  }
  const Shares shares = DrawShares(count, options, kSampleDraw);
  std::vector<Subset> subset_of(static_cast<std::size_t>(count));
  for (std::int64_t i = 0; i < count; ++i) {
    subset_of[static_cast<std::size_t>(shares.order[static_cast<std::size_t>(i)])] = shares.Of(i);
  }
  return subset_of;
}

// Validation from what is for training: of its conditions if there are three or more, else of its samples.
void DrawValidation(const ConditionedData& data, const SplitOptions& options, std::vector<Subset>& subset_of) {
  const auto is_train = [&](std::int64_t s) { return subset_of[static_cast<std::size_t>(s)] == Subset::kTrain; };
  const std::vector<std::int64_t> distinct = DistinctConditions(data, is_train);
  RandomStream random(options.seed, {kValidationDraw});
  if (distinct.size() >= 3) {
    const auto count = static_cast<std::int64_t>(distinct.size());
    const std::vector<std::int64_t> order = random.Permutation(count);
    std::vector<bool> chosen(static_cast<std::size_t>(data.conditions()));
    for (std::int64_t i = 0; i < std::min(Share(options.validation_share, count), count - 2); ++i) {
      chosen[static_cast<std::size_t>(distinct[static_cast<std::size_t>(order[static_cast<std::size_t>(i)])])] = true;
    }
    for (std::int64_t g = 0; g < data.conditions(); ++g) {
      if (!chosen[static_cast<std::size_t>(data.representative(g))]) continue;
      for (std::int64_t s = data.start(g); s < data.start(g + 1); ++s) {
        if (is_train(s)) subset_of[static_cast<std::size_t>(s)] = Subset::kValidation;
      }
    }
    return;
  }
  std::vector<std::int64_t> samples;
  for (std::int64_t s = 0; s < data.samples(); ++s) {
    if (is_train(s)) samples.push_back(s);
  }
  const auto count = static_cast<std::int64_t>(samples.size());
  if (count < 3) {
    Refuse(data,
           "split: found no validation (1) and " + std::to_string(count) +
               " training samples to draw it from; accepted: at least 3");
  }
  const std::vector<std::int64_t> order = random.Permutation(count);
  for (std::int64_t i = 0; i < std::min(Share(options.validation_share, count), count - 2); ++i) {
    subset_of[static_cast<std::size_t>(samples[static_cast<std::size_t>(order[static_cast<std::size_t>(i)])])] =
        Subset::kValidation;
  }
}

std::vector<Subset> AsGiven(const ConditionedData& data, const SplitOptions& options) {
  const GivenSplit& given = *data.given_split();
  std::vector<Subset> subset_of;
  std::array<bool, 3> has = {};
  for (std::int64_t g = 0; g < data.conditions(); ++g) {
    for (std::int64_t s = data.start(g); s < data.start(g + 1); ++s) {
      const DataPart part = given.parts[static_cast<std::size_t>(given.per_condition ? g : s)];
      has[static_cast<std::size_t>(part)] = true;
      subset_of.push_back(part == DataPart::kTrain        ? Subset::kTrain
                          : part == DataPart::kValidation ? Subset::kValidation
                                                          : Subset::kTest);
    }
  }
  if (!has[0] || !has[2]) {
    Refuse(data,
           std::string("split: found no ") + (has[0] ? "test (2)" : "training (0)") +
               " samples; accepted: 0 (train), 2 (test) and, if you like, 1 (validation)");
  }
  if (!has[1]) DrawValidation(data, options, subset_of);
  return subset_of;
}

// Test samples of conditions that training has seen are told apart.
void TellSeenApart(const ConditionedData& data, std::vector<Subset>& subset_of) {
  const std::vector<std::int64_t> trained = DistinctConditions(
      data, [&](std::int64_t s) { return subset_of[static_cast<std::size_t>(s)] == Subset::kTrain; });
  for (std::int64_t g = 0; g < data.conditions(); ++g) {
    if (!std::binary_search(trained.begin(), trained.end(), data.representative(g))) continue;
    for (std::int64_t s = data.start(g); s < data.start(g + 1); ++s) {
      Subset& subset = subset_of[static_cast<std::size_t>(s)];
      if (subset == Subset::kTest) subset = Subset::kSeenTest;
    }
  }
}

}  // namespace

DataSplit::DataSplit(const ConditionedData& data, std::vector<Subset> subset_of, std::string how)
    : subset_of_(std::move(subset_of)) {
  if (static_cast<std::int64_t>(subset_of_.size()) != data.samples()) {
    throw std::invalid_argument("split: found " + std::to_string(subset_of_.size()) +
                                " entries, accepted: " + std::to_string(data.samples()) + ", one for each sample");
  }
  for (std::int64_t g = 0; g < data.conditions(); ++g) {
    for (std::int64_t s = data.start(g); s < data.start(g + 1); ++s) {
      const auto subset = static_cast<std::size_t>(of(s));
      ++samples_[subset];
      if (conditions_[subset].empty() || conditions_[subset].back() != g) conditions_[subset].push_back(g);
    }
  }
  const auto part = [&](Subset subset) {
    return std::to_string(samples(subset)) + " of " + std::to_string(conditions(subset).size()) + " conditions";
  };
  how_ = std::move(how) + ": samples for training " + part(Subset::kTrain) + ", validation " +
         part(Subset::kValidation) + ", test " + part(Subset::kTest) + " unseen and " + part(Subset::kSeenTest) +
         " seen";
}

DataSplit SplitData(const ConditionedData& data, const SplitOptions& options) {
  RequireOptions(options);
  const bool is_given = data.given_split().has_value();
  const bool by_condition = options.by == SplitBy::kCondition;
  std::vector<Subset> subset_of = is_given       ? AsGiven(data, options)
                                  : by_condition ? ByCondition(data, options)
                                                 : BySample(data, options);
  TellSeenApart(data, subset_of);
  return DataSplit(data,
                   std::move(subset_of),
                   is_given       ? "as the data say"
                   : by_condition ? "by condition"
                                  : "by sample");
}

}  // namespace hyperwidth
