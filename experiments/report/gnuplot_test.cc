// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/gnuplot.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <stdexcept>
#include <string>

namespace hyperwidth {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

template <typename Action>
std::string MessageOf(Action action) {
  try {
    action();
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "no std::runtime_error";
}

// gnuplot's own answer to what a string is.
std::string Printed(const std::string& expression) {
  std::string output = RunGnuplot("set print '-'\nprint " + expression + "\n");
  output.pop_back();  // the line's end
  return output;
}

TEST(RunGnuplot, GivesWhatTheScriptPrints) { EXPECT_EQ(Printed("2 + 3"), "5"); }

TEST(RunGnuplot, NeverWaitsHoweverLongScriptAndOutputAre) {
  // Both far beyond what a pipe holds.
  std::string script = "set print '-'\n";
  for (int i = 0; i < 20000; ++i) script += "print 'some words to fill the line with'\n";
  EXPECT_EQ(RunGnuplot(script).size(), 20000u * 33);
}

TEST(RunGnuplot, FailureCarriesGnuplotsMessageInOneLine) {
  EXPECT_THAT(MessageOf([] { RunGnuplot("plot $nowhere\n"); }),
              AllOf(HasSubstr("gnuplot failed: "), HasSubstr("nowhere"), Not(HasSubstr("\n"))));
}

TEST(RunGnuplot, NamesTheDebianPackageIfItIsMissing) {
  const std::string path = std::getenv("PATH");
  setenv("PATH", "/nowhere", 1);
  const std::string message = MessageOf([] { RunGnuplot("print 1\n"); });
  setenv("PATH", path.c_str(), 1);
  EXPECT_THAT(message, AllOf(HasSubstr("cannot be started"), HasSubstr("apt-get install gnuplot-nox")));
}

TEST(GnuplotString, StandsForItsCharactersAndRunsNothing) {
  for (const std::string text : {"plain",
                                 "it's",
                                 "''",
                                 "'",
                                 "'a",
                                 "\"",
                                 "\"a\"\"b",
                                 "\\",
                                 "\\101",
                                 "a\\b",
                                 "`echo no`",
                                 "$x @y %s {z} ^_&~",
                                 "\"quoted\"",
                                 "é×",
                                 "10^{-1}, -777.5, #8",
                                 "-1-2\\3é4"}) {
    EXPECT_EQ(Printed(GnuplotString(text)), text);
  }
  EXPECT_EQ(Printed(GnuplotString("two\nlines\tand")), "two lines and");
  EXPECT_EQ(Printed(GnuplotString("'\nsystem('echo no')")), "' system('echo no')");
}

}  // namespace
}  // namespace hyperwidth
