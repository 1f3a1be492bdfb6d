// SPDX-License-Identifier: Apache-2.0
#include "training/data/cifar.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <filesystem>
#include <stdexcept>
#include <string>

#include "training/data/write_idx.h"

namespace hyperwidth {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using Bytes = std::vector<std::uint8_t>;

// Record i has label (first + i) % 10; its red plane is constant `first + i`, green 100 more, blue 200 more.
Bytes Records(int count, int first) {
  Bytes bytes;
  for (int i = first; i < first + count; ++i) {
    bytes.push_back(static_cast<std::uint8_t>(i % 10));
    for (int channel = 0; channel < 3; ++channel)
      bytes.insert(bytes.end(), 1024, static_cast<std::uint8_t>(i + 100 * channel));
  }
  return bytes;
}

class Cifar : public ::testing::Test {
 protected:
  void SetUp() override { std::filesystem::create_directories(folder_); }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string MessageOf(const Bytes& batch, Compression compression = Compression::kNone) const {
    WriteBytes(folder_ / "batch", batch, compression);
    try {
      ReadCifarBatch(folder_ / "batch");
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return "no std::runtime_error";
  }

  std::string LoadMessage() const {
    try {
      LoadCifar10(folder_);
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return "no std::runtime_error";
  }

  const std::filesystem::path folder_ =
      std::filesystem::path(::testing::TempDir()) / ::testing::UnitTest::GetInstance()->current_test_info()->name();
};

TEST_F(Cifar, ReadsPlanesAndLabelsOfEveryRecord) {
  WriteBytes(folder_ / "batch", Records(3, 8), Compression::kGzip);
  const LabelledImages batch = ReadCifarBatch(folder_ / "batch");
  EXPECT_EQ(batch.labels, (Bytes{8, 9, 0}));
  EXPECT_EQ(batch.images.count, 3);
  EXPECT_EQ(batch.images.image_size(), 3072u);
  EXPECT_THAT(batch.images.source,
              ::testing::MatchesRegex("batch: 3 images of 32 x 32, red-green-blue \\(crc32 [0-9a-f]*\\)"));
  ASSERT_EQ(batch.images.pixels.size(), 3 * 3072u);
  EXPECT_EQ(batch.images.image(2)[0], 10);
  EXPECT_EQ(batch.images.image(2)[1023], 10);
  EXPECT_EQ(batch.images.image(2)[1024], 110);
  EXPECT_EQ(batch.images.image(0)[3071], 208);
}

TEST_F(Cifar, ReadsWhateverTrainingBatchesAreThereInOrder) {
  WriteBytes(folder_ / "data_batch_4.bin", Records(2, 3));
  for (const char* const other : {"data_batch_0.bin", "data_batch_6.bin"}) WriteBytes(folder_ / other, Records(1, 1));
  WriteBytes(folder_ / "data_batch_2.bin.gz", Records(1, 7), Compression::kGzip);
  WriteBytes(folder_ / "test_batch.bin", Records(4, 0));
  const CifarImages images = LoadCifar10(folder_);
  EXPECT_EQ(images.train.images.count, 3);
  EXPECT_EQ(images.train.labels, (Bytes{7, 3, 4}));
  EXPECT_EQ(images.train.images.image(1)[0], 3);
  EXPECT_EQ(images.train.images.height, 32);
  EXPECT_EQ(images.train.images.channels, 3);
  EXPECT_EQ(images.test.images.count, 4);
  EXPECT_THAT(images.train.images.source, HasSubstr("data_batch_2.bin.gz, data_batch_4.bin: 3 images"));
  EXPECT_THAT(images.test.images.source, HasSubstr("test_batch.bin: 4 images"));
}

TEST_F(Cifar, MissingBatchesAreNamed) {
  EXPECT_THAT(LoadMessage(), AllOf(HasSubstr(folder_.string()), HasSubstr("test_batch.bin, test_batch.bin.gz")));
  WriteBytes(folder_ / "test_batch.bin", Records(4, 0));
  EXPECT_THAT(LoadMessage(),
              AllOf(HasSubstr("accepted names: data_batch_1.bin, data_batch_1.bin.gz, data_batch_2.bin, "),
                    ::testing::EndsWith(", data_batch_5.bin, data_batch_5.bin.gz")));
}

TEST_F(Cifar, DamagedBatchesAreRefusedWithTheReason) {
  Bytes bytes = Records(2, 0);
  bytes.pop_back();
  EXPECT_THAT(MessageOf(bytes),
              AllOf(HasSubstr("/batch: 6145 bytes are 1 records and 3072 bytes; accepted"), Not(HasSubstr("\n"))));
  EXPECT_THAT(MessageOf(bytes, Compression::kGzip), HasSubstr("6145 bytes"));
  bytes = Records(2, 0);
  bytes.push_back(0);
  EXPECT_THAT(MessageOf(bytes), HasSubstr("2 records and 1 bytes"));
  bytes = Records(2, 0);
  bytes[3073] = 10;
  EXPECT_THAT(MessageOf(bytes), HasSubstr("record 1 has label 10"));
  EXPECT_EQ(MessageOf({}),
            (folder_ / "batch").string() +
                ": is empty; accepted: 1 to 1000000 records of 3073 bytes, a label of 0 to 9 and 32 x 32 x 3 pixels");
}

TEST_F(Cifar, ReadsSuperclassAndClassOfCifar100) {
  // A superclass before each record of CIFAR-10.
  const auto with_superclasses = [](const Bytes& records) {
    Bytes bytes;
    for (std::size_t i = 0; i < records.size(); i += 3073) {
      bytes.push_back(static_cast<std::uint8_t>(19 - i / 3073));
      bytes.insert(bytes.end(),
                   records.begin() + static_cast<std::ptrdiff_t>(i),
                   records.begin() + static_cast<std::ptrdiff_t>(i + 3073));
    }
    return bytes;
  };
  Bytes train = with_superclasses(Records(2, 5));
  train[3074 + 1] = 99;
  WriteBytes(folder_ / "train.bin", train);
  WriteBytes(folder_ / "test.bin.gz", with_superclasses(Records(1, 8)), Compression::kGzip);
  const CifarImages images = LoadCifar100(folder_);
  EXPECT_EQ(images.train.labels, (Bytes{5, 99}));
  EXPECT_EQ(images.train.superclasses, (Bytes{19, 18}));
  EXPECT_EQ(images.train.images.image(1)[0], 6);
  EXPECT_EQ(images.train.images.image(1)[3071], 206);
  EXPECT_EQ(images.test.labels, Bytes{8});

  const auto message_of = [&](const Bytes& bytes) -> std::string {
    WriteBytes(folder_ / "train.bin", bytes);
    try {
      LoadCifar100(folder_);
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return "no std::runtime_error";
  };
  train[3074 + 1] = 100;
  EXPECT_THAT(message_of(train),
              HasSubstr("train.bin: record 1 has label 100; accepted: 1 to 1000000 records of 3074 bytes, a superclass "
                        "of 0 to 19, a label of 0 to 99 and 32 x 32 x 3 pixels"));
  train[0] = 20;
  EXPECT_THAT(message_of(train), HasSubstr("record 0 has superclass 20"));
  EXPECT_THAT(message_of(Records(2, 0)),
              HasSubstr("6146 bytes are 1 records and 3072 bytes; accepted: 1 to 1000000 records of 3074 bytes"));
}

}  // namespace
}  // namespace hyperwidth
