// SPDX-License-Identifier: Apache-2.0
//
// Whatever an experiment prints for its user to type is typed here, and gives the result that it promises.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "experiments/program_process.h"
#include "experiments/result/result.h"
#include "experiments/result/result_file.h"

namespace hyperwidth {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

// A run of seconds. Quick, so that the printed commands have to say what the quick form is.
struct SmallRun {
  std::string experiment;
  std::string arguments;
  std::string quick_setting;  // one whose value comes from the quick form
  std::string form = {};      // tells runs of one experiment apart

  std::string name() const { return experiment + form; }
};

std::ostream& operator<<(std::ostream& stream, const SmallRun& run) { return stream << run.name(); }

const SmallRun kSmallRuns[] = {
    {"assumption1", "--quick --threads=1 --test-inputs=100 --epochs=4 --seeds=4 --hidden=30", "train_inputs"},
    {"assumption2", "--quick --threads=1 --train-images=300 --activations=relu,elu --seeds=4", "widths"},
    {"best_approximation", "--quick --threads=1 --targets=10 --points=9", "points"},
    {"colorization",
     "--quick --threads=1 --conditions=20,200 --train-images=200 --test-images=20 --epochs=2",
     "batch_size"},
    {"constructed_rates",
     "--quick --threads=1 --smoothness=1 --methods=spline,factorised --values=300 --targets=0",
     "network_work"},
    {"modularity_gap", "--quick --threads=1 --cells=2,3,4 --targets=2", "hypernetwork_cells"},
    {"operators",
     "--quick --threads=1 --kappas=10,20 --seeds=3 --train-functions=50 --test-functions=20 --steps=100",
     "schemes"},
    {"rotation",
     "--quick --threads=1 --train-images=300 --test-images=100 --epochs=2 --repetitions=3 --schedule=cosine "
     "--max-gradient-norm=1 --validation-images=60 --patience=2",
     "depths"},
    {"rotation",
     "--quick --threads=1 --search --train-images=300 --test-images=100 --epochs=1 --repetitions=3",
     "n_trials",
     "_search"},
    {"rotation",
     "--quick --threads=1 --sweep=embedding --match=kappa --train-images=200 --test-images=100 --epochs=1 "
     "--repetitions=3",
     "embedding_dims",
     "_sweep"},
    {"synthetic",
     "--quick --threads=1 --types=3 --sweep=layers,conditions --layers=2,3 --conditions=100,2000 --samples=2000 "
     "--test-samples=200",
     "width"},
    {"synthetic",
     "--quick --threads=1 --types=2 --sweep=layers --layers=3 --search --samples=1000 --test-samples=200 --epochs=2",
     "n_trials",
     "_search"},
    {"total_complexity",
     "--quick --threads=1 --primary-dim=1 --condition-dim=2 --ranks=1,2 --cells=16",
     "scanned_cells"},
};

// A folder that is not there yet, whose path has to be quoted.
fs::path NewFolder(const std::string& name) {
  const fs::path path = fs::path(::testing::TempDir()) / ("a run's " + name);
  fs::remove_all(path);
  return path;
}

std::string Out(const fs::path& folder) { return " --out=" + Quoted(folder.string()); }

// Of "... bazel run //experiments<target> -- ARGUMENTS", what follows `--`, up to the end of the line.
std::string Arguments(const std::string& text, const std::string& target) {
  const std::string command = "bazel run //experiments" + target + " -- ";
  const std::size_t begin = text.find(command);
  if (begin == std::string::npos) return "no command in: " + text;
  const std::size_t first = begin + command.size();
  return text.substr(first, text.find('\n', first) - first);
}

// result.json without what no settings determine: where it comes from, and how long it took.
std::string ResultIn(const fs::path& folder) {
  nlohmann::ordered_json result = nlohmann::ordered_json::parse(ContentsOf(folder / "result.json"));
  result.erase("provenance");
  for (nlohmann::ordered_json& series : result["series"]) series.erase("seconds");
  return result.dump(2);
}

// metrics.csv, without its last column if that is of times.
std::string MetricsIn(const fs::path& folder) {
  const std::string text = ContentsOf(folder / "metrics.csv");
  if (text.substr(0, text.find('\n')).find(",seconds") == std::string::npos) return text;
  std::istringstream lines(text);
  std::string kept;
  for (std::string line; std::getline(lines, line);) kept += line.substr(0, line.rfind(',')) + "\n";
  return kept;
}

std::map<std::string, std::string> FilesIn(const fs::path& folder) {
  std::map<std::string, std::string> files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files[fs::relative(entry.path(), folder).string()] = ContentsOf(entry.path());
  }
  return files;
}

// What training leaves: nothing for experiments that do not train from checkpoints.
std::map<std::string, std::string> CheckpointsIn(const fs::path& folder) {
  if (!fs::exists(folder / "checkpoints")) return {};
  return FilesIn(folder / "checkpoints");
}

// A run in one go.
struct WholeRun {
  fs::path folder;
  ProcessOutcome outcome;
};

class TypedCommands : public ::testing::TestWithParam<SmallRun> {
 protected:
  const std::string name_ = GetParam().name();
  const std::string program_ = "experiments/" + GetParam().experiment + "/" + GetParam().experiment;
  const std::string target_ = "/" + GetParam().experiment;

  // Is made once for all tests of the run.
  const WholeRun& Whole() const {
    static std::map<std::string, WholeRun> runs;
    const auto [run, is_new] = runs.try_emplace(name_);
    if (is_new) {
      run->second.folder = NewFolder(name_ + " in one go");
      run->second.outcome = RunProgram(program_, GetParam().arguments + Out(run->second.folder));
    }
    return run->second;
  }

  // Runs it once more until it is interrupted before its end, however fast it is. Returns what it printed.
  ProcessOutcome Interrupted(const fs::path& folder) const {
    for (;;) {
      fs::remove_all(folder);
      const ProcessOutcome outcome =
          RunAndInterrupt(program_, GetParam().arguments + Out(folder), folder / "trials.jsonl");
      const bool finished = outcome.error.empty() && fs::exists(folder / "result.json");
      if (!finished && outcome.status != -1) return outcome;
    }
  }
};

TEST_P(TypedCommands, ContinueAnInterruptedRunToTheResultOfAWholeOne) {
  const auto& [whole, uninterrupted] = Whole();
  EXPECT_EQ(uninterrupted.error, "");

  const fs::path folder = NewFolder(name_ + " in two goes");
  const ProcessOutcome interrupted = Interrupted(folder);
  EXPECT_EQ(interrupted.status, 1);
  ASSERT_THAT(interrupted.error, HasSubstr("continue with: "));
  EXPECT_LT(LinesOf(folder / "trials.jsonl"), LinesOf(whole / "trials.jsonl"));
  EXPECT_NE(ResultIn(folder), ResultIn(whole));
  const std::string arguments = Arguments(interrupted.error, target_);
  const std::string journal = ContentsOf(folder / "trials.jsonl");

  const ProcessOutcome continued = RunProgram(program_, arguments);
  EXPECT_EQ(continued.error, "") << arguments;
  EXPECT_EQ(continued.status, uninterrupted.status);
  EXPECT_EQ(ResultIn(folder), ResultIn(whole));
  EXPECT_EQ(MetricsIn(folder), MetricsIn(whole));
  EXPECT_EQ(CheckpointsIn(folder), CheckpointsIn(whole));
  EXPECT_TRUE(ContentsOf(folder / "trials.jsonl").starts_with(journal)) << "a finished trial was repeated or lost";
}

TEST_P(TypedCommands, AreRefusedInOneLineIfASettingDiffersAndNothingIsLost) {
  const fs::path folder = NewFolder(name_ + " refused");
  std::string arguments = Arguments(Interrupted(folder).error, target_);
  const std::map<std::string, std::string> before = FilesIn(folder);

  std::string flag = " --" + GetParam().quick_setting + "=";
  std::replace(flag.begin(), flag.end(), '_', '-');
  const std::size_t begin = arguments.find(flag);
  ASSERT_NE(begin, std::string::npos) << arguments;
  arguments.erase(begin, arguments.find(' ', begin + 1) - begin);

  const ProcessOutcome refused = RunProgram(program_, arguments);
  EXPECT_EQ(refused.status, 2);
  EXPECT_EQ(std::count(refused.error.begin(), refused.error.end(), '\n'), 1) << refused.error;
  EXPECT_THAT(refused.error, HasSubstr("config.json: " + GetParam().quick_setting + " is "));
  EXPECT_THAT(refused.error, HasSubstr("; accepted: "));
  EXPECT_EQ(FilesIn(folder), before);
}

TEST_P(TypedCommands, RepeatARunToTheSameResult) {
  const fs::path& first = Whole().folder;
  // What reports show.
  const std::string command = RerunCommand(ReadResult(first / "result.json"));
  const fs::path second = NewFolder(name_ + " second");
  EXPECT_EQ(RunProgram(program_, Arguments(command, target_) + Out(second)).error, "") << command;
  EXPECT_EQ(ResultIn(second), ResultIn(first));
  EXPECT_EQ(MetricsIn(second), MetricsIn(first));
}

INSTANTIATE_TEST_SUITE_P(Experiments, TypedCommands, ::testing::ValuesIn(kSmallRuns), [](const auto& instance) {
  return instance.param.name();
});

// All experiments take minutes: interrupted in the second one, and again as soon as the typed command has measured
// something.
TEST(TypedCrosscheck, ContinuesWhereItWasInterrupted) {
  const fs::path folder = NewFolder("crosscheck");
  const fs::path journal = folder / "assumption2" / "trials.jsonl";
  const ProcessOutcome interrupted = RunAndInterrupt("experiments/crosscheck", "--threads=1" + Out(folder), journal);
  ASSERT_THAT(interrupted.error, HasSubstr("interrupted; continue with: "));
  const std::size_t lines = LinesOf(journal);
  const std::string arguments = Arguments(interrupted.error, ":crosscheck");
  const ProcessOutcome again = RunAndInterrupt("experiments/crosscheck", arguments, journal, lines);
  EXPECT_EQ(again.error, interrupted.error);
  EXPECT_GT(LinesOf(journal), lines);
}

}  // namespace
}  // namespace hyperwidth
