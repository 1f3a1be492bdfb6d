// SPDX-License-Identifier: Apache-2.0
//
// The example of README.md, and what it does.

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <string>

#include "models/schemes/schemes.h"
#include "training/checkpoint/model_checkpoint.h"
#include "training/mpi/mpi_program.h"
#include "training/mpi/mpi_shard_exchange.h"
#include "training/objectives.h"
#include "training/trainer.h"
#include "training/trials/trials_in_folder.h"

namespace {

// README example begins.
using namespace hyperwidth;

// The main function of a program that sums squares: mpirun -n 4 squares DIR
int SumSquares(int argc, char** argv) {
  return RunWithMpi(argc, argv, [](int count, char** arguments, TrialExecutor& executor, int threads) {
    if (count != 2) return 2;
    // All processes do the same; only one of them has files.
    const RunFolder folder = executor.keeps() ? RunFolder(arguments[1], ExistingRun::kRefuse) : RunFolder::Nowhere();
    std::vector<Trial> trials;
    for (int n = 1; n <= 10; ++n) {
      trials.push_back({.values = {{"n", n}}, .measure = [n](const StopRequest&) {
                          return Fields{{"square", n * n}};
                        }});
    }
    const TrialOutcomes found =
        RunTrialsInFolder(trials, folder, {{"study", "squares"}}, {.threads = threads, .executor = &executor});
    std::int64_t sum = 0;
    for (const auto& outcome : found.outcomes) {
      if (outcome) sum += OutcomeValue<std::int64_t>(outcome->values, "square");
    }
    std::printf("%lld\n", static_cast<long long>(sum));  // once: what the other processes print goes nowhere
    return found.complete ? 0 : 1;
  });
}
// README example ends.

// README example of training begins.
// One model, trained by all processes that mpirun has started; only the first one writes.
void TrainTogether(const Model& model, const DataSource<float>& data, const MpiSession& session, int threads) {
  Vector<float> theta(model.parameters.size());
  model.parameters.Initialize<float>(/*seed=*/1, theta);
  MpiShardExchange<float> exchange(session);
  const CrossEntropy<float> objective;
  const TrainerOptions options{.epochs = 3, .batch_size = 256, .shards = 8, .threads = threads};
  Trainer<float> trainer(model, data, objective, options, theta, /*validation=*/nullptr, &exchange);
  while (!trainer.IsDone()) {
    const TrainingStep step = trainer.Step();
    if (step.ends_epoch) std::printf("epoch %lld: %f\n", static_cast<long long>(step.epoch), step.mean_loss);
  }
  if (session.rank() == 0) SaveModel<float>("model.safetensors", model, theta, {});
}
// README example of training ends.

TEST(Readme, ExampleSumsSquares) {
  std::string program = "squares", path = ::testing::TempDir() + "/squares";
  std::filesystem::remove_all(path);
  char* arguments[] = {program.data(), path.data(), nullptr};
  ::testing::internal::CaptureStdout();
  EXPECT_EQ(SumSquares(2, arguments), 0);
  EXPECT_EQ(::testing::internal::GetCapturedStdout(), "385\n");
  std::ifstream table(path + "/metrics.csv");
  const std::string text{std::istreambuf_iterator<char>(table), {}};
  EXPECT_EQ(text.substr(0, 15), "n,square\n1,1\n2,");
}

// Which side of a line points are on that turns with the condition.
class Sides final : public DataSource<float> {
 public:
  Index size() const override { return 500; }
  void Fill(Index epoch, std::span<const Index> items, TrainingBatch<float>& batch) const override {
    const auto count = static_cast<Index>(items.size());
    batch.group_starts = EqualGroups(count);
    batch.x.resize(1, count);
    batch.condition.resize(1, count);
    batch.labels.resize(count);
    for (Index i = 0; i < count; ++i) {
      batch.x(0, i) = static_cast<float>(items[static_cast<std::size_t>(i)] % 17) / 8 - 1;
      batch.condition(0, i) = static_cast<float>((items[static_cast<std::size_t>(i)] + epoch) % 5) / 2 - 1;
      batch.labels[i] = batch.x(0, i) * batch.condition(0, i) > 0 ? 1 : 0;
    }
  }
};

// In a process of its own, since one can use MPI only once; those of a DeathTest are begun first.
TEST(ReadmeDeathTest, ExampleTrainsAModel) {
  std::string program = "train";
  char* arguments[] = {program.data(), nullptr};
  const Model model = Embedding({.sizes = {1, 4, 2}}, {.sizes = {3, 8, 2}});
  std::filesystem::current_path(::testing::TempDir());
  const auto train = [&](int, char**, const MpiSession& session, int threads) {
    TrainTogether(model, Sides(), session, threads);
    return 0;
  };
  EXPECT_EXIT(std::exit(RunTrainingWithMpi(1, arguments, train)), ::testing::ExitedWithCode(0), "");
  EXPECT_EQ(LoadModel<float>("model.safetensors", model).theta.size(), model.parameters.size());
}

}  // namespace
