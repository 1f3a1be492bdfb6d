// SPDX-License-Identifier: Apache-2.0
#include "experiments/program/experiment_program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <filesystem>

#include "experiments/command_line/command_line.h"
#include "experiments/command_line/flag_checks.h"
#include "experiments/result/result_file.h"

namespace hyperwidth {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// The exit status of a program that opens its folder, and what it prints to standard error.
std::pair<int, std::string> RunProgram(std::vector<const char*> arguments) {
  CLI::App app("Does nothing.", "experiment");
  ProgramOptions options;
  AddProgramFlags(app, options);
  arguments.insert(arguments.begin(), "experiment");
  ::testing::internal::CaptureStderr();
  const int status = RunCommandLine(app, static_cast<int>(arguments.size()), arguments.data(), [&] {
    OpenRunFolder(options, "experiment");
    return kExitSuccess;
  });
  return {status, ::testing::internal::GetCapturedStderr()};
}

std::string FreshPath(const std::string& name) {
  const fs::path path = fs::path(::testing::TempDir()) / name;
  fs::remove_all(path);
  return path.string();
}

TEST(Resume, NeedsTheFolderAndExcludesOverwriting) {
  EXPECT_EQ(RunProgram({"--resume"}).first, kExitBadInput);
  EXPECT_THAT(RunProgram({"--resume"}).second, HasSubstr("--out"));
  const std::string out = "--out=" + FreshPath("both");
  EXPECT_EQ(RunProgram({"--resume", "--overwrite", out.c_str()}).first, kExitBadInput);
  EXPECT_THAT(RunProgram({"--resume", "--overwrite", out.c_str()}).second, HasSubstr("--overwrite"));
}

TEST(Resume, ContinuesARunThatWasStartedAndNothingElse) {
  const std::string path = FreshPath("resumed");
  const std::string out = "--out=" + path;
  EXPECT_EQ(RunProgram({"--resume", out.c_str()}).first, kExitBadInput);
  EXPECT_THAT(RunProgram({"--resume", out.c_str()}).second, HasSubstr(path + " holds no config.json"));
  EXPECT_FALSE(fs::exists(path));

  EXPECT_EQ(RunProgram({out.c_str()}).first, kExitSuccess);
  RunFolder(path, ExistingRun::kRefuse).Write("config.json", "{}");
  EXPECT_EQ(RunProgram({"--resume", out.c_str()}).first, kExitSuccess);
  EXPECT_TRUE(fs::exists(fs::path(path) / "config.json"));
  EXPECT_EQ(RunProgram({out.c_str()}).first, kExitBadInput);
}

// The exit status of an experiment with these arguments, and the settings that its body sees.
std::pair<int, Fields> RunSettings(std::vector<const char*> arguments) {
  struct Options {
    ProgramOptions program = {};
    int targets = 5;
  };
  Options options;
  SettingTable table;
  table.Add({.name = "targets", .help = "targets", .accepted = IntegerAtLeast(1)}, options.targets, /*quick=*/2);
  AddProgramSettings(options.program, table);
  Fields seen;
  arguments.insert(arguments.begin(), "experiment");
  const int status = RunExperiment(
      static_cast<int>(arguments.size()), arguments.data(), "experiment", "Does nothing.", options.program, table, [&] {
        seen = table.Values();
        return kExitCheckFailed;
      });
  return {status, seen};
}

TEST(RunExperiment, QuickChoosesOtherDefaultsForTheSettings) {
  const auto settings = [](std::int64_t targets, std::uint64_t seed) {
    return std::pair(kExitCheckFailed, Fields{{"targets", targets}, {"seed", seed}, {"threads", std::int64_t{0}}});
  };
  EXPECT_EQ(RunSettings({"--seed=3"}), settings(5, 3));
  EXPECT_EQ(RunSettings({"--quick"}), settings(2, 1));
  EXPECT_EQ(RunSettings({"--quick", "--targets=5"}), settings(5, 1));
  EXPECT_EQ(RunSettings({"--targets=5", "--quick"}), settings(5, 1));
}

TEST(CommonProvenance, SaysWhatTheRunWasMadeWith) {
  ::rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  ProgramOptions options;
  options.seed = 7;
  options.threads = 3;
  const Fields fields = CommonProvenance(options, "glyphs");
  EXPECT_EQ(*Find(fields, "seed"), FieldValue(std::uint64_t{7}));
  EXPECT_EQ(*Find(fields, "threads"), FieldValue(std::int64_t{3}));
  EXPECT_EQ(*Find(fields, "data"), FieldValue(std::string("glyphs")));
  EXPECT_NE(FieldText(*Find(fields, "version")), "");
  // The largest so far, which grows by little between two calls.
  const auto mebibytes = std::get<std::int64_t>(*Find(fields, "peak_memory_mebibytes"));
  EXPECT_GE(mebibytes, usage.ru_maxrss / 1024);
  EXPECT_LE(mebibytes, usage.ru_maxrss / 1024 + 1);
}

TEST(Conclude, AVerdictThatIsInconsistentIsAFailedCheck) {
  const RunFolder folder(FreshPath("judged"), ExistingRun::kRefuse);
  Result result{.experiment = "rotation",
                .checks = {{.id = "a", .claim = "A.", .verdict = Verdict::kConsistent, .why = "So it is."}}};
  ::testing::internal::CaptureStdout();
  EXPECT_EQ(Conclude(folder, result, /*details=*/false), kExitSuccess);
  EXPECT_THAT(::testing::internal::GetCapturedStdout(),
              AllOf(HasSubstr("1 consistent, 0 inconsistent, 0 inconclusive"), Not(HasSubstr("So it is."))));
  ::testing::internal::CaptureStdout();
  EXPECT_EQ(Conclude(folder, result, /*details=*/true), kExitSuccess);
  EXPECT_THAT(::testing::internal::GetCapturedStdout(), HasSubstr("So it is."));
  result.checks.push_back({.id = "b", .claim = "B.", .verdict = Verdict::kInconsistent});
  ::testing::internal::CaptureStdout();
  EXPECT_EQ(Conclude(folder, result, /*details=*/false), kExitCheckFailed);
  EXPECT_THAT(::testing::internal::GetCapturedStdout(), HasSubstr("1 consistent, 1 inconsistent, 0 inconclusive"));
}

TEST(Conclude, APartialResultIsWrittenAndSaysHowToGoOn) {
  const RunFolder folder(FreshPath("partial"), ExistingRun::kRefuse);
  Result result{.experiment = "modularity_gap", .settings = {{"seed", std::uint64_t{3}}}};
  EXPECT_FALSE(IsPartial(result));
  TrialOutcomes outcomes{.outcomes = std::vector<std::optional<TrialOutcome>>(120)};
  for (std::size_t i = 0; i < 37; ++i) outcomes.outcomes[i] = TrialOutcome();
  MarkPartial(outcomes, result);
  ::testing::internal::CaptureStdout();
  ::testing::internal::CaptureStderr();
  EXPECT_EQ(Conclude(folder, result, /*details=*/false), kExitCheckFailed);
  EXPECT_THAT(::testing::internal::GetCapturedStdout(), HasSubstr(folder.path().string()));
  EXPECT_EQ(
      ::testing::internal::GetCapturedStderr(),
      "interrupted after 37 of 120 trials; continue with: bazel run //experiments/modularity_gap -- --seed=3 --out=" +
          folder.path().string() + " --resume\n");
  EXPECT_TRUE(IsPartial(ReadResult(folder.path() / "result.json")));
}

}  // namespace
}  // namespace hyperwidth
