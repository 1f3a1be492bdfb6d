// SPDX-License-Identifier: Apache-2.0

#ifndef HYPERWIDTH_TOOLS_FLOOR_COMMAND_H_
#define HYPERWIDTH_TOOLS_FLOOR_COMMAND_H_

#include <string>

#include "tools/command.h"
#include "tools/floor_architecture.h"

namespace hyperwidth {

// `hyperwidth floor`: the certified error floor of an architecture given by its layer sizes.
class FloorCommand : public Command {
 public:
  CLI::App* AddTo(CLI::App& program) override;
  int Run() override;

 private:
  FloorQuestion question_;
  std::string format_ = "table";
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TOOLS_FLOOR_COMMAND_H_
