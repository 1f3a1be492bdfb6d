// SPDX-License-Identifier: Apache-2.0
#include "training/checkpoint/periodic_checkpoint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <stdexcept>

#include "models/schemes/schemes.h"
#include "training/objectives.h"

namespace hyperwidth {
namespace {

using ::testing::HasSubstr;
using Checkpoint = PeriodicCheckpoint<double>;
using Notes = Checkpoint::Notes;

std::filesystem::path NewFile(const std::string& name) {
  const std::filesystem::path path = std::filesystem::path(::testing::TempDir()) / name;
  std::filesystem::remove(path);
  return path;
}

class Line final : public DataSource<double> {
 public:
  Index size() const override { return 4; }
  void Fill(Index epoch, std::span<const Index> items, TrainingBatch<double>& batch) const override {
    const auto count = static_cast<Index>(items.size());
    batch.group_starts = EqualGroups(count);
    batch.x = Matrix<double>::Constant(1, count, 0.1 * static_cast<double>(epoch));
    batch.condition = Matrix<double>::Constant(1, count, static_cast<double>(items.front()));
    batch.targets = Matrix<double>::Ones(1, count);
  }
};

struct Training {
  Model model = Embedding({.sizes = {1, 3}}, {.sizes = {1 + 3, 4, 1}});
  Line data;
  MeanSquaredError<double> objective;
  Vector<double> theta = Vector<double>::LinSpaced(model.parameters.size(), -0.5, 0.5);
  Trainer<double> trainer{model, data, objective, {.epochs = 3, .batch_size = 2}, theta};
};

// Seconds that pass when the test says so; each look at the clock while saving takes `cost`.
struct Clock {
  double now = 1000;
  double per_look = 0;
  std::function<double()> Function() {
    return [this] { return now += per_look; };
  }
};

const auto kNoNotes = [] { return Notes(); };

TEST(PeriodicCheckpoint, SavesAtTheEndsOfEpochsAndInEpochsOfMoreThanAMinute) {
  Training training;
  Clock clock;
  Checkpoint checkpoint(NewFile("when"), training.model, {}, clock.Function());
  EXPECT_FALSE(checkpoint.SaveIfDue(training.trainer, false, kNoNotes));
  clock.now += 59.9;
  EXPECT_FALSE(checkpoint.SaveIfDue(training.trainer, false, kNoNotes));
  EXPECT_FALSE(std::filesystem::exists(checkpoint.path()));
  clock.now += 0.2;
  EXPECT_TRUE(checkpoint.SaveIfDue(training.trainer, false, kNoNotes));
  EXPECT_TRUE(std::filesystem::exists(checkpoint.path()));
  clock.now += 59.9;
  EXPECT_FALSE(checkpoint.SaveIfDue(training.trainer, false, kNoNotes));
  EXPECT_TRUE(checkpoint.SaveIfDue(training.trainer, true, kNoNotes));
}

TEST(PeriodicCheckpoint, SpendsAHundredthOfTheTimeOnSaving) {
  Training training;
  Clock clock{.per_look = 0};
  Checkpoint checkpoint(NewFile("share"), training.model, {}, clock.Function());
  clock.per_look = 1;  // a save looks twice: a second passes between
  EXPECT_TRUE(checkpoint.SaveIfDue(training.trainer, true, kNoNotes));
  clock.per_look = 0;
  clock.now = 1000 + 99.9;
  EXPECT_FALSE(checkpoint.SaveIfDue(training.trainer, true, kNoNotes));
  clock.now = 1000 + 100.1;
  EXPECT_TRUE(checkpoint.SaveIfDue(training.trainer, true, kNoNotes));
}

TEST(PeriodicCheckpoint, GoesOnFromWhatWasSavedWithItsNotes) {
  Training whole;
  while (!whole.trainer.IsDone()) whole.trainer.Step();
  const std::filesystem::path path = NewFile("goes on");
  {
    Training before;
    for (int step = 0; step < 3; ++step) before.trainer.Step();
    Checkpoint(path, before.model, {{"function", "relu"}}).Save(before.trainer, {{"losses", "1 2 3"}});
  }
  Training after;
  const auto notes = Checkpoint(path, after.model, {{"function", "relu"}}).Restore(after.trainer);
  ASSERT_TRUE(notes.has_value());
  EXPECT_EQ(*notes, (Notes{{"losses", "1 2 3"}}));
  while (!after.trainer.IsDone()) after.trainer.Step();
  EXPECT_EQ(after.theta, whole.theta);
}

TEST(PeriodicCheckpoint, WithoutAFileTheTrainerStaysAsItIs) {
  Training training;
  const Vector<double> before = training.theta;
  EXPECT_FALSE(Checkpoint(NewFile("none"), training.model, {}).Restore(training.trainer).has_value());
  EXPECT_EQ(training.theta, before);
}

TEST(PeriodicCheckpoint, RefusesAFileOfAnotherArchitectureOrStateAndOneThatIsDamaged) {
  const std::filesystem::path path = NewFile("other");
  Training training;
  for (int step = 0; step < 3; ++step) training.trainer.Step();
  Checkpoint(path, training.model, {{"function", "relu"}}).Save(training.trainer, {});
  const Vector<double> before = training.theta;
  const auto message = [&](const std::map<std::string, std::string>& architecture, auto& trainer) -> std::string {
    try {
      Checkpoint(path, training.model, architecture).Restore(trainer);
    } catch (const std::invalid_argument& error) {
      return error.what();
    }
    return "accepted";
  };
  EXPECT_THAT(message({{"function", "tanh"}}, training.trainer),
              HasSubstr("other: architecture: found function = relu, accepted: function = tanh"));
  EXPECT_THAT(message({}, training.trainer), HasSubstr("accepted: none"));
  Vector<double> theta = before;
  Trainer<double> of_another_seed(
      training.model, training.data, training.objective, {.epochs = 3, .batch_size = 2, .seed = 9}, theta);
  EXPECT_THAT(message({{"function", "relu"}}, of_another_seed),
              HasSubstr("other: state of a trainer: found a seed of 1"));
  std::filesystem::resize_file(path, 100);
  EXPECT_THAT(message({{"function", "relu"}}, training.trainer), HasSubstr("other"));
  EXPECT_EQ(training.theta, before);
}

}  // namespace
}  // namespace hyperwidth
