// SPDX-License-Identifier: Apache-2.0
#include "training/mpi/mpi_program.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdio>
#include <exception>
#include <optional>
#include <string>
#include <thread>

#include "training/mpi/mpi_session.h"
#include "training/mpi/mpi_trial_executor.h"

namespace hyperwidth {
namespace {

// Sends standard output nowhere and standard error to memory.
class SilentOutput {
 public:
  SilentOutput()
      : own_error_(::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0)), error_(::memfd_create("standard error", MFD_CLOEXEC)) {
    const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    ::dup2(nowhere, STDOUT_FILENO);
    ::dup2(error_ >= 0 ? error_ : nowhere, STDERR_FILENO);
    ::close(nowhere);
  }
  SilentOutput(const SilentOutput&) = delete;
  SilentOutput& operator=(const SilentOutput&) = delete;

  // The last line that was written to standard error.
  std::string LastLine() const {
    std::fflush(stderr);
    std::string text(1 << 16, '\0');
    const ::off_t size = ::lseek(error_, 0, SEEK_END);
    const ::off_t begin = size > static_cast<::off_t>(text.size()) ? size - static_cast<::off_t>(text.size()) : 0;
    const ::ssize_t read = ::pread(error_, text.data(), text.size(), begin);
    text.resize(read > 0 ? static_cast<std::size_t>(read) : 0);
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return text.substr(text.rfind('\n') + 1);
  }

  // Where standard error went before.
  int own_error() const { return own_error_; }

 private:
  int own_error_;
  int error_;
};

int StatusOf(const std::function<int()>& program) {
  try {
    return program();
  } catch (const std::exception& error) {
    std::fflush(stdout);
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  }
}

}  // namespace

int RunWithMpi(int argc,
               char** argv,
               const std::function<int(int argc, char** argv, TrialExecutor& executor, int threads)>& program) {
  MpiSession session(&argc, &argv);
  const int threads = session.Threads();
  MpiTrialExecutor executor(session);
  if (executor.keeps()) return program(argc, argv, executor, threads);
  const SilentOutput output;
  if (program(argc, argv, executor, threads) != 0) executor.Leave(output.LastLine());
  return 0;
}

int RunTrainingWithMpi(
    int argc,
    char** argv,
    const std::function<int(int argc, char** argv, const MpiSession& session, int threads)>& program) {
  const MpiSession session(&argc, &argv);
  const int threads = session.Threads();
  std::optional<SilentOutput> output;
  if (session.rank() > 0) output.emplace();
  const int status = StatusOf([&] { return program(argc, argv, session, threads); });
  if (status == 0) return 0;
  if (output) {
    std::this_thread::sleep_for(kMpiPatience);
    ::dprintf(output->own_error(), "process %d: %s\n", session.rank(), output->LastLine().c_str());
  }
  if (session.size() == 1) return status;
  session.Abort(status);
}

}  // namespace hyperwidth
