// SPDX-License-Identifier: Apache-2.0

#ifndef HYPERWIDTH_TOOLS_GAP_COMMAND_H_
#define HYPERWIDTH_TOOLS_GAP_COMMAND_H_

#include <string>

#include "theory/problem.h"
#include "tools/command.h"

namespace hyperwidth {

// `hyperwidth gap`: the certified modularity gap and the crossover embedding dimension over a range of epsilon.
class GapCommand : public Command {
 public:
  CLI::App* AddTo(CLI::App& program) override;
  int Run() override;

 private:
  Problem problem_;
  double from_epsilon_ = 0;  // 0: a hundred times epsilon, at most 0.5
  int points_ = 7;
  std::string format_ = "table";
  std::string figure_;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TOOLS_GAP_COMMAND_H_
