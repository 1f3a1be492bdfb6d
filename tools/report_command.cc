// SPDX-License-Identifier: Apache-2.0

#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "experiments/command_line/command_line.h"
#include "experiments/report/report.h"
#include "experiments/result/result_file.h"
#include "tools/commands.h"
#include "tools/find_results.h"

namespace hyperwidth {
namespace {

namespace fs = std::filesystem;

struct ReportFlags {
  std::string from = "";
  std::string out = "";
  std::string title = ReportOptions().title;
};

int Run(const ReportFlags& flags) {
  const fs::path folder = UserPath(flags.from);
  std::vector<Result> results;
  for (const fs::path& path : FindResults(folder)) results.push_back(ReadResult(path));
  const fs::path page = flags.out.empty() ? folder / "report.html" : UserPath(flags.out);
  WriteReport(page, results, {.title = flags.title});
  std::cout << "report of " << results.size() << (results.size() == 1 ? " result: " : " results: ") << page.string()
            << "\n";
  return kExitSuccess;
}

}  // namespace

Subcommand AddReportCommand(CLI::App& program) {
  const auto flags = std::make_shared<ReportFlags>();
  CLI::App* const command = program.add_subcommand("report", "One page from the results of any number of runs");
  command->add_option("--from", flags->from, "Folder of a run, or one above several")->required()->type_name("DIR");
  command->add_option("--out", flags->out, "The page  [report.html in that folder]")->type_name("FILE");
  command->add_option("--title", flags->title, "Its heading")->type_name("TEXT")->capture_default_str();
  return {.parser = command, .run = [flags] { return Run(*flags); }};
}

}  // namespace hyperwidth
