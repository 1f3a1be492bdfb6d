// SPDX-License-Identifier: Apache-2.0
#include "tools/model_path.h"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

namespace hyperwidth {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> ModelsIn(const fs::path& folder) {
  std::vector<fs::path> models;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".safetensors" && entry.is_regular_file()) models.push_back(entry.path());
  }
  std::sort(models.begin(), models.end());
  return models;
}

}  // namespace

fs::path ModelFile(const fs::path& path) {
  if (!fs::exists(path)) {
    throw std::runtime_error("--model: found no " + path.string() +
                             "; accepted: a model's .safetensors, or a run folder with one in its models/");
  }
  if (!fs::is_directory(path)) return path;
  std::vector<fs::path> models = ModelsIn(path);
  if (models.empty() && fs::is_directory(path / "models")) models = ModelsIn(path / "models");
  if (models.size() == 1) return models.front();
  if (models.empty()) {
    throw std::runtime_error("--model: found no .safetensors in " + path.string() +
                             "; accepted: a model's file, or a run folder with one in its models/");
  }
  std::string found;
  for (const fs::path& model : models) found += (found.empty() ? "" : ", ") + model.string();
  throw std::runtime_error("--model: found several models, accepted: one of " + found);
}

}  // namespace hyperwidth
