// SPDX-License-Identifier: Apache-2.0

#ifndef HYPERWIDTH_TOOLS_REPORT_COMMAND_H_
#define HYPERWIDTH_TOOLS_REPORT_COMMAND_H_

#include <filesystem>
#include <string>
#include <vector>

#include "tools/command.h"

namespace hyperwidth {

// The result.json files in a folder and everywhere below it, sorted by path; links to folders are not followed.
// Throws std::runtime_error naming the folder if it cannot be read or there are none.
std::vector<std::filesystem::path> FindResults(const std::filesystem::path& folder);

// `hyperwidth report`: one page from the result files of any number of runs.
class ReportCommand : public Command {
 public:
  CLI::App* AddTo(CLI::App& program) override;
  int Run() override;

 private:
  std::string from_;
  std::string out_;
  std::string title_ = "Predicted against measured";
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TOOLS_REPORT_COMMAND_H_
