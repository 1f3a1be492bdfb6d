// SPDX-License-Identifier: Apache-2.0

#include "tools/text_table.h"

#include <algorithm>
#include <sstream>

namespace hyperwidth {
namespace {

// Characters, not bytes: continuation bytes of UTF-8 do not count.
std::size_t Length(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::vector<std::string> Lines(const std::string& text, std::size_t width) {
  std::vector<std::string> lines;
  std::istringstream words(text);
  std::string line;
  for (std::string word; words >> word;) {
    if (!line.empty() && Length(line) + 1 + Length(word) > width) {
      lines.push_back(line);
      line.clear();
    }
    line += (line.empty() ? "" : " ") + word;
  }
  lines.push_back(line);
  return lines;
}

std::string Padded(const std::string& text, std::size_t width, bool right_aligned) {
  const std::string padding(width - std::min(width, Length(text)), ' ');
  return right_aligned ? padding + text : text + padding;
}

}  // namespace

std::string WrapText(const std::string& text, std::size_t width, std::size_t indent) {
  std::string result;
  for (const std::string& line : Lines(text, width - indent)) {
    result += (result.empty() ? "" : "\n" + std::string(indent, ' ')) + line;
  }
  return result;
}

std::string FormatTable(std::vector<TextColumn> columns,
                        const std::vector<std::vector<std::string>>& rows,
                        std::size_t total_width) {
  constexpr std::size_t kNarrowest = 20;
  std::vector<std::size_t> widths;
  std::size_t used = 0;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (total_width > 0 && c + 1 == columns.size()) {
      columns[c].width = total_width > used + kNarrowest ? total_width - used : kNarrowest;
    }
    std::size_t width = Length(columns[c].title);
    for (const auto& row : rows) width = std::max(width, Length(row[c]));
    widths.push_back(columns[c].width == 0 ? width : std::min(width, columns[c].width));
    used += widths.back() + 2;
  }
  std::string table;
  const auto add_line = [&](const std::vector<std::string>& cells) {
    std::string line;
    for (std::size_t c = 0; c < cells.size(); ++c) {
      line += (c == 0 ? "" : "  ") + Padded(cells[c], widths[c], columns[c].right_aligned);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    table += line + "\n";
  };
  std::vector<std::string> titles;
  std::vector<std::string> rules;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    titles.push_back(columns[c].title);
    rules.push_back(std::string(widths[c], '-'));
  }
  add_line(titles);
  add_line(rules);
  for (const auto& row : rows) {
    std::vector<std::vector<std::string>> cells;
    std::size_t height = 1;
    for (std::size_t c = 0; c < row.size(); ++c) {
      cells.push_back(columns[c].width == 0 ? std::vector<std::string>{row[c]} : Lines(row[c], widths[c]));
      height = std::max(height, cells.back().size());
    }
    for (std::size_t i = 0; i < height; ++i) {
      std::vector<std::string> line;
      for (const auto& cell : cells) line.push_back(i < cell.size() ? cell[i] : "");
      add_line(line);
    }
  }
  return table;
}

}  // namespace hyperwidth
