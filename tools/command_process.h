// SPDX-License-Identifier: Apache-2.0
//
// The command as its users meet it, for tests: run as a program, standard output, standard error and status.

#ifndef HYPERWIDTH_TOOLS_COMMAND_PROCESS_H_
#define HYPERWIDTH_TOOLS_COMMAND_PROCESS_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

namespace hyperwidth {

struct Outcome {
  int status = -1;
  std::string output;  // standard output
  std::string errors;  // standard error
};

// `arguments` as in a shell.
inline Outcome RunCommand(const std::string& arguments) {
  const std::string errors = std::string(std::getenv("TEST_TMPDIR")) + "/stderr";
  const std::string command = "tools/hyperwidth " + arguments + " 2>" + errors;
  Outcome outcome;
  std::FILE* const pipe = popen(command.c_str(), "r");
  std::array<char, 4096> buffer;
  for (std::size_t n; (n = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
    outcome.output.append(buffer.data(), n);
  outcome.status = WEXITSTATUS(pclose(pipe));
  std::stringstream text;
  text << std::ifstream(errors).rdbuf();
  outcome.errors = text.str();
  return outcome;
}

// That it prints one line with `says` to standard error, nothing else, and has status 2.
inline void ExpectRefusal(const std::string& arguments, const std::string& says) {
  const Outcome outcome = RunCommand(arguments);
  EXPECT_EQ(outcome.status, 2) << arguments;
  EXPECT_EQ(outcome.output, "") << arguments;
  EXPECT_THAT(outcome.errors, ::testing::HasSubstr(says)) << arguments;
  EXPECT_EQ(outcome.errors.find('\n'), outcome.errors.size() - 1) << outcome.errors;  // one line
}

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TOOLS_COMMAND_PROCESS_H_
