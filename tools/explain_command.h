// SPDX-License-Identifier: Apache-2.0

#ifndef HYPERWIDTH_TOOLS_EXPLAIN_COMMAND_H_
#define HYPERWIDTH_TOOLS_EXPLAIN_COMMAND_H_

#include <string>
#include <vector>

#include "theory/problem.h"
#include "tools/command.h"

namespace hyperwidth {

// `hyperwidth explain [ID]`: one statement in words, or the list of what can be explained.
class ExplainCommand : public Command {
 public:
  CLI::App* AddTo(CLI::App& program) override;
  int Run() override;

 private:
  CLI::App* app_ = nullptr;
  std::vector<std::string> words_;  // of the id
  Problem problem_;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TOOLS_EXPLAIN_COMMAND_H_
