// SPDX-License-Identifier: Apache-2.0
//
// mpirun -n 2 mpi_killed_check: process 1 is killed when it has measured its trial. Process 0 is told to stop for that,
// and ends the last trial of the list then, whose outcomes nobody takes; they are more than MPI sends without waiting.
// It says what became of this list and of the next.

#include <sys/types.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <string>
#include <thread>

#include "training/mpi/mpi_session.h"
#include "training/mpi/mpi_trial_executor.h"
#include "training/run/run_folder.h"
#include "training/trials/trials_in_folder.h"

namespace hyperwidth {
namespace {

constexpr std::size_t kLong = 1 << 16;  // bytes, many times what MPI's shared memory takes at once

// A trial takes as long in process 0 as this is not told to stop, and no time in process 1.
Trial TrialOf(std::int64_t n, bool is_first) {
  return {.values = {{"n", n}}, .measure = [is_first](const StopRequest& stop) {
            while (is_first && !stop.requested()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
            return Fields{{"process", std::int64_t{::getpid()}}, {"text", std::string(kLong, 'x')}};
          }};
}

void Check(MpiTrialExecutor& executor) {
  const bool is_first = executor.keeps();
  const auto kill_other = [](const TrialOutcomes& found, std::size_t trial) {
    const auto process = OutcomeValue<std::int64_t>(found.outcomes[trial]->values, "process");
    if (process != ::getpid()) ::kill(static_cast<::pid_t>(process), SIGKILL);
  };
  const RunFolder nowhere = RunFolder::Nowhere();
  TrialsInFolder trials(nowhere,
                        {{"study", "killed"}},
                        {.threads = 1,
                         .on_outcome = is_first ? kill_other : std::function<void(const TrialOutcomes&, std::size_t)>(),
                         .executor = &executor});
  const bool first = trials.Run({TrialOf(0, is_first), TrialOf(1, is_first)}).complete;
  const bool second = trials.Run({TrialOf(2, is_first)}).complete;
  std::printf("%s, then %s\n", first ? "complete" : "stopped", second ? "complete" : "stopped");
  std::fflush(stdout);
}

}  // namespace
}  // namespace hyperwidth

int main(int argc, char** argv) {
  hyperwidth::MpiSession session(&argc, &argv);
  hyperwidth::MpiTrialExecutor executor(session);
  hyperwidth::Check(executor);
  return 0;
}
