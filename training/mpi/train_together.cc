// SPDX-License-Identifier: Apache-2.0
//
// For mpi_training_test.py: trains one model in all processes that mpirun has started, from where its checkpoint is.
//
//   train_together FILE STEPS THREADS [throw|status|sleep RANK]
//
// FILE: the trainer's state, if it exists, and afterwards. In process RANK: throws before training, returns 3 after it,
// or says "waiting PID" and waits in the third step.

#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <thread>

#include "training/checkpoint/trainer_checkpoint.h"
#include "training/mpi/mpi_program.h"
#include "training/mpi/mpi_shard_exchange.h"
#include "training/objectives.h"
#include "training/test_regression.h"
#include "training/trainer.h"

namespace hyperwidth {
namespace {

int TrainTogether(int argc, char** argv, const MpiSession& session) {
  if (argc != 4 && argc != 6) throw std::invalid_argument("found other arguments, accepted: see train_together.cc");
  const std::filesystem::path file = argv[1];
  const std::string fault = argc > 4 && std::atoi(argv[5]) == session.rank() ? argv[4] : "";
  if (fault == "throw") throw std::runtime_error("there is no data here");
  const Model model = RegressionModel("hypernetwork");
  const RandomRegression<float> data(40);
  const MeanSquaredError<float> objective;
  Vector<float> theta = InitialTheta<float>(model);
  MpiShardExchange<float> exchange(session);
  const TrainerOptions options{.optimizer = {.method = OptimizerMethod::kAdam, .learning_rate = 1e-3},
                               .epochs = 100,
                               .batch_size = 16,
                               .shards = 4,
                               .threads = std::atoi(argv[3])};
  Trainer<float> trainer(model, data, objective, options, theta, nullptr, &exchange);
  if (std::filesystem::exists(file)) trainer.Restore(LoadTrainer<float>(file, model).state);
  for (int step = 0; step < std::atoi(argv[2]); ++step) {
    if (fault == "sleep" && step == 2) {
      std::printf("waiting %d\n", static_cast<int>(::getpid()));
      std::fflush(stdout);
      std::this_thread::sleep_for(std::chrono::seconds(60));
    }
    const TrainingStep done = trainer.Step();
    std::printf("step %lld: loss %a\n", static_cast<long long>(done.step), done.loss);
    std::fflush(stdout);
  }
  // Once all have read the earlier one: each has made a step since.
  if (session.rank() == 0) SaveTrainer<float>(file, model, {.state = trainer.State()});
  return fault == "status" ? 3 : 0;
}

}  // namespace
}  // namespace hyperwidth

int main(int argc, char** argv) {
  return hyperwidth::RunTrainingWithMpi(
      argc, argv, [](int count, char** arguments, const hyperwidth::MpiSession& session, int /*threads*/) {
        return hyperwidth::TrainTogether(count, arguments, session);
      });
}
