// SPDX-License-Identifier: Apache-2.0
#include "tools/condition_flag.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "training/arrays/npy.h"
#include "training/arrays/test_files.h"

namespace hyperwidth {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::filesystem::path InFolder(const std::string& name) { return std::filesystem::path(::testing::TempDir()) / name; }

std::vector<double> Read(const std::string& text) { return ConditionOfFlag(text, InFolder); }
std::string Refusal(const std::string& text) {
  return MessageOf([&] { Read(text); });
}

TEST(ConditionOfFlag, ReadsNumbers) {
  EXPECT_THAT(Read("0.1"), ElementsAre(0.1));
  EXPECT_THAT(Read("-1,2e-3,0"), ElementsAre(-1, 2e-3, 0));
}

TEST(ConditionOfFlag, ReadsARowOfAFile) {
  WriteNpy(InFolder("one.npy"), ArrayOf<float>({3}, {1, 2, 3}));
  WriteNpy(InFolder("rows.npy"), ArrayOf<double>({2, 2}, {1, 2, 3, 4}));
  WriteNpy(InFolder("single.npy"), ArrayOf<double>({1, 2}, {5, 6}));
  WriteNpy(InFolder("odd:1"), ArrayOf<double>({1}, {7}));
  EXPECT_THAT(Read("one.npy"), ElementsAre(1, 2, 3));
  EXPECT_THAT(Read("one.npy:0"), ElementsAre(1, 2, 3));
  EXPECT_THAT(Read("rows.npy:0"), ElementsAre(1, 2));
  EXPECT_THAT(Read("rows.npy:1"), ElementsAre(3, 4));
  EXPECT_THAT(Read("single.npy"), ElementsAre(5, 6));
  EXPECT_THAT(Read("odd:1"), ElementsAre(7));  // a file of that name
}

TEST(ConditionOfFlag, RefusesAnythingElse) {
  WriteNpy(InFolder("rows.npy"), ArrayOf<double>({2, 2}, {1, 2, 3, 4}));
  WriteNpy(InFolder("cube.npy"), ArrayOf<double>({1, 1, 1}, {1}));
  WriteTestFile("text.npy", "1,2");
  const std::string forms = ", accepted: numbers with commas between them, or FILE.npy, or FILE.npy:ROW";
  for (const std::string text :
       {"", "1,", "one, two", "nowhere.npy", "nowhere.npy:1", "rows.npy:x", ":1", "rows.npy:"}) {
    EXPECT_EQ(Refusal(text), "--condition: found '" + text + "'" + forms);
  }
  EXPECT_EQ(Refusal("rows.npy"),
            "--condition: found rows.npy with float64 [2, 2], accepted: rows.npy:ROW, ROW from 0 to 1");
  EXPECT_EQ(Refusal("rows.npy:2"),
            "--condition: found row 2 of rows.npy with float64 [2, 2], accepted: rows from 0 to 1");
  EXPECT_THAT(Refusal("rows.npy:-1"), HasSubstr("found row -1 of rows.npy"));
  EXPECT_THAT(Refusal("cube.npy"), HasSubstr("accepted: an array [dI] or [G, dI]"));
  EXPECT_THAT(Refusal("text.npy"), HasSubstr("text.npy"));
}

}  // namespace
}  // namespace hyperwidth
