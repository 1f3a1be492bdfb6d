// SPDX-License-Identifier: Apache-2.0

#ifndef HYPERWIDTH_TOOLS_VERIFY_COMMAND_H_
#define HYPERWIDTH_TOOLS_VERIFY_COMMAND_H_

#include <string>
#include <vector>

#include "tools/command.h"

namespace hyperwidth {

// `hyperwidth verify FILE..`: checks certificates with exact arithmetic. Status 1 if one of them does not hold.
class VerifyCommand : public Command {
 public:
  CLI::App* AddTo(CLI::App& program) override;
  int Run() override;

 private:
  std::vector<std::string> files_;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TOOLS_VERIFY_COMMAND_H_
