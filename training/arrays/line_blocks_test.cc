// SPDX-License-Identifier: Apache-2.0
#include "training/arrays/line_blocks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <span>
#include <stdexcept>
#include <utility>

namespace hyperwidth {
namespace {

using ::testing::ElementsAre;

class TextStream final : public ByteStream {
 public:
  explicit TextStream(std::string text) : text_(std::move(text)) {}
  const std::string& name() const override { return name_; }
  std::uint64_t size() const override { return text_.size(); }
  std::size_t read() const { return at_; }
  std::size_t Read(std::span<std::byte> bytes) override {
    const std::size_t count = std::min(bytes.size(), text_.size() - at_);
    std::memcpy(bytes.data(), text_.data() + at_, count);
    at_ += count;
    return count;
  }

 private:
  std::string name_ = "text";
  std::string text_;
  std::size_t at_ = 0;
};

TEST(TakeLine, TakesLinesWithoutTheirEnds) {
  std::string_view text = "a\n\nb\r\n\r\nc\rd";
  std::vector<std::string> lines;
  while (!text.empty()) lines.emplace_back(TakeLine(text));
  EXPECT_THAT(lines, ElementsAre("a", "", "b", "", "c\rd"));
}

TEST(LineBlocks, AreWholeLinesInOrderWithTheirNumbers) {
  for (const std::string end : {"", "\n"}) {
    std::string expected;
    for (int i = 0; i < 100'000; ++i) expected += std::string(static_cast<std::size_t>(i % 11), 'x') + "\n";
    expected += "last" + end;
    TextStream stream(expected);
    LineBlocks blocks(stream);
    LineBlock block;
    std::string text;
    std::int64_t line = 1, rows = 0;
    int count = 0;
    for (; blocks.Next(block); ++count) {
      EXPECT_EQ(block.first_line, line);
      EXPECT_LE(block.text.size(), LineBlocks::kBlock + 11);
      line += std::count(block.text.begin(), block.text.end(), '\n');
      EXPECT_TRUE(block.text.ends_with('\n') || text.size() + block.text.size() == expected.size());
      rows += block.rows;
      text += block.text;
    }
    EXPECT_EQ(text, expected);
    EXPECT_EQ(rows, 100'001 - 100'000 / 11 - 1) << "without blank ones";
    EXPECT_GE(count, 3);
    EXPECT_FALSE(blocks.Next(block));
  }
}

TEST(LineBlocks, HoldLinesLongerThanABlock) {
  const std::string line(5 * LineBlocks::kBlock + 3, 'x');
  TextStream stream("a\n" + line + "\nb\n" + line);
  LineBlocks blocks(stream);
  LineBlock block;
  std::string text;
  while (blocks.Next(block)) text += block.text;
  EXPECT_EQ(text, "a\n" + line + "\nb\n" + line);
}

TEST(LineBlocks, DoNotReadAFileWithoutLinesToItsEnd) {
  TextStream stream(std::string(5 * LineBlocks::kMostLine, 'x'));
  LineBlocks blocks(stream);
  LineBlock block;
  EXPECT_THROW(blocks.Next(block), std::runtime_error);
  EXPECT_LE(stream.read(), 3 * LineBlocks::kMostLine);
}

TEST(LineBlocks, OfAnEmptyFileAreNone) {
  TextStream stream("");
  LineBlocks blocks(stream);
  LineBlock block;
  EXPECT_FALSE(blocks.Next(block));
  EXPECT_FALSE(blocks.Next(block));
}

TEST(LineBlocks, RefuseALineThatIsTooLongOnceTheOnesBeforeItHaveBeenHandedOut) {
  for (const std::string end : {"", "\n", "\nmore\n"}) {
    TextStream stream("a\nb\n" + std::string(LineBlocks::kMostLine + 1, 'x') + end);
    LineBlocks blocks(stream);
    LineBlock block;
    ASSERT_TRUE(blocks.Next(block));
    EXPECT_EQ(block.text, "a\nb\n");
    try {
      blocks.Next(block);
      ADD_FAILURE() << "is taken";
    } catch (const std::runtime_error& error) {
      EXPECT_STREQ(error.what(), "text, line 3: is longer than 16777216 bytes; accepted: lines of a table");
    }
  }
}

}  // namespace
}  // namespace hyperwidth
