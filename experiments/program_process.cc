// SPDX-License-Identifier: Apache-2.0
#include "experiments/program_process.h"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>

namespace hyperwidth {
namespace {

namespace fs = std::filesystem;

// A process that runs one command line.
class Process {
 public:
  Process(const std::string& program, const std::string& arguments) {
    const std::string command = "exec " + program + " " + arguments + " >/dev/null 2>" + Quoted(errors_.string());
    id_ = ::fork();
    if (id_ < 0) throw std::runtime_error("fork failed");
    if (id_ > 0) return;
    std::signal(SIGINT, SIG_DFL);  // where tests run in the background it is ignored, and stays so
    ::execl("/bin/sh", "sh", "-c", command.c_str(), static_cast<char*>(nullptr));
    std::_Exit(127);
  }

  bool Ended() {
    if (!ended_) ended_ = ::waitpid(id_, &status_, WNOHANG) == id_;
    return ended_;
  }

  void Interrupt() const { ::kill(id_, SIGINT); }

  ProcessOutcome Wait() {
    if (!ended_) ::waitpid(id_, &status_, 0);
    ended_ = true;
    return {.status = WIFEXITED(status_) ? WEXITSTATUS(status_) : -1, .error = ContentsOf(errors_)};
  }

 private:
  const fs::path errors_ = fs::path(std::getenv("TEST_TMPDIR")) / "standard_error";
  ::pid_t id_ = -1;
  int status_ = 0;
  bool ended_ = false;
};

}  // namespace

ProcessOutcome RunProgram(const std::string& program, const std::string& arguments) {
  return Process(program, arguments).Wait();
}

ProcessOutcome RunAndInterrupt(const std::string& program,
                               const std::string& arguments,
                               const fs::path& journal,
                               std::size_t lines) {
  Process process(program, arguments);
  while (LinesOf(journal) <= lines && !process.Ended()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  if (!process.Ended()) process.Interrupt();
  return process.Wait();
}

std::string ContentsOf(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::size_t LinesOf(const fs::path& path) {
  const std::string text = ContentsOf(path);
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

std::string Quoted(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

}  // namespace hyperwidth
