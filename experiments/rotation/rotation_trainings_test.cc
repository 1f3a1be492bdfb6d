// SPDX-License-Identifier: Apache-2.0
#include "experiments/rotation/rotation_trainings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "experiments/program/repeated_run.h"
#include "experiments/result/result_file.h"
#include "experiments/rotation/rotation_experiment.h"

namespace hyperwidth {
namespace {

using Change = std::function<void(RotationRunOptions&)>;

std::string TextOf(const RotationRunOptions& options) {
  std::string text;
  for (const Field& field : RotationTrainingValues(options)) text += field.name + "=" + FieldText(field.value) + "\n";
  return text;
}

// What is left out would be taken from a training that was another one.
TEST(RotationTrainingValues, DifferInWhateverDiffers) {
  const std::vector<Change> changes = {
      [](RotationRunOptions& o) { o.model = RotationModel::kHypernetwork; },
      [](RotationRunOptions& o) { o.architecture.image_size = 7; },
      [](RotationRunOptions& o) { o.architecture.depth = 7; },
      [](RotationRunOptions& o) { o.architecture.width = 7; },
      [](RotationRunOptions& o) { o.architecture.last_width = 7; },
      [](RotationRunOptions& o) { o.architecture.primary_width = 7; },
      [](RotationRunOptions& o) { o.architecture.embedding_dim = 7; },
      [](RotationRunOptions& o) { o.architecture.generated_has_bias = true; },
      [](RotationRunOptions& o) { o.architecture.function = Function::kElu; },
      [](RotationRunOptions& o) { o.labels = RotationLabels::kPublished; },
      [](RotationRunOptions& o) { o.scale.mean += 1e-9; },
      [](RotationRunOptions& o) { o.scale.deviation += 1e-9; },
      [](RotationRunOptions& o) { o.precision = Precision::kDouble; },
      [](RotationRunOptions& o) { o.train_images = 7; },
      [](RotationRunOptions& o) { o.validation_images = 7; },
      [](RotationRunOptions& o) { o.epochs_each = 7; },
      [](RotationRunOptions& o) { o.trainer.seed = 7; },
      [](RotationRunOptions& o) { o.trainer.epochs = 7; },
      [](RotationRunOptions& o) { o.trainer.batch_size = 7; },
      [](RotationRunOptions& o) { o.trainer.shards = 7; },
      [](RotationRunOptions& o) { o.trainer.patience = 7; },
      [](RotationRunOptions& o) { o.trainer.optimizer.method = OptimizerMethod::kAdam; },
      [](RotationRunOptions& o) { o.trainer.optimizer.learning_rate = 7; },
      [](RotationRunOptions& o) { o.trainer.optimizer.momentum = 0.7; },
      [](RotationRunOptions& o) { o.trainer.optimizer.nesterov = true; },
      [](RotationRunOptions& o) { o.trainer.optimizer.weight_decay = 7; },
      [](RotationRunOptions& o) { o.trainer.optimizer.beta1 = 0.7; },
      [](RotationRunOptions& o) { o.trainer.optimizer.beta2 = 0.7; },
      [](RotationRunOptions& o) { o.trainer.optimizer.rho = 0.7; },
      [](RotationRunOptions& o) { o.trainer.optimizer.epsilon = 7; },
      [](RotationRunOptions& o) { o.trainer.optimizer.max_gradient_norm = 7; },
      [](RotationRunOptions& o) { o.trainer.optimizer.schedule.shape = ScheduleShape::kStep; },
      [](RotationRunOptions& o) { o.trainer.optimizer.schedule.warm_up = 7; },
      [](RotationRunOptions& o) { o.trainer.optimizer.schedule.period = 7; },
      [](RotationRunOptions& o) { o.trainer.optimizer.schedule.decay = 0.7; },
      [](RotationRunOptions& o) { o.trainer.optimizer.schedule.floor = 0.7; }};
  const RotationRunOptions usual{.model = RotationModel::kEmbedding};
  std::set<std::string> texts = {TextOf(usual)};
  for (const Change& change : changes) {
    RotationRunOptions changed = usual;
    change(changed);
    EXPECT_TRUE(texts.insert(TextOf(changed)).second) << TextOf(changed);
  }
}

// Neither changes what is trained.
TEST(RotationTrainingValues, DoNotDependOnThreadsAndNames) {
  RotationRunOptions options, other;
  other.trainer.threads = 3;
  other.is_named_by_learning_rate = true;
  other.architecture.embedding_dim = 7;  // of a hypernetwork
  EXPECT_EQ(TextOf(options), TextOf(other));
}

RotationOptions SmallRun() {
  auto options = QuickForm<RotationOptions>();
  options.repetitions = 2;
  options.train_images = 200;
  options.test_images = 100;
  options.epochs = 1;
  return options;
}

// Everything but the times, and the rows of metrics.csv without them.
std::string TextOf(Result result, const RunFolder& folder) {
  for (Series& series : result.series) {
    std::erase_if(series.columns, [](const Column& column) { return column.name == "seconds"; });
  }
  result.provenance.clear();
  std::string text = ToJson(result), line;
  std::istringstream metrics(Contents(folder.path() / "metrics.csv"));
  while (std::getline(metrics, line)) text += line.substr(0, line.rfind(',')) + "\n";
  return text;
}

TEST(RotationTrainings, AreDoneOnceForAllExperimentsThatNeedThem) {
  RotationOptions options = SmallRun();
  const TrainTestImages images = LoadRotationImages(options);
  const RunFolder kept = TestFolder("trainings"), first = TestFolder("first"), second = TestFolder("second"),
                  alone = TestFolder("alone");
  const auto count = [&] {
    const std::string lines = Contents(kept.path() / "trials.jsonl");
    return std::count(lines.begin(), lines.end(), '\n') - 1;
  };
  {
    RotationTrainings trainings(kept, images);
    RunRotation(options, images, first, &trainings);
    EXPECT_EQ(count(), 2 * 2);
  }
  options.match = RotationMatch::kTotal;  // the embedding stays what it was
  const RunFolder again(kept.path(), ExistingRun::kResume);
  RotationTrainings trainings(again, images);
  const Result result = RunRotation(options, images, second, &trainings);
  EXPECT_EQ(count(), 3 * 2);
  EXPECT_EQ(TextOf(result, second), TextOf(RunRotation(options, images, alone), alone));
  EXPECT_FALSE(std::filesystem::exists(second.path() / "checkpoints" / "embedding-depth2-seed1.safetensors"));
}

// An experiment is killed between its own journal and what it shares.
TEST(RotationTrainings, HaveWhatAnExperimentHasWhenItGoesOn) {
  const RotationOptions options = SmallRun();
  const TrainTestImages images = LoadRotationImages(options);
  const RunFolder folder = TestFolder("goes on");
  RunRotation(options, images, folder);
  RotationTrainings trainings(TestFolder("late trainings"), images);
  const RunFolder again(folder.path(), ExistingRun::kResume);
  RunRotation(options, images, again, &trainings);
  for (const RotationRunOptions& run : PlannedRuns(options, images)) EXPECT_TRUE(trainings.Find(run).has_value());
}

TEST(RotationTrainings, OfOtherImagesAreRefused) {
  RotationOptions options = SmallRun();
  const RunFolder kept = TestFolder("other images");
  { RotationTrainings trainings(kept, LoadRotationImages(options)); }
  options.train_images = 201;
  EXPECT_THROW(RotationTrainings(RunFolder(kept.path(), ExistingRun::kResume), LoadRotationImages(options)),
               std::runtime_error);
}

}  // namespace
}  // namespace hyperwidth
