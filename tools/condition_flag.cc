// SPDX-License-Identifier: Apache-2.0
#include "tools/condition_flag.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>

#include "training/arrays/npy.h"
#include "training/conditioned_model/number_text.h"

namespace hyperwidth {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void Refuse(const std::string& found, const std::string& accepted) {
  throw std::runtime_error("--condition: found " + found + ", accepted: " + accepted);
}

}  // namespace

std::vector<double> ConditionOfFlag(const std::string& text,
                                    const std::function<fs::path(const std::string&)>& path_of) {
  constexpr const char* kAccepted = "numbers with commas between them, or FILE.npy, or FILE.npy:ROW";
  const auto numbers = NumbersOfText<double>(text);
  if (numbers && !numbers->empty()) return *numbers;
  std::string name = text;
  std::optional<std::int64_t> row;
  const std::size_t colon = text.rfind(':');
  if (colon != std::string::npos && !fs::exists(path_of(text))) {
    const auto last = NumbersOfText<std::ptrdiff_t>(std::string_view(text).substr(colon + 1));
    if (!last || last->size() != 1) Refuse("'" + text + "'", kAccepted);
    name = text.substr(0, colon);
    row = last->front();
  }
  if (name.empty() || !fs::exists(path_of(name))) Refuse("'" + text + "'", kAccepted);
  const NumericArray array = ReadNpy(path_of(name));
  const std::size_t sides = array.shape().size();
  if (sides != 1 && sides != 2) Refuse(name + " with " + array.Text(), "an array [dI] or [G, dI]");
  const std::int64_t rows = sides == 1 ? 1 : array.rows();
  if (!row && rows != 1) {
    Refuse(name + " with " + array.Text(), name + ":ROW, ROW from 0 to " + std::to_string(rows - 1));
  }
  if (row && (*row < 0 || *row >= rows)) {
    Refuse("row " + std::to_string(*row) + " of " + name + " with " + array.Text(),
           "rows from 0 to " + std::to_string(rows - 1));
  }
  std::vector<double> condition(static_cast<std::size_t>(array.size() / rows));
  array.CopyTo<double>(row.value_or(0) * std::ssize(condition), condition);
  return condition;
}

}  // namespace hyperwidth
