// SPDX-License-Identifier: Apache-2.0
//
// Flags for files that several subcommands take.

#ifndef HYPERWIDTH_TOOLS_FILE_FLAGS_H_
#define HYPERWIDTH_TOOLS_FILE_FLAGS_H_

#include <filesystem>
#include <string>

namespace CLI {
class App;
}

namespace hyperwidth {

// A file that is to be written: --out, which is needed, and --overwrite.
struct OutputFlags {
  std::string out = "";
  bool overwrite = false;

  // The user's path. Throws: std::runtime_error, one line, if there is something already and nobody says overwrite.
  std::filesystem::path Path() const;
};

// Both flags; `help` is that of --out. `flags` must outlive the parse.
void AddOutputFlags(CLI::App& command, OutputFlags& flags, const std::string& help);

// --model, which is needed and which ModelFile understands.
void AddModelFlag(CLI::App& command, std::string& model);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TOOLS_FILE_FLAGS_H_
