// SPDX-License-Identifier: Apache-2.0
#include "training/data/idx.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <numeric>
#include <random>
#include <stdexcept>
#include <string>

#include "training/data/byte_source.h"
#include "training/data/write_idx.h"

namespace hyperwidth {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using Bytes = std::vector<std::uint8_t>;

ImageSet Numbered(std::int64_t count, int height, int width) {
  ImageSet images{.count = count, .height = height, .width = width};
  images.pixels.resize(static_cast<std::size_t>(count) * images.image_size());
  std::iota(images.pixels.begin(), images.pixels.end(), std::uint8_t{0});
  return images;
}

// A fresh folder per test, removed afterwards.
class Idx : public ::testing::Test {
 protected:
  void SetUp() override { std::filesystem::create_directories(folder_); }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path File(const Bytes& bytes, Compression compression = Compression::kNone) const {
    WriteBytes(folder_ / "file", bytes, compression);
    return folder_ / "file";
  }

  const std::filesystem::path folder_ =
      std::filesystem::path(::testing::TempDir()) / ::testing::UnitTest::GetInstance()->current_test_info()->name();
};

template <typename Action>
std::string MessageOf(Action action) {
  try {
    action();
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "no std::runtime_error";
}

std::string ImageMessage(const std::filesystem::path& path) {
  return MessageOf([&] { ReadIdxImages(path); });
}

// One line that names the file.
auto NamesFileAnd(const std::string& text) {
  return AllOf(HasSubstr("/file: "), HasSubstr(text), Not(HasSubstr("\n")));
}

TEST_F(Idx, ReadsBackWhatWasWrittenCompressedOrNot) {
  const ImageSet written = Numbered(3, 4, 5);
  for (const Compression compression : {Compression::kNone, Compression::kGzip}) {
    const ImageSet read = ReadIdxImages(File(IdxBytes(written), compression));
    EXPECT_EQ(read.count, 3);
    EXPECT_EQ(read.height, 4);
    EXPECT_EQ(read.width, 5);
    EXPECT_EQ(read.channels, 1);
    EXPECT_EQ(read.pixels, written.pixels);
    EXPECT_EQ(read.image(2)[7], 2 * 20 + 7);  // pixels count up from 0
    EXPECT_THAT(read.source, ::testing::MatchesRegex("file: 3 images of 4 x 5 \\(crc32 [0-9a-f]*\\)"));
    const Bytes labels = {7, 0, 9};
    EXPECT_EQ(ReadIdxLabels(File(IdxBytes(labels), compression)), labels);
  }
}

TEST_F(Idx, ReadsFilesLargerThanOneReadAndCountsAboveTwoBytes) {
  const ImageSet written = Numbered(70000, 16, 16);  // 17.9 MB: more than one read, three bytes of count
  EXPECT_EQ(ReadIdxImages(File(IdxBytes(written))).pixels, written.pixels);
}

TEST_F(Idx, MissingFileOrFolderSaysSo) {
  EXPECT_THAT(ImageMessage(folder_ / "absent" / "file"), NamesFileAnd("No such file"));
  std::filesystem::create_directory(folder_ / "file");
  EXPECT_THAT(ImageMessage(folder_ / "file"), NamesFileAnd("is a directory"));
}

TEST_F(Idx, TruncationAtEveryByteIsRefused) {
  const Bytes whole = IdxBytes(Numbered(2, 3, 3));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const Bytes part(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    for (const Compression compression : {Compression::kNone, Compression::kGzip}) {
      EXPECT_NE(ImageMessage(File(part, compression)), "no std::runtime_error") << size << " bytes";
    }
  }
  Bytes part = whole;
  part.resize(whole.size() - 4);
  EXPECT_THAT(ImageMessage(File(part)),
              NamesFileAnd("truncated: the header announces 2 x 3 x 3 = 18 bytes of data, found 14"));
  EXPECT_THAT(ImageMessage(File({})),
              NamesFileAnd("is empty; accepted: an IDX file that begins 00 00 08 03 (unsigned bytes, 3 dimensions)"));
}

TEST_F(Idx, TruncatedOrCorruptCompressionIsRefused) {
  const std::filesystem::path path = File(IdxBytes(Numbered(40, 28, 28)), Compression::kGzip);
  std::ifstream file(path, std::ios::binary);
  const Bytes compressed{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  const std::size_t size = compressed.size();
  // Cut anywhere, also inside the checksum of 8 bytes at the end: refused.
  for (const std::size_t cut : {size - 1, size - 4, size - 8, size - 9, size / 2}) {
    EXPECT_THAT(ImageMessage(File(Bytes(compressed.begin(), compressed.begin() + static_cast<std::ptrdiff_t>(cut)))),
                NamesFileAnd("truncated"));
  }
  Bytes damaged = compressed;
  damaged[size - 6] ^= 1;  // the checksum: the data decompresses, but to something else
  EXPECT_EQ(
      ImageMessage(File(damaged)),
      path.string() +
          ": compressed data is corrupt (incorrect data check); a complete gzip or uncompressed file is expected");
  damaged = compressed;
  for (std::size_t i = 20; i < 40; ++i) damaged[i] ^= 0x5a;
  EXPECT_THAT(ImageMessage(File(damaged)), NamesFileAnd("complete gzip or uncompressed file"));
}

// Zeros shrink a thousandfold: a few hundred kilobytes that would be as many megabytes.
TEST_F(Idx, CompressedFilesThatExpandBeyondAllReasonAreRefusedBeforeTheyDo) {
  const auto most = static_cast<std::int64_t>((ByteSource::kMostExpanded - 16) / 4096);
  Bytes bytes = IdxBytes(ImageSet{.count = 1, .height = 64, .width = 64, .channels = 1, .pixels = Bytes(4096)});
  const auto announce = [&bytes](std::int64_t count) {
    for (int i = 0; i < 4; ++i) bytes[4 + i] = static_cast<std::uint8_t>(count >> (24 - 8 * i));
    bytes.resize(16 + static_cast<std::size_t>(count) * 4096);
  };
  announce(most);
  EXPECT_EQ(ReadIdxImages(File(bytes, Compression::kGzip)).count, most);
  announce(most + 1);
  const std::string refusal = ImageMessage(File(bytes, Compression::kGzip));
  EXPECT_THAT(refusal,
              NamesFileAnd("compressed file expands to more than 67108864 bytes; accepted: at most 10 times its own "
                           "size, or the file without its compression"));
  EXPECT_EQ(ReadIdxImages(File(bytes)).count, most + 1);
  // Whatever the header says: one that announces 8 GiB, and one that announces little and has more.
  bytes[4] = 0x00, bytes[5] = 0x1f, bytes[6] = 0xff, bytes[7] = 0xff;
  EXPECT_EQ(ImageMessage(File(bytes, Compression::kGzip)), refusal);
}

// An eighth of what they hold, and more than 64 MiB of it.
TEST_F(Idx, CompressedFilesOfAnyLengthAreReadThatExpandModestly) {
  ImageSet images{.count = 17000, .height = 64, .width = 64, .channels = 1};
  images.pixels.resize(static_cast<std::size_t>(images.count) * 4096);
  std::mt19937 random(1);
  for (std::size_t i = 0; i < images.pixels.size(); i += 8) images.pixels[i] = static_cast<std::uint8_t>(random());
  EXPECT_EQ(ReadIdxImages(File(IdxBytes(images), Compression::kGzip)).pixels, images.pixels);
}

TEST_F(Idx, TrailingBytesAreRefused) {
  Bytes bytes = IdxBytes(Numbered(2, 3, 3));
  bytes.push_back(0);
  EXPECT_THAT(ImageMessage(File(bytes)), NamesFileAnd("too long"));
  EXPECT_THAT(ImageMessage(File(bytes, Compression::kGzip)), NamesFileAnd("further bytes follow"));
  bytes = IdxBytes(Bytes{7, 0, 9});
  bytes.push_back(4);
  EXPECT_THAT(MessageOf([&] { ReadIdxLabels(File(bytes)); }),
              NamesFileAnd("3 bytes of data, but further bytes follow"));
}

TEST_F(Idx, WrongTypeRankOrMagicSaysWhatWasFound) {
  Bytes bytes = IdxBytes(Numbered(2, 3, 3));
  bytes[2] = 0x0d;  // 32-bit floating point
  EXPECT_THAT(ImageMessage(File(bytes)), NamesFileAnd("its elements have type 0x0d; accepted: "));
  EXPECT_THAT(ImageMessage(File(IdxBytes(Bytes{1, 2}))), NamesFileAnd("its data has 1 dimensions; accepted: "));
  EXPECT_THAT(ImageMessage(File({'P', 'K', 3, 4, 5})), NamesFileAnd("not an IDX file: it begins 50 4b 03 04"));
  EXPECT_THAT(
      MessageOf([&] { ReadIdxLabels(File(IdxBytes(Numbered(2, 3, 3)))); }),
      NamesFileAnd("3 dimensions; accepted: an IDX file that begins 00 00 08 01 (unsigned bytes, 1 dimension)"));
  // One byte of the magic number alone is wrong, or it is not complete.
  for (const std::size_t place : {0, 1}) {
    Bytes damaged = IdxBytes(Numbered(2, 3, 3));
    damaged[place] = 1;
    EXPECT_THAT(ImageMessage(File(damaged)), NamesFileAnd("not an IDX file: it begins 0"));
  }
  EXPECT_THAT(ImageMessage(File({0, 0, 8})), NamesFileAnd("not an IDX file: it begins 00 00 08; accepted"));
}

TEST_F(Idx, AbsurdDimensionsAreRefusedBeforeMemoryIsAskedFor) {
  const auto header = [](const std::vector<std::uint32_t>& dimensions) {
    Bytes bytes = {0, 0, 8, static_cast<std::uint8_t>(dimensions.size())};
    for (const std::uint32_t d : dimensions) {
      for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<std::uint8_t>(d >> shift));
    }
    return bytes;
  };
  constexpr std::uint32_t kMax = 0xffffffff;
  // The third product is 2^64, which wraps to zero in 64 bits.
  for (const auto& dimensions : std::vector<std::vector<std::uint32_t>>{{kMax, 28, 28},
                                                                        {kMax, kMax, kMax},
                                                                        {1u << 31, 1u << 31, 4},
                                                                        {0, 28, 28},
                                                                        {1, 0, 28},
                                                                        {1, 28, 0},
                                                                        {1, 4097, 1},
                                                                        {1, 1, 4097}}) {
    EXPECT_THAT(ImageMessage(File(header(dimensions))), NamesFileAnd("accepted: at least 1 image"));
  }
  // Within the limits, but not there: the message comes from reading, and only what is there is held.
  EXPECT_THAT(ImageMessage(File(header({1u << 30, 2, 2}))), NamesFileAnd("found 0"));
  for (const std::uint32_t count : {0u, (1u << 28) + 1, kMax}) {
    EXPECT_THAT(MessageOf([&] { ReadIdxLabels(File(header({count}))); }),
                NamesFileAnd("announces " + std::to_string(count) + " labels; accepted: 1 to 268435456"));
  }
  EXPECT_THAT(MessageOf([&] { ReadIdxLabels(File(header({1u << 28}))); }), NamesFileAnd("found 0"));
}

TEST_F(Idx, LoadMnistAcceptsEverySpelling) {
  const ImageSet train = Numbered(5, 2, 3), test = Numbered(4, 2, 3);
  for (const std::string separator : {"-", "."}) {
    for (const std::string ending : {"", ".gz"}) {
      std::filesystem::remove_all(folder_);
      std::filesystem::create_directories(folder_);
      const Compression compression = ending.empty() ? Compression::kNone : Compression::kGzip;
      WriteBytes(folder_ / ("train-images" + separator + "idx3-ubyte" + ending), IdxBytes(train), compression);
      WriteBytes(folder_ / ("t10k-images" + separator + "idx3-ubyte" + ending), IdxBytes(test), compression);
      WriteBytes(folder_ / ("train-labels" + separator + "idx1-ubyte" + ending), IdxBytes(Bytes{1, 2}), compression);
      WriteBytes(folder_ / ("t10k-labels" + separator + "idx1-ubyte" + ending), IdxBytes(Bytes{3}), compression);
      EXPECT_EQ(LoadMnist(folder_).train.pixels, train.pixels);
      EXPECT_EQ(LoadMnist(folder_).test.pixels, test.pixels);
      EXPECT_EQ(LoadMnistLabels(folder_).train, (Bytes{1, 2}));
      EXPECT_EQ(LoadMnistLabels(folder_).test, Bytes{3});
    }
  }
}

TEST_F(Idx, LoadMnistNamesTheFilesItLookedFor) {
  EXPECT_THAT(MessageOf([&] { LoadMnist(folder_); }),
              AllOf(HasSubstr(folder_.string()),
                    HasSubstr("train-images-idx3-ubyte, train-images-idx3-ubyte.gz, train-images.idx3-ubyte"),
                    Not(HasSubstr("\n"))));
  EXPECT_THAT(MessageOf([&] { LoadMnist(folder_ / "absent"); }), HasSubstr("not a directory"));
}

TEST_F(Idx, LoadMnistRefusesSplitsOfDifferentSize) {
  WriteBytes(folder_ / "train-images-idx3-ubyte", IdxBytes(Numbered(5, 2, 3)));
  WriteBytes(folder_ / "t10k-images-idx3-ubyte", IdxBytes(Numbered(5, 3, 2)));
  EXPECT_EQ(MessageOf([&] { LoadMnist(folder_); }),
            folder_.string() + ": training images are 2 x 3, test images 3 x 2; accepted: one size");
  WriteBytes(folder_ / "t10k-images-idx3-ubyte", IdxBytes(Numbered(5, 2, 4)));
  EXPECT_THAT(MessageOf([&] { LoadMnist(folder_); }), HasSubstr("training images are 2 x 3, test images 2 x 4"));
  WriteBytes(folder_ / "t10k-images-idx3-ubyte", IdxBytes(Numbered(5, 3, 3)));
  EXPECT_THAT(MessageOf([&] { LoadMnist(folder_); }), HasSubstr("training images are 2 x 3, test images 3 x 3"));
}

// The file of 32-bit integers with so many columns, each row beginning with one of the digits.
Bytes QmnistBytes(const std::vector<std::uint32_t>& digits, std::uint8_t columns = 8) {
  Bytes bytes = {0, 0, 0x0c, 2, 0, 0, 0, static_cast<std::uint8_t>(digits.size()), 0, 0, 0, columns};
  for (const std::uint32_t digit : digits) {
    for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<std::uint8_t>(digit >> shift));
    bytes.insert(bytes.end(), 4 * (columns - 1u), 0xff);
  }
  return bytes;
}

TEST_F(Idx, QmnistLabelsAreTheFirstOfEightIntegers) {
  EXPECT_EQ(ReadQmnistLabels(File(QmnistBytes({7, 0, 9}))), (Bytes{7, 0, 9}));
  const auto message = [&](const Bytes& bytes) { return MessageOf([&] { ReadQmnistLabels(File(bytes)); }); };
  EXPECT_THAT(message(QmnistBytes({1, 10})), NamesFileAnd("row 1 has digit 10; accepted: 0 to 9"));
  EXPECT_THAT(message(QmnistBytes({0x01000000})), NamesFileAnd("row 0 has digit 16777216"));
  EXPECT_THAT(message(QmnistBytes({1}, 7)),
              NamesFileAnd("announces 1 x 7 integers; accepted: 1 to 268435456 rows of 8"));
  EXPECT_THAT(message(QmnistBytes({})), NamesFileAnd("announces 0 x 8 integers"));
  EXPECT_THAT(message(IdxBytes(Bytes{1})),
              NamesFileAnd("type 0x08; accepted: an IDX file that begins 00 00 0c 02 (32-bit integers"));
  Bytes bytes = QmnistBytes({1, 2});
  bytes.pop_back();
  EXPECT_THAT(message(bytes), NamesFileAnd("truncated: the header announces 2 x 8 x 4 = 64 bytes of data, found 63"));
  bytes.insert(bytes.end(), 2, 0);
  EXPECT_THAT(message(bytes), NamesFileAnd("too long"));
  EXPECT_THAT(MessageOf([&] { ReadIdxLabels(File(QmnistBytes({1}))); }), NamesFileAnd("type 0x0c"));
}

TEST_F(Idx, QmnistIsLoadedByItsNames) {
  WriteBytes(folder_ / "qmnist-train-images-idx3-ubyte", IdxBytes(Numbered(5, 2, 3)));
  WriteBytes(folder_ / "qmnist-test-images-idx3-ubyte.gz", IdxBytes(Numbered(4, 2, 3)), Compression::kGzip);
  WriteBytes(folder_ / "qmnist-train-labels-idx2-int", QmnistBytes({3, 4}));
  WriteBytes(folder_ / "qmnist-test-labels-idx2-int.gz", QmnistBytes({5}), Compression::kGzip);
  EXPECT_EQ(LoadMnist(folder_, kQmnistNames).train.count, 5);
  EXPECT_EQ(LoadMnist(folder_, kQmnistNames).test.count, 4);
  EXPECT_EQ(LoadQmnistLabels(folder_).train, (Bytes{3, 4}));
  EXPECT_EQ(LoadQmnistLabels(folder_).test, Bytes{5});
}

}  // namespace
}  // namespace hyperwidth
