// SPDX-License-Identifier: Apache-2.0
#include "training/pseudo_terminal.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace hyperwidth {
namespace {

constexpr char kEndMark = '\0';

}  // namespace

PseudoTerminal::PseudoTerminal() : keyboard_(::posix_openpt(O_RDWR | O_NOCTTY)) {
  if (keyboard_ < 0 || ::grantpt(keyboard_) != 0 || ::unlockpt(keyboard_) != 0) return;
  const char* const name = ::ptsname(keyboard_);
  if (name != nullptr) screen_ = std::fopen(name, "w");
}

PseudoTerminal::~PseudoTerminal() {
  if (screen_ != nullptr) std::fclose(screen_);
  if (keyboard_ >= 0) ::close(keyboard_);
}

std::string PseudoTerminal::Read() {
  // The kernel hands the text on later and in pieces: only a mark behind it tells that all of it is here.
  std::fputc(kEndMark, screen_);
  std::fflush(screen_);
  std::string text;
  std::array<char, 4096> buffer;
  while (text.empty() || text.back() != kEndMark) {
    const ::ssize_t length = ::read(keyboard_, buffer.data(), buffer.size());
    if (length < 0) throw std::system_error(errno, std::generic_category(), "reading a pseudo-terminal");
    text.append(buffer.data(), static_cast<std::size_t>(length));
  }
  text.pop_back();
  return text;
}

}  // namespace hyperwidth
