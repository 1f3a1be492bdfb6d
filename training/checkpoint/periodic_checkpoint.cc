// SPDX-License-Identifier: Apache-2.0
#include "training/checkpoint/periodic_checkpoint.h"

#include <chrono>
#include <stdexcept>
#include <utility>

namespace hyperwidth {
namespace {

double SteadySeconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

std::string Text(const std::map<std::string, std::string>& architecture) {
  std::string text;
  for (const auto& [key, value] : architecture) text += (text.empty() ? "" : ", ") + key + " = " + value;
  return text.empty() ? "none" : text;
}

}  // namespace

template <typename Scalar>
PeriodicCheckpoint<Scalar>::PeriodicCheckpoint(std::filesystem::path path,
                                               const Model& model,
                                               std::map<std::string, std::string> architecture,
                                               std::function<double()> clock)
    : path_(std::move(path)),
      model_(model),
      architecture_(std::move(architecture)),
      clock_(clock ? std::move(clock) : SteadySeconds),
      start_(clock_()),
      last_(start_) {}

template <typename Scalar>
auto PeriodicCheckpoint<Scalar>::Restore(Trainer<Scalar>& trainer) const -> std::optional<Notes> {
  if (!std::filesystem::exists(path_)) return {};
  TrainerCheckpoint<Scalar> checkpoint = LoadTrainer<Scalar>(path_, model_);
  if (checkpoint.architecture != architecture_) {
    throw std::invalid_argument(path_.string() + ": architecture: found " + Text(checkpoint.architecture) +
                                ", accepted: " + Text(architecture_));
  }
  try {
    trainer.Restore(checkpoint.state);
  } catch (const std::invalid_argument& error) {
    throw std::invalid_argument(path_.string() + ": " + error.what());
  }
  return std::move(checkpoint.notes);
}

template <typename Scalar>
bool PeriodicCheckpoint<Scalar>::SaveIfDue(const Trainer<Scalar>& trainer,
                                           bool ends_epoch,
                                           const std::function<Notes()>& notes) {
  const double now = clock_();
  if (!ends_epoch && now - last_ < kLongestWait) return false;
  if (spent_ > kShareOfTime * (now - start_)) return false;
  Save(trainer, notes());
  return true;
}

template <typename Scalar>
void PeriodicCheckpoint<Scalar>::Save(const Trainer<Scalar>& trainer, const Notes& notes) {
  const double begin = clock_();
  SaveTrainer<Scalar>(path_, model_, {.state = trainer.State(), .architecture = architecture_, .notes = notes});
  last_ = clock_();
  spent_ += last_ - begin;
}

template class PeriodicCheckpoint<float>;
template class PeriodicCheckpoint<double>;

}  // namespace hyperwidth
