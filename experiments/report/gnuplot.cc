// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/gnuplot.h"

#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <sstream>
#include <stdexcept>

namespace hyperwidth {
namespace {

// A file in memory without a name: unlike a pipe it never makes one side wait for the other.
class MemoryFile {
 public:
  explicit MemoryFile(const char* purpose) : descriptor_(memfd_create(purpose, MFD_CLOEXEC)) {
    if (descriptor_ < 0) throw std::runtime_error(std::string("gnuplot: no memory file: ") + std::strerror(errno));
  }
  ~MemoryFile() { close(descriptor_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  int descriptor() const { return descriptor_; }

  void Fill(std::string_view contents) {
    while (!contents.empty()) {
      const ssize_t written = write(descriptor_, contents.data(), contents.size());
      if (written < 0) throw std::runtime_error(std::string("gnuplot: script not written: ") + std::strerror(errno));
      contents.remove_prefix(static_cast<std::size_t>(written));
    }
    lseek(descriptor_, 0, SEEK_SET);
  }

  std::string Contents() {
    lseek(descriptor_, 0, SEEK_SET);
    std::string contents;
    std::array<char, 65536> buffer;
    for (ssize_t got; (got = read(descriptor_, buffer.data(), buffer.size())) > 0;) {
      contents.append(buffer.data(), static_cast<std::size_t>(got));
    }
    return contents;
  }

 private:
  int descriptor_;
};

// The first line that says something; gnuplot points at the mistake with carets and blank lines.
std::string FirstMessage(const std::string& errors) {
  std::istringstream lines(errors);
  for (std::string line; std::getline(lines, line);) {
    if (line.find_first_not_of(" \t^") != std::string::npos) return line.substr(line.find_first_not_of(" \t"));
  }
  return "no message";
}

// Starts the program and returns its wait status, or throws.
int RunAndWait(const char* program, int input, int output, int errors) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO);
  std::string name = program, defaults = "--default-settings";
  char* const arguments[] = {name.data(), defaults.data(), nullptr};
  pid_t process = 0;
  const int failure = posix_spawnp(&process, program, &actions, nullptr, arguments, environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failure != 0) {
    throw std::runtime_error(std::string("gnuplot cannot be started (") + std::strerror(failure) +
                             "); figures need the Debian package gnuplot-nox: apt-get install gnuplot-nox");
  }
  int status = 0;
  while (waitpid(process, &status, 0) < 0) {
    if (errno != EINTR) throw std::runtime_error(std::string("gnuplot: ") + std::strerror(errno));
  }
  return status;
}

}  // namespace

std::string RunGnuplot(std::string_view script) {
  MemoryFile input("script"), output("output"), errors("errors");
  input.Fill(script);
  const int status = RunAndWait("gnuplot", input.descriptor(), output.descriptor(), errors.descriptor());
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    throw std::runtime_error("gnuplot failed: " + FirstMessage(errors.Contents()) +
                             " (figures need the Debian package gnuplot-nox, version 5.4 or newer)");
  }
  return output.Contents();
}

std::string GnuplotString(std::string_view text) {
  // Octal codes for all but letters, digits and blanks. Nothing is then left that gnuplot could take for an escape, a
  // macro, a command or the end of the string; its own doubled quotes fail where two of them meet.
  std::string quoted = "\"";
  bool after_code = false;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    // gnuplot reads a code up to the last octal digit, so that a digit of the text must not follow one.
    const bool would_extend_code = after_code && c >= '0' && c <= '7';
    after_code = false;
    if (byte < 0x20) {
      quoted += ' ';
    } else if ((byte == ' ' || std::isalnum(byte) != 0) && !would_extend_code) {
      quoted += c;
    } else {
      quoted += '\\';
      for (const int shift : {6, 3, 0}) quoted += static_cast<char>('0' + ((byte >> shift) & 7));
      after_code = true;
    }
  }
  return quoted + "\"";
}

}  // namespace hyperwidth
