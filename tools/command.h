// SPDX-License-Identifier: Apache-2.0
//
// A subcommand of `hyperwidth`. Each lives in a file of its own and is listed in hyperwidth.cc.

#ifndef HYPERWIDTH_TOOLS_COMMAND_H_
#define HYPERWIDTH_TOOLS_COMMAND_H_

namespace CLI {
class App;
}

namespace hyperwidth {

class Command {
 public:
  Command() = default;
  Command(const Command&) = delete;
  Command& operator=(const Command&) = delete;
  virtual ~Command() = default;

  // Adds the subcommand and its flags to `program` and returns it. Called once; the command must outlive the parse.
  virtual CLI::App* AddTo(CLI::App& program) = 0;

  // Does the work, prints to standard output and returns the exit status. Throws what RunCommandLine turns into one
  // line.
  virtual int Run() = 0;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TOOLS_COMMAND_H_
