// SPDX-License-Identifier: Apache-2.0
#include "tools/file_flags.h"

#include <CLI/CLI.hpp>
#include <stdexcept>

#include "experiments/command_line/command_line.h"

namespace hyperwidth {

std::filesystem::path OutputFlags::Path() const {
  std::filesystem::path path = UserPath(out);
  if (overwrite || !std::filesystem::exists(path)) return path;
  throw std::runtime_error(path.string() + ": is there already; accepted: another --out, or --overwrite");
}

void AddOutputFlags(CLI::App& command, OutputFlags& flags, const std::string& help) {
  command.add_option("--out", flags.out, help)->required()->type_name("FILE");
  command.add_flag("--overwrite", flags.overwrite, "Replace the file if it is there");
}

void AddModelFlag(CLI::App& command, std::string& model) {
  command
      .add_option(
          "--model",
          model,
          "a trained model, .safetensors with its sizes and standardisation, or a run folder with one in models/")
      ->required()
      ->type_name("FILE");
}

}  // namespace hyperwidth
