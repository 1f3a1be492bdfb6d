// SPDX-License-Identifier: Apache-2.0
//
// For tests: an experiment's program as its users run it, in a process of its own.

#ifndef HYPERWIDTH_EXPERIMENTS_PROGRAM_PROCESS_H_
#define HYPERWIDTH_EXPERIMENTS_PROGRAM_PROCESS_H_

#include <filesystem>
#include <string>

namespace hyperwidth {

// What a program left behind.
struct ProcessOutcome {
  int status = -1;    // -1: it was ended by a signal
  std::string error;  // what it printed to standard error
};

// Runs the program with arguments as a shell reads them.
ProcessOutcome RunProgram(const std::string& program, const std::string& arguments);

// The same, but sends SIGINT once the journal has a line more than `lines`, by default one after that of the study.
// Waits for the line, however long it takes; a program that ends without it is not interrupted.
ProcessOutcome RunAndInterrupt(const std::string& program,
                               const std::string& arguments,
                               const std::filesystem::path& journal,
                               std::size_t lines = 1);

// The contents of a file; empty if there is none.
std::string ContentsOf(const std::filesystem::path& path);

// How many lines the file has.
std::size_t LinesOf(const std::filesystem::path& path);

// `text` as one word for a shell.
std::string Quoted(const std::string& text);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_PROGRAM_PROCESS_H_
