// SPDX-License-Identifier: Apache-2.0

#include "tools/report_command.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <stdexcept>
#include <system_error>

#include "experiments/command_line/command_line.h"
#include "experiments/report/report.h"
#include "experiments/result/result_file.h"

namespace hyperwidth {

namespace fs = std::filesystem;

std::vector<fs::path> FindResults(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied, error), end;
       !error && entry != end;
       entry.increment(error)) {
    if (entry->path().filename() == "result.json" && entry->is_regular_file()) found.push_back(entry->path());
  }
  if (error) throw std::runtime_error("folder " + folder.string() + " cannot be read: " + error.message());
  if (found.empty()) {
    throw std::runtime_error("folder " + folder.string() +
                             " holds no result.json; accepted: the folder of a run, or one above several");
  }
  std::sort(found.begin(), found.end());
  return found;
}

CLI::App* ReportCommand::AddTo(CLI::App& program) {
  CLI::App* const command = program.add_subcommand("report", "One page from the results of any number of runs");
  command->add_option("--from", from_, "Folder of a run, or one above several")->required()->type_name("DIR");
  command->add_option("--out", out_, "The page  [report.html in that folder]")->type_name("FILE");
  command->add_option("--title", title_, "Its heading")->type_name("TEXT")->capture_default_str();
  return command;
}

int ReportCommand::Run() {
  const fs::path folder = UserPath(from_);
  std::vector<Result> results;
  for (const fs::path& path : FindResults(folder)) results.push_back(ReadResult(path));
  const fs::path page = out_.empty() ? folder / "report.html" : UserPath(out_);
  WriteReport(page, results, {.title = title_});
  std::cout << "report of " << results.size() << (results.size() == 1 ? " result: " : " results: ") << page.string()
            << "\n";
  return kExitSuccess;
}

}  // namespace hyperwidth
