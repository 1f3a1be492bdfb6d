// SPDX-License-Identifier: Apache-2.0
//
// `hyperwidth compare` as its users meet it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "experiments/program_process.h"
#include "tools/command_process.h"

namespace hyperwidth {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string kSmall =
    " --schemes=concat,film --sizes=1000 --n-trials=4 --repetitions=3 --steps=32 --threads=2 --out=";

std::string NewFolder(const std::string& name) {
  const fs::path path = fs::path(::testing::TempDir()) / name;
  fs::remove_all(path);
  return path.string();
}

TEST(Compare, LeavesAFolderThatOtherCommandsTake) {
  const std::string folder = NewFolder("compared");
  const Outcome outcome = RunCommand("compare --task=shift" + kSmall + folder);
  EXPECT_EQ(outcome.status, 0) << outcome.errors;
  EXPECT_EQ(outcome.errors, "");
  EXPECT_THAT(outcome.output,
              AllOf(HasSubstr("task shift: 38400 samples of 600 distinct conditions"),
                    HasSubstr("concat.size1"),
                    HasSubstr("minutes in all"),
                    HasSubstr("First look"),
                    HasSubstr("film_below_concat.size1"),
                    HasSubstr("report:  " + folder + "/report.html")));
  for (const char* file : {"config.json", "result.json", "report.html", "trials.csv", "models/film.safetensors"}) {
    EXPECT_TRUE(fs::exists(fs::path(folder) / file)) << file;
  }
  const std::string data = folder + "/data.npz", predicted = folder + "/y.npz";
  EXPECT_EQ(RunCommand("task shift --train=5 --test=5 --out=" + data).status, 0);
  EXPECT_THAT(
      RunCommand("predict --model=" + folder + "/models/film.safetensors --data=" + data + " --out=" + predicted)
          .output,
      HasSubstr("mean squared error"));
  EXPECT_EQ(RunCommand("report --from=" + folder).status, 0);
}

TEST(Compare, ContinuesARunAndRefusesAnother) {
  const std::string folder = NewFolder("continued");
  EXPECT_EQ(RunCommand("compare --task=rank" + kSmall + folder).status, 0);
  const Outcome again = RunCommand("compare --task=rank" + kSmall + folder);
  EXPECT_EQ(again.status, 2);
  EXPECT_THAT(again.errors, HasSubstr("--overwrite"));
  EXPECT_EQ(RunCommand("compare --task=rank" + kSmall + folder + " --resume").status, 0);
  const Outcome other = RunCommand("compare --task=shift" + kSmall + folder + " --resume");
  EXPECT_EQ(other.status, 2);
  EXPECT_THAT(other.errors, HasSubstr("task is \"rank\" there and \"shift\" here"));
}

TEST(Compare, PrintsTheCommandThatContinuesAnInterruptedRunToTheFilesOfAWholeOne) {
  const std::string flags =
      "compare --quick --task=shift --schemes=concat,film --sizes=1000 --repetitions=3 --steps=200 --threads=1 --out=";
  const fs::path whole = NewFolder("in one go"), folder = NewFolder("in two goes");
  EXPECT_EQ(RunProgram("tools/hyperwidth", flags + Quoted(whole.string())).status, 0);
  const ProcessOutcome interrupted =
      RunAndInterrupt("tools/hyperwidth", flags + Quoted(folder.string()), folder / "trials.jsonl", /*lines=*/12);
  EXPECT_EQ(interrupted.status, 1);
  const std::string command = "continue with: bazel run //tools:hyperwidth -- ";
  const std::size_t begin = interrupted.error.find(command);
  ASSERT_NE(begin, std::string::npos) << interrupted.error;
  EXPECT_NE(ContentsOf(folder / "trials.csv"), ContentsOf(whole / "trials.csv"));
  const std::size_t first = begin + command.size();
  const ProcessOutcome continued =
      RunProgram("tools/hyperwidth", interrupted.error.substr(first, interrupted.error.find('\n', first) - first));
  EXPECT_EQ(continued.status, 0) << continued.error;
  for (const char* file :
       {"trials.csv", "metrics.csv", "config.json", "models/concat.safetensors", "models/film.safetensors"}) {
    EXPECT_EQ(ContentsOf(folder / file), ContentsOf(whole / file)) << file;
  }
}

TEST(Compare, SaysWhatItWouldCostAndLeavesNothing) {
  const std::string folder = NewFolder("dry");
  const Outcome outcome = RunCommand("compare --task=rank --dry-run" + kSmall + folder);
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.output, AllOf(HasSubstr("minutes in all"), Not(HasSubstr("First look"))));
  EXPECT_FALSE(fs::exists(folder));
}

TEST(Compare, SaysHowTheDataAreSplitForIt) {
  const std::string file = NewFolder("table") + ".csv";
  std::ofstream table(file);
  table << "x_0,I_0,y_0\n";
  for (int i = 0; i < 400; ++i) table << i % 20 << ',' << i / 20 << ',' << i % 20 * (i / 20) << '\n';
  table.close();
  const std::string dry = "compare --schemes=concat --sizes=1000 --dry-run --data=" + file;
  EXPECT_THAT(RunCommand(dry).output, HasSubstr("Split: by condition"));
  EXPECT_THAT(RunCommand(dry + " --split=sample").output, HasSubstr("Split: by sample"));
}

void ExpectRefusal(const std::string& arguments, const std::string& says) {
  const Outcome outcome = RunCommand("compare " + arguments);
  EXPECT_EQ(outcome.status, 2) << arguments;
  EXPECT_THAT(outcome.errors, HasSubstr(says)) << arguments;
  EXPECT_EQ(outcome.errors.find('\n'), outcome.errors.size() - 1) << outcome.errors;
}

TEST(Compare, RefusesBadInputInOneLineAndLeavesNothing) {
  const std::string folder = NewFolder("refused"), out = " --out=" + folder;
  ExpectRefusal(out, "accepted: --data=FILE or --task=NAME");
  ExpectRefusal("--task=shifts" + out, "shift");
  ExpectRefusal("--task=shift --data=x.npz" + out, "--task: found beside --data");
  ExpectRefusal("--data=/nowhere.npz" + out, "/nowhere.npz");
  ExpectRefusal("--task=shift --schemes=film,filn" + out, "filn");
  ExpectRefusal("--task=shift --sizes=big" + out, "found 'big'");
  ExpectRefusal("--task=shift --schemes=table" + out, "table with --split=sample");
  ExpectRefusal("--task=shift --sizes=3" + out, "accepted: at least");
  ExpectRefusal("--task=shift --metric=error-rate" + out, "y: ");
  ExpectRefusal("--task=shift --resume", "--out");
  EXPECT_FALSE(fs::exists(folder));
}

}  // namespace
}  // namespace hyperwidth
