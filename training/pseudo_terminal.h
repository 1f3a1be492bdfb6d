// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_PSEUDO_TERMINAL_H_
#define HYPERWIDTH_TRAINING_PSEUDO_TERMINAL_H_

#include <cstdio>
#include <string>

namespace hyperwidth {

// A terminal for tests: what is written to its screen can be read back.
class PseudoTerminal {
 public:
  PseudoTerminal();
  PseudoTerminal(const PseudoTerminal&) = delete;
  PseudoTerminal& operator=(const PseudoTerminal&) = delete;
  ~PseudoTerminal();

  // False where the system offers no pseudo-terminals: nothing else may be called then.
  bool is_open() const { return screen_ != nullptr; }

  std::FILE* screen() { return screen_; }

  // All that was written since the last call. Throws std::system_error if it cannot be read.
  std::string Read();

 private:
  int keyboard_ = -1;  // the other end
  std::FILE* screen_ = nullptr;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_PSEUDO_TERMINAL_H_
