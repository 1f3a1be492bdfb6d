// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_TERMINAL_LINE_H_
#define HYPERWIDTH_TRAINING_TERMINAL_LINE_H_

#include <cstdio>
#include <string>

namespace hyperwidth {

// A line on a terminal that is rewritten in place. Silent if the stream is not a terminal, so that logs and pipes stay
// clean.
class TerminalLine {
 public:
  explicit TerminalLine(std::FILE* stream);
  TerminalLine(const TerminalLine&) = delete;
  TerminalLine& operator=(const TerminalLine&) = delete;
  // Removes the line.
  ~TerminalLine();

  bool is_terminal() const { return is_terminal_; }
  bool is_drawn() const { return is_drawn_; }

  void Draw(const std::string& text);
  // Removes the line, so that whatever is printed next starts on a clean one.
  void Remove();

 private:
  std::FILE* stream_;
  bool is_terminal_;
  bool is_drawn_ = false;
};

// "0:38", "3:00:00": rounded up to whole seconds.
std::string DurationText(double seconds);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_TERMINAL_LINE_H_
