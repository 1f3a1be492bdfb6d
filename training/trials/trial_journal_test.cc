// SPDX-License-Identifier: Apache-2.0
#include "training/trials/trial_journal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <vector>

#include "training/run/full_disk.h"

namespace hyperwidth {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::ThrowsMessage;

const Fields kStudy = {{"experiment", "gap"}, {"seed", std::uint64_t{1}}};
const std::string kStudyLine = "{\"study\":{\"experiment\":\"gap\",\"seed\":{\"unsigned\":1}}}\n";

// The trial with this n.
Fields Trial(int n) { return {{"n", n}}; }

const TrialRecord kSix = {.values = Trial(6), .outcome = Fields{{"error", 0.1}}};
const TrialRecord kSeven = {.values = Trial(7), .outcome = TrialOutcome::Failed("diverged")};
const TrialRecord kEight = {.values = Trial(8), .outcome = Fields{{"error", 0.2}}};
const std::string kSixLine = "{\"trial\":{\"n\":6},\"state\":\"complete\",\"outcome\":{\"error\":0.1}}\n";
const std::string kEightLine = "{\"trial\":{\"n\":8},\"state\":\"complete\",\"outcome\":{\"error\":0.2}}\n";

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

std::string Refusal(const RunFolder& folder, const Fields& study = kStudy) {
  try {
    TrialJournal journal(folder, study);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "accepted";
}

TEST(TrialJournal, KeepsOutcomesOnTheDisk) {
  const RunFolder folder = Fresh("keeps");
  {
    TrialJournal journal(folder, kStudy);
    EXPECT_EQ(Contents(journal.path()), kStudyLine);
    EXPECT_EQ(journal.Find(Trial(6)), nullptr);
    journal.Append(kSix);
    EXPECT_EQ(Contents(journal.path()), kStudyLine + kSixLine);
    journal.Append(kSeven);
    EXPECT_THAT([&] { journal.Append({.values = Trial(6), .outcome = {}}); },
                ThrowsMessage<std::invalid_argument>(EndsWith("trial n=6: is in the journal already")));
  }
  const TrialJournal journal(folder, kStudy);
  ASSERT_NE(journal.Find(Trial(6)), nullptr);
  EXPECT_EQ(*journal.Find(Trial(6)), kSix.outcome);
  EXPECT_EQ(*journal.Find(Trial(7)), kSeven.outcome);
}

TEST(TrialJournal, ListsItsTrialsInTheOrderOfTheirLines) {
  const RunFolder folder = Fresh("lists");
  {
    TrialJournal journal(folder, kStudy);
    EXPECT_THAT(journal.Records(), IsEmpty());
    journal.Append(kSeven);
    journal.Append(std::vector<TrialRecord>{kEight, kSix});
    EXPECT_THAT(journal.Records(), ElementsAre(kSeven, kEight, kSix));
  }
  EXPECT_THAT(TrialJournal(folder, kStudy).Records(), ElementsAre(kSeven, kEight, kSix));
}

TEST(TrialJournal, AddsAllOfSomeOutcomesOrNone) {
  const RunFolder folder = Fresh("together");
  TrialJournal journal(folder, kStudy);
  journal.Append(std::vector<TrialRecord>{kSix, kEight});
  const std::string both = kStudyLine + kSixLine + kEightLine;
  EXPECT_EQ(Contents(journal.path()), both);
  for (const std::vector<TrialRecord>& refused : {std::vector<TrialRecord>{kSeven, kSix},
                                                  {kSeven, kSeven},
                                                  {kSeven, {.values = {}, .outcome = {}}},
                                                  {kSeven, {.values = Trial(9), .outcome = Fields{{"n", 1}}}}}) {
    EXPECT_THROW(journal.Append(refused), std::invalid_argument);
    EXPECT_EQ(Contents(journal.path()), both);
    EXPECT_EQ(journal.Find(Trial(7)), nullptr);
  }
}

TEST(TrialJournal, DropsATornLastLineAndGoesOnAfterTheOneBefore) {
  const RunFolder folder = Fresh("torn");
  { TrialJournal(folder, kStudy).Append(kSix); }
  const fs::path path = folder.path() / "trials.jsonl";
  const std::string whole = Contents(path);
  Append(path, "{\"trial\":{\"n\":7},\"outco");
  {
    TrialJournal journal(folder, kStudy);
    EXPECT_EQ(Contents(path), whole);
    EXPECT_EQ(*journal.Find(Trial(6)), kSix.outcome);
    EXPECT_EQ(journal.Find(Trial(7)), nullptr);
    journal.Append(kSeven);
  }
  EXPECT_EQ(*TrialJournal(folder, kStudy).Find(Trial(7)), kSeven.outcome);
}

TEST(TrialJournal, ATornFirstLineIsWrittenAgain) {
  const RunFolder folder = Fresh("torn first");
  Append(folder.path() / "trials.jsonl", kStudyLine.substr(0, 20));
  TrialJournal(folder, kStudy).Append(kSix);
  EXPECT_EQ(Contents(folder.path() / "trials.jsonl"), kStudyLine + kSixLine);
}

TEST(TrialJournal, RefusesDamageNamingFileAndLine) {
  const RunFolder folder = Fresh("damaged");
  { TrialJournal(folder, kStudy).Append(kSix); }
  const fs::path path = folder.path() / "trials.jsonl";
  Append(path, "{\"trial\":{\"n\":7},\"outco\n" + kEightLine);
  const std::string before = Contents(path);
  EXPECT_THAT(Refusal(folder),
              AllOf(HasSubstr(path.string() + ": line 3: not valid JSON"), HasSubstr("accepted: {\"trial\"")));
  EXPECT_EQ(Contents(path), before);  // nothing is lost by looking
}

TEST(TrialJournal, RefusesValuesThatNoTrialHas) {
  const RunFolder folder = Fresh("no values");
  Append(folder.path() / "trials.jsonl", kStudyLine + "{\"trial\":{},\"state\":\"complete\",\"outcome\":{}}\n");
  EXPECT_THAT(Refusal(folder), EndsWith("line 2: trial: has no values; accepted: one or more"));
}

TEST(TrialJournal, RefusesTheFormerForm) {
  const RunFolder folder = Fresh("former");
  const std::string before = "{\"key\":\"spline n=6\",\"outcome\":{\"error\":0.1}}\n";
  Append(folder.path() / "trials.jsonl", before);
  EXPECT_THAT(Refusal(folder), HasSubstr("trials.jsonl: line 1: is of an earlier version"));
  EXPECT_EQ(Contents(folder.path() / "trials.jsonl"), before);
}

TEST(TrialJournal, RefusesAnotherStudyNamingTheDifference) {
  const RunFolder folder = Fresh("other study");
  { TrialJournal(folder, kStudy).Append(kSix); }
  const std::string before = Contents(folder.path() / "trials.jsonl");
  const auto refusal = [](const std::string& difference) {
    return EndsWith("trials.jsonl: line 1: is of another study: " + difference +
                    "; accepted: the journal of this study, or none");
  };
  EXPECT_THAT(Refusal(folder, {{"experiment", "gap"}, {"seed", std::uint64_t{2}}}),
              refusal("seed is 1 there and 2 here"));
  EXPECT_THAT(Refusal(folder, {{"experiment", "gap"}}), refusal("seed is 1 there and not set here"));
  EXPECT_THAT(Refusal(folder, {{"experiment", "gap"}, {"seed", std::uint64_t{1}}, {"cells", 3}}),
              refusal("cells is not set there and 3 here"));
  EXPECT_EQ(Contents(folder.path() / "trials.jsonl"), before);
  EXPECT_EQ(Refusal(folder), "accepted");
}

TEST(TrialJournal, SaysThatItCannotBeOpened) {
  const RunFolder folder = Fresh("in the way");
  fs::create_directory(folder.path() / "trials.jsonl");
  EXPECT_THAT(Refusal(folder), EndsWith("trials.jsonl: cannot be opened: Is a directory"));
}

TEST(TrialJournal, RefusesARepeatedTrial) {
  const RunFolder folder = Fresh("repeated");
  { TrialJournal(folder, kStudy).Append(kSix); }
  Append(folder.path() / "trials.jsonl", kSixLine);
  EXPECT_THAT(Refusal(folder), EndsWith("line 3: trial n=6 is there already; accepted: each trial once"));
}

TEST(TrialJournal, AFailedWriteLeavesTheTrialsThatHadFinishedAndNothingElse) {
  const RunFolder folder = Fresh("full");
  { TrialJournal(folder, kStudy).Append(kSix); }
  TrialJournal journal(folder, kStudy);
  journal.Append(kSeven);
  const std::string whole = Contents(journal.path());
  for (const std::uintmax_t room : {0, 10}) {  // nothing can be written, or part of a line
    const FullDisk disk(whole.size() + room);
    EXPECT_THAT([&] { journal.Append(kEight); },
                ThrowsMessage<std::runtime_error>(journal.path().string() + ": cannot be written: File too large"));
    EXPECT_EQ(Contents(journal.path()), whole);
    EXPECT_EQ(journal.Find(Trial(8)), nullptr);
  }
  journal.Append(kEight);
  EXPECT_EQ(Contents(journal.path()), whole + kEightLine);
}

TEST(TrialJournal, AFullDiskLeavesNoStudy) {
  const RunFolder folder = Fresh("full at once");
  {
    const FullDisk disk(10);
    EXPECT_THAT(Refusal(folder), EndsWith("trials.jsonl: cannot be written: File too large"));
  }
  EXPECT_EQ(Contents(folder.path() / "trials.jsonl"), "");
}

TEST(TrialJournal, NowhereRemembersAndWritesNothing) {
  TrialJournal journal(RunFolder::Nowhere(), kStudy), another(RunFolder::Nowhere(), kStudy);
  journal.Append(kSix);
  EXPECT_EQ(*journal.Find(Trial(6)), kSix.outcome);
  EXPECT_EQ(another.Find(Trial(6)), nullptr);
  EXPECT_FALSE(fs::exists("trials.jsonl"));
}

TEST(TrialJournal, HasOneWriterAtATime) {
  const RunFolder folder = Fresh("shared");
  {
    const TrialJournal journal(folder, kStudy);
    EXPECT_THAT(Refusal(folder), HasSubstr("is being written by another run"));
  }
  EXPECT_EQ(Refusal(folder), "accepted");
}

}  // namespace
}  // namespace hyperwidth
