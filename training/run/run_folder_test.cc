// SPDX-License-Identifier: Apache-2.0
#include "training/run/run_folder.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace hyperwidth {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

fs::path Fresh(const std::string& name) {
  const fs::path folder = fs::path(::testing::TempDir()) / name;
  fs::remove_all(folder);
  return folder;
}

void Put(const fs::path& path, const std::string& contents) { std::ofstream(path) << contents; }

std::string Contents(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::string Refusal(const fs::path& path, ExistingRun existing) {
  try {
    RunFolder folder(path, existing);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "accepted";
}

TEST(RunFolder, IsMadeWithItsParents) {
  const fs::path path = Fresh("made") / "a" / "b";
  const RunFolder folder(path, ExistingRun::kRefuse);
  folder.Write("config.json", "{}");
  EXPECT_EQ(Contents(path / "config.json"), "{}");
}

TEST(RunFolder, NowhereKeepsNothing) {
  const RunFolder folder = RunFolder::Nowhere();
  EXPECT_TRUE(folder.is_nowhere());
  EXPECT_FALSE(folder.resumes());
  EXPECT_EQ(folder.path(), "");
  const std::string name = "nowhere " + std::to_string(::getpid());
  folder.Write(name, "x");
  EXPECT_FALSE(fs::exists(name));
  EXPECT_THROW(folder.MakeCheckpointFolder(), std::logic_error);
  EXPECT_FALSE(RunFolder(Fresh("somewhere"), ExistingRun::kRefuse).is_nowhere());
  EXPECT_THROW(RunFolder("", ExistingRun::kOverwrite), std::invalid_argument);
}

TEST(RunFolder, AnEmptyFolderIsAcceptedAndAFilledOneRefused) {
  const fs::path path = Fresh("filled");
  fs::create_directories(path);
  EXPECT_EQ(Refusal(path, ExistingRun::kRefuse), "accepted");
  Put(path / "thesis.tex", "years of work");
  EXPECT_THAT(Refusal(path, ExistingRun::kRefuse), HasSubstr(path.string() + " is not empty"));
  EXPECT_THAT(Refusal(path, ExistingRun::kRefuse), HasSubstr("--overwrite"));
  EXPECT_EQ(Contents(path / "thesis.tex"), "years of work");
}

TEST(RunFolder, OverwritingRemovesTheEarlierRunAndNothingElse) {
  const fs::path path = Fresh("overwritten");
  fs::create_directories(path);
  Put(path / "result.json", "old");
  Put(path / "metrics.csv", "old");
  Put(path / "thesis.tex", "years of work");
  EXPECT_EQ(Refusal(path, ExistingRun::kOverwrite), "accepted");
  EXPECT_FALSE(fs::exists(path / "result.json"));
  EXPECT_FALSE(fs::exists(path / "metrics.csv"));
  EXPECT_EQ(Contents(path / "thesis.tex"), "years of work");
}

TEST(RunFolder, OverwritingTakesNothingFromARunThatGoesOn) {
  const fs::path path = Fresh("in use");
  fs::create_directories(path);
  Put(path / "trials.jsonl", "hours of work");
  const int journal = ::open((path / "trials.jsonl").c_str(), O_RDWR);
  ASSERT_EQ(::flock(journal, LOCK_EX), 0);
  EXPECT_EQ(Refusal(path, ExistingRun::kOverwrite),
            "output folder " + path.string() +
                " is being written by another run; accepted: once it has ended, or another --out");
  EXPECT_EQ(Contents(path / "trials.jsonl"), "hours of work");
  ::close(journal);
  EXPECT_EQ(Refusal(path, ExistingRun::kOverwrite), "accepted");
}

TEST(RunFolder, CheckpointsAreReplacedWhenOverwritingAndKeptWhenResuming) {
  const fs::path path = Fresh("checkpointed");
  {
    const RunFolder folder(path, ExistingRun::kRefuse);
    folder.Write("config.json", "{}");
    EXPECT_EQ(folder.MakeCheckpointFolder(), path / "checkpoints");
  }
  Put(path / "checkpoints" / "model.safetensors", "old");
  Put(path / "checkpoints" / "notes.txt", "my own");
  const RunFolder resumed(path, ExistingRun::kResume);
  EXPECT_EQ(resumed.MakeCheckpointFolder(), path / "checkpoints");
  EXPECT_EQ(Contents(path / "checkpoints" / "model.safetensors"), "old");
  EXPECT_EQ(Refusal(path, ExistingRun::kOverwrite), "accepted");
  EXPECT_FALSE(fs::exists(path / "checkpoints" / "model.safetensors"));
  EXPECT_EQ(Contents(path / "checkpoints" / "notes.txt"), "my own");

  fs::remove_all(path / "checkpoints");
  Put(path / "checkpoints", "a file");
  EXPECT_THROW(resumed.MakeCheckpointFolder(), std::runtime_error);
}

TEST(RunFolder, WhatCannotBeReplacedIsNamed) {
  const fs::path path = Fresh("stuck");
  fs::create_directories(path / "result.json" / "inside");
  EXPECT_EQ(Refusal(path, ExistingRun::kOverwrite),
            "output folder " + path.string() + " holds result.json, which cannot be replaced: Directory not empty");
}

TEST(RunFolder, ResumingKeepsTheFilesOfTheEarlierRun) {
  const fs::path path = Fresh("resumed");
  EXPECT_THAT(Refusal(path, ExistingRun::kResume), HasSubstr(path.string() + " holds no config.json"));
  EXPECT_FALSE(fs::exists(path));
  fs::create_directories(path);
  Put(path / "trials.jsonl", "hours of work");
  EXPECT_THAT(Refusal(path, ExistingRun::kResume), HasSubstr("holds no config.json"));
  Put(path / "config.json", "{}");
  EXPECT_TRUE(RunFolder(path, ExistingRun::kResume).resumes());
  EXPECT_EQ(Contents(path / "trials.jsonl"), "hours of work");
  EXPECT_FALSE(RunFolder(path, ExistingRun::kOverwrite).resumes());
  EXPECT_FALSE(fs::exists(path / "trials.jsonl"));
}

TEST(RunFolder, AFileOrAFolderBelowAFileIsRefusedByName) {
  const fs::path path = Fresh("file");
  Put(path, "x");
  EXPECT_THAT(Refusal(path, ExistingRun::kOverwrite), HasSubstr(path.string() + " is a file"));
  EXPECT_THAT(Refusal(path / "below", ExistingRun::kOverwrite), HasSubstr("cannot be made"));
}

TEST(NextRunFolder, CountsUpToTheFirstFreeName) {
  const fs::path parent = Fresh("counted");
  EXPECT_EQ(NextRunFolder(parent, "rotation"), parent / "rotation-1");
  fs::create_directories(parent / "rotation-1");
  fs::create_directories(parent / "rotation-3");
  EXPECT_EQ(NextRunFolder(parent, "rotation"), parent / "rotation-2");
}

TEST(CsvLine, QuotesWhatWouldBeMisread) {
  EXPECT_EQ(CsvLine({"model", "epoch", "loss"}), "model,epoch,loss\n");
  EXPECT_EQ(CsvLine({"a, \"b\"", "1", MetricText(0.1)}), "\"a, \"\"b\"\"\",1,0.1\n");
}

TEST(MetricText, ReadsBackAsTheSameNumber) {
  for (const double value : {0.1, 1.0 / 3, 1e-300, -6.02214076e23, 0.0, 902660.0}) {
    EXPECT_EQ(std::strtod(MetricText(value).c_str(), nullptr), value);
  }
}

}  // namespace
}  // namespace hyperwidth
