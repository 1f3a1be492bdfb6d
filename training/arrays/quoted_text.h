// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_ARRAYS_QUOTED_TEXT_H_
#define HYPERWIDTH_TRAINING_ARRAYS_QUOTED_TEXT_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace hyperwidth {

// A text of a file as a message shows it: quoted, in one line, its first `longest` characters with ".." behind them if
// there are more, and ? for what is not printable ASCII.
inline std::string QuotedText(std::string_view text, std::size_t longest = 40) {
  std::string shown = "'";
  for (const char c : text.substr(0, longest)) shown += c >= ' ' && c <= '~' ? c : '?';
  return shown + (text.size() > longest ? "..'" : "'");
}

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_ARRAYS_QUOTED_TEXT_H_
