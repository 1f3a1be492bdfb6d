// SPDX-License-Identifier: Apache-2.0
//
// For tests of experiments: run folders, and whether a run leaves the same bytes, however it is run.

#ifndef HYPERWIDTH_EXPERIMENTS_PROGRAM_REPEATED_RUN_H_
#define HYPERWIDTH_EXPERIMENTS_PROGRAM_REPEATED_RUN_H_

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "experiments/result/result.h"
#include "training/run/run_folder.h"

namespace hyperwidth {

// A run folder of that name for a test.
RunFolder TestFolder(const std::string& name, ExistingRun existing = ExistingRun::kOverwrite);

// A file's bytes.
std::string Contents(const std::filesystem::path& path);

// Runs the experiment with so many threads in the folder. Its trials go to metrics.csv and trials.jsonl.
using RunWithThreads = std::function<Result(int threads, const RunFolder& folder)>;

// That metrics.csv, with a line for each of so many trials, and the result, without settings and provenance, which have
// the threads, are the same for one and for two threads. `name` is that of the folders.
void ExpectSameBitsWithAnyNumberOfThreads(const std::string& name, const RunWithThreads& run, std::int64_t trials);

// That both are the same after a run of which only the first so many lines of the journal were left is continued with
// another number of threads, and that these lines stay.
void ExpectGoesOnFromWhatHasFinished(const std::string& name, const RunWithThreads& run, int lines);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_PROGRAM_REPEATED_RUN_H_
