// SPDX-License-Identifier: Apache-2.0
#include "experiments/program/trial_journal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "training/run/full_disk.h"

namespace hyperwidth {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

const Fields kSix = {{"error", 0.1}};
const Fields kSeven = {{"error", 0.2}};

RunFolder Fresh(const std::string& name) {
  const fs::path folder = fs::path(::testing::TempDir()) / name;
  fs::remove_all(folder);
  return RunFolder(folder, ExistingRun::kRefuse);
}

std::string Contents(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void Append(const fs::path& path, const std::string& text) { std::ofstream(path, std::ios::app) << text; }

std::string Refusal(const RunFolder& folder) {
  try {
    TrialJournal journal(folder);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "accepted";
}

TEST(TrialJournal, KeepsOutcomesOnTheDisk) {
  const RunFolder folder = Fresh("keeps");
  {
    TrialJournal journal(folder);
    EXPECT_EQ(journal.Find("n=6"), nullptr);
    journal.Append("n=6", kSix);
    EXPECT_EQ(Contents(journal.path()), "{\"key\":\"n=6\",\"outcome\":{\"error\":0.1}}\n");
    journal.Append("n=7", kSeven);
    EXPECT_THAT([&] { journal.Append("n=6", kSeven); },
                ThrowsMessage<std::invalid_argument>(EndsWith("trial n=6: is in the journal already")));
  }
  const TrialJournal journal(folder);
  ASSERT_NE(journal.Find("n=6"), nullptr);
  EXPECT_EQ(*journal.Find("n=6"), kSix);
  EXPECT_EQ(*journal.Find("n=7"), kSeven);
}

TEST(TrialJournal, DropsATornLastLineAndGoesOnAfterTheOneBefore) {
  const RunFolder folder = Fresh("torn");
  { TrialJournal(folder).Append("n=6", kSix); }
  const fs::path path = folder.path() / "trials.jsonl";
  const std::string whole = Contents(path);
  Append(path, "{\"key\":\"n=7\",\"outco");
  {
    TrialJournal journal(folder);
    EXPECT_EQ(Contents(path), whole);
    EXPECT_EQ(*journal.Find("n=6"), kSix);
    EXPECT_EQ(journal.Find("n=7"), nullptr);
    journal.Append("n=7", kSeven);
  }
  EXPECT_EQ(*TrialJournal(folder).Find("n=7"), kSeven);
}

TEST(TrialJournal, RefusesDamageNamingFileAndLine) {
  const RunFolder folder = Fresh("damaged");
  { TrialJournal(folder).Append("n=6", kSix); }
  const fs::path path = folder.path() / "trials.jsonl";
  Append(path, "{\"key\":\"n=7\",\"outco\n{\"key\":\"n=8\",\"outcome\":{}}\n");
  const std::string before = Contents(path);
  EXPECT_THAT(Refusal(folder),
              AllOf(HasSubstr(path.string() + ": line 2: not valid JSON"), HasSubstr("accepted: {\"key\"")));
  EXPECT_EQ(Contents(path), before);  // nothing is lost by looking
}

TEST(TrialJournal, SaysThatItCannotBeOpened) {
  const RunFolder folder = Fresh("in the way");
  fs::create_directory(folder.path() / "trials.jsonl");
  EXPECT_THAT(Refusal(folder), EndsWith("trials.jsonl: cannot be opened: Is a directory"));
}

TEST(TrialJournal, RefusesARepeatedKey) {
  const RunFolder folder = Fresh("repeated");
  { TrialJournal(folder).Append("n=6", kSix); }
  Append(folder.path() / "trials.jsonl", Contents(folder.path() / "trials.jsonl"));
  EXPECT_THAT(Refusal(folder), EndsWith("line 2: trial n=6 is there already; accepted: each trial once"));
}

TEST(TrialJournal, AFailedWriteLeavesTheTrialsThatHadFinishedAndNothingElse) {
  const RunFolder folder = Fresh("full");
  { TrialJournal(folder).Append("n=6", kSix); }
  TrialJournal journal(folder);
  journal.Append("n=7", kSeven);
  const std::string whole = Contents(journal.path());
  for (const std::uintmax_t room : {0, 10}) {  // nothing can be written, or part of a line
    const FullDisk disk(whole.size() + room);
    EXPECT_THAT([&] { journal.Append("n=8", kSix); },
                ThrowsMessage<std::runtime_error>(journal.path().string() + ": cannot be written: File too large"));
    EXPECT_EQ(Contents(journal.path()), whole);
    EXPECT_EQ(journal.Find("n=8"), nullptr);
  }
  journal.Append("n=8", kSeven);
  EXPECT_EQ(Contents(journal.path()), whole + "{\"key\":\"n=8\",\"outcome\":{\"error\":0.2}}\n");
}

TEST(TrialJournal, HasOneWriterAtATime) {
  const RunFolder folder = Fresh("shared");
  {
    const TrialJournal journal(folder);
    EXPECT_THAT(Refusal(folder), HasSubstr("is being written by another run"));
  }
  EXPECT_EQ(Refusal(folder), "accepted");
}

}  // namespace
}  // namespace hyperwidth
