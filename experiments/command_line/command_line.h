// SPDX-License-Identifier: Apache-2.0
//
// What every program here promises its user: flags in either spelling, one line and status 2 for a mistake, and paths
// that mean what they mean in the shell although `bazel run` starts programs elsewhere.

#ifndef HYPERWIDTH_EXPERIMENTS_COMMAND_LINE_COMMAND_LINE_H_
#define HYPERWIDTH_EXPERIMENTS_COMMAND_LINE_COMMAND_LINE_H_

#include <filesystem>
#include <functional>
#include <stdexcept>
#include <string>

namespace CLI {
class App;
}

namespace hyperwidth {

inline constexpr int kExitSuccess = 0;      // done, and every check agreed
inline constexpr int kExitCheckFailed = 1;  // a check was contradicted, or a run could not be finished
inline constexpr int kExitBadInput = 2;     // unusable flags, files or values

// Thrown by a program's body to stop with kExitCheckFailed and one line on standard error.
class RunFailed : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Parses the command line with `app`, then runs `body` and returns its exit status.
//
// `--primary_dim` and `--primary-dim` are the same flag: declare flags with dashes. `--help` prints to standard output
// and returns kExitSuccess. Every other way to fail prints one line to standard error: an unknown flag (with the
// nearest known one), a value that does not parse or is refused by its check, RunFailed (kExitCheckFailed) and any
// other std::exception thrown by `body` (kExitBadInput). Throws nothing.
int RunCommandLine(CLI::App& app, int argc, const char* const* argv, const std::function<int()>& body);

// `path` as the user meant it: relative paths start where the user typed the command. `bazel run` changes the working
// directory and leaves the user's in BUILD_WORKING_DIRECTORY. An empty path stays empty.
std::filesystem::path UserPath(const std::string& path);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_COMMAND_LINE_COMMAND_LINE_H_
