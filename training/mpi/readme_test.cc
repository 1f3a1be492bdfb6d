// SPDX-License-Identifier: Apache-2.0
//
// The example of README.md, and what it does.

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "training/mpi/mpi_program.h"
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

}  // namespace
