// SPDX-License-Identifier: Apache-2.0
#include "training/checkpoint/trainer_checkpoint.h"

#include <array>
#include <charconv>
#include <stdexcept>
#include <utility>

namespace hyperwidth {
namespace {

constexpr const char* kFirstMoment = "first_moment";
constexpr const char* kSecondMoment = "second_moment";

// The shortest text from which the number comes back as it was.
template <typename Number>
std::string AsText(Number number) {
  std::array<char, 64> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
  return {text.data(), end};
}

// Calls visit(name, counter) for every number of the state, whether it is to be written or read.
template <typename State, typename Visit>
void ForEachCounter(State& state, const Visit& visit) {
  visit("seed", state.seed);
  visit("epoch", state.epoch);
  visit("items_in_epoch", state.items_in_epoch);
  visit("samples", state.samples);
  visit("optimizer_step", state.optimizer.step);
  visit("epoch_loss", state.epoch_sum.loss);
  visit("epoch_terms", state.epoch_sum.terms);
  visit("epoch_wrong", state.epoch_sum.wrong);
  visit("epoch_samples", state.epoch_sum.samples);
  visit("best_loss", state.best.loss);
  visit("best_epoch", state.best.epoch);
  visit("epochs_since_best", state.best.epochs_since);
  visit("not_numbers_since_best", state.best.not_numbers_since);
}

}  // namespace

template <typename Scalar>
void SaveTrainer(const std::filesystem::path& path, const Model& model, const TrainerCheckpoint<Scalar>& checkpoint) {
  const TrainerState<Scalar>& state = checkpoint.state;
  CheckpointExtras<Scalar> extras{.architecture = checkpoint.architecture, .notes = checkpoint.notes};
  if (state.optimizer.first_moment.size() > 0) extras.vectors[kFirstMoment] = state.optimizer.first_moment;
  if (state.optimizer.second_moment.size() > 0) extras.vectors[kSecondMoment] = state.optimizer.second_moment;
  ForEachCounter(state, [&](const char* name, const auto& number) { extras.counters[name] = AsText(number); });
  SaveModel<Scalar>(path, model, state.theta, extras);
}

template <typename Scalar>
TrainerCheckpoint<Scalar> LoadTrainer(const std::filesystem::path& path, const Model& model) {
  Checkpoint<Scalar> checkpoint = LoadModel<Scalar>(path, model);
  TrainerState<Scalar> state{.theta = std::move(checkpoint.theta)};
  for (const auto& [name, moment] : {std::pair{kFirstMoment, &state.optimizer.first_moment},
                                     std::pair{kSecondMoment, &state.optimizer.second_moment}}) {
    const auto found = checkpoint.extras.vectors.find(name);
    if (found != checkpoint.extras.vectors.end()) *moment = std::move(found->second);
  }
  ForEachCounter(state, [&](const char* name, auto& number) {
    const auto found = checkpoint.extras.counters.find(name);
    const std::string text = found == checkpoint.extras.counters.end() ? "none" : '"' + found->second + '"';
    const char* const begin = text.data() + 1;
    const char* const end = text.data() + text.size() - 1;
    const auto read = std::from_chars(begin, end, number);
    if (read.ec != std::errc() || read.ptr != end) {
      throw std::invalid_argument(path.string() + ": counter \"" + name + "\": found " + text +
                                  ", accepted: the number that a trainer's state has there");
    }
  });
  return {.state = std::move(state),
          .architecture = std::move(checkpoint.extras.architecture),
          .notes = std::move(checkpoint.extras.notes)};
}

#define HYPERWIDTH_INSTANTIATE(Scalar)                                                                             \
  template void SaveTrainer<Scalar>(const std::filesystem::path&, const Model&, const TrainerCheckpoint<Scalar>&); \
  template TrainerCheckpoint<Scalar> LoadTrainer<Scalar>(const std::filesystem::path&, const Model&);
HYPERWIDTH_INSTANTIATE(float)
HYPERWIDTH_INSTANTIATE(double)
#undef HYPERWIDTH_INSTANTIATE

}  // namespace hyperwidth
