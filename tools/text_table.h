// SPDX-License-Identifier: Apache-2.0
//
// Plain-text tables for a terminal.

#ifndef HYPERWIDTH_TOOLS_TEXT_TABLE_H_
#define HYPERWIDTH_TOOLS_TEXT_TABLE_H_

#include <cstddef>
#include <string>
#include <vector>

namespace hyperwidth {

struct TextColumn {
  std::string title;
  bool right_aligned = false;
  std::size_t width = 0;  // 0: as wide as its widest cell; otherwise cells are wrapped at spaces to this width
};

// The rows below the titles and a rule. Cells are UTF-8 of single-width characters; every row has one cell per column.
// With a total width, the last column is wrapped to what the others leave of it, but never below 20 characters.
std::string FormatTable(std::vector<TextColumn> columns,
                        const std::vector<std::vector<std::string>>& rows,
                        std::size_t total_width = 0);

// `text` broken at spaces into lines of at most `width` characters, each after the first indented by `indent` spaces.
std::string WrapText(const std::string& text, std::size_t width, std::size_t indent = 0);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TOOLS_TEXT_TABLE_H_
