// SPDX-License-Identifier: Apache-2.0

#ifndef HYPERWIDTH_TOOLS_BOUNDS_COMMAND_H_
#define HYPERWIDTH_TOOLS_BOUNDS_COMMAND_H_

#include <string>

#include "theory/problem.h"
#include "tools/command.h"

namespace hyperwidth {

// `hyperwidth bounds`: all statements about one problem.
class BoundsCommand : public Command {
 public:
  CLI::App* AddTo(CLI::App& program) override;
  int Run() override;

 private:
  Problem problem_;
  std::string format_ = "table";
  bool details_ = false;
  std::string scheme_;
  std::string certificates_;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TOOLS_BOUNDS_COMMAND_H_
