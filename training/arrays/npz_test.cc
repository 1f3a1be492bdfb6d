// SPDX-License-Identifier: Apache-2.0
#include "training/arrays/npz.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zip.h>

#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "training/arrays/numpy_archives.h"
#include "training/arrays/test_files.h"
#include "training/run/full_disk.h"

namespace hyperwidth {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string BytesOfHex(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  }
  return bytes;
}

// An archive of these members, in this order.
fs::path Packed(const std::string& name,
                const std::vector<std::pair<std::string, std::string>>& members,
                zip_int32_t method = ZIP_CM_DEFLATE) {
  const fs::path path = WriteTestFile(name, "");
  fs::remove(path);
  zip_t* const archive = zip_open(path.c_str(), ZIP_CREATE, nullptr);
  for (const auto& [member, bytes] : members) {
    const auto index =
        zip_file_add(archive, member.c_str(), zip_source_buffer(archive, bytes.data(), bytes.size(), 0), 0);
    EXPECT_EQ(zip_set_file_compression(archive, static_cast<zip_uint64_t>(index), method, 9), 0);
  }
  EXPECT_EQ(zip_close(archive), 0);
  return path;
}

const std::string kTwo = NpyBytes(NpyDictionary("<f4", "(2,)"), {"\0\0\xc0\x3f\0\0\0\xc0", 8});  // 1.5, -2

void Replace(std::string& bytes, const std::string& from, const std::string& to) {
  const std::size_t place = bytes.rfind(from);
  ASSERT_NE(place, std::string::npos);
  bytes.replace(place, from.size(), to);
}

std::string LittleEndian(std::uint64_t number, int bytes) {
  std::string text;
  for (int i = 0; i < bytes; ++i) text += static_cast<char>(number >> (8 * i));
  return text;
}

TEST(Npz, ReadsWhatNumpyAndZipProgramsWrite) {
  for (const std::string_view archive : {kZip64Archive, kPipedArchive, kPipedZip64Archive, kRepackedArchive}) {
    const NpzFile file(WriteTestFile("numpy.npz", BytesOfHex(archive)));
    EXPECT_THAT(file.names(), ElementsAre("x"));
    const NumericArray x = file.Read("x");
    EXPECT_EQ(x.Text(), "float32 [2]");
    EXPECT_THAT(Numbers(x), ElementsAre(1.5, -2));
  }
}

TEST(Npz, ReadsStoredAndDeflatedMembersAndNoOthers) {
  for (const zip_int32_t method : {ZIP_CM_STORE, ZIP_CM_DEFLATE}) {
    EXPECT_THAT(Numbers(NpzFile(Packed("method.npz", {{"x.npy", kTwo}}, method)).Read("x")), ElementsAre(1.5, -2));
  }
  const NpzFile file(Packed("bzip2.npz", {{"x.npy", kTwo}}, ZIP_CM_BZIP2));
  EXPECT_THAT(MessageOf([&] { file.Read("x"); }), HasSubstr("bzip2.npz, array 'x': is compressed by method 12"));
}

TEST(Npz, NamesTheArrayThatCannotBeRead) {
  const NpzFile file(Packed("objects.npz", {{"y.npy", kTwo}, {"x.npy", NpyBytes(NpyDictionary("|O", "(1,)"), "x")}}));
  EXPECT_THAT(file.names(), ElementsAre("x", "y"));
  EXPECT_THAT(MessageOf([&] { file.Read("x"); }),
              AllOf(HasSubstr("objects.npz, array 'x': holds Python objects"), HasSubstr("accepted:")));
  EXPECT_THAT(Numbers(file.Read("y")), ElementsAre(1.5, -2));
  EXPECT_THAT(MessageOf([&] { file.Read("z"); }), HasSubstr("has no array 'z'"));
}

TEST(Npz, RefusesOneNameTwice) {
  EXPECT_THAT(MessageOf([] {
                NpzFile(Packed("twice.npz", {{"a/x.npy", kTwo}, {"b/x.npy", kTwo}}));
              }),
              HasSubstr("has array 'x' twice"));
  // libzip does not write a name twice, but others do.
  const fs::path path = Packed("same.npz", {{"x.npy", kTwo}, {"z.npy", kTwo}});
  std::string bytes = TestFileBytes(path);
  for (std::size_t at; (at = bytes.find("z.npy")) != std::string::npos;) bytes[at] = 'x';
  EXPECT_THAT(MessageOf([&] { NpzFile(WriteTestFile("same.npz", bytes)); }), HasSubstr("has array 'x' twice"));
}

TEST(Npz, RefusesSizesThatTheFileCannotHoldBeforeUnpacking) {
  // The central directory's sizes: compressed, then unpacked, four bytes each.
  const std::string zeros = NpyBytes(NpyDictionary("|u1", "(200000,)"), std::string(200000, '\0'));
  const std::string bytes = TestFileBytes(Packed("bomb.npz", {{"x.npy", zeros}}));
  ASSERT_LT(bytes.size(), 1024u);
  const std::string unpacked = LittleEndian(zeros.size(), 4);
  for (const std::uint32_t announced : {4000000000u, 2000000u}) {
    std::string forged = bytes;
    Replace(forged, unpacked, LittleEndian(announced, 4));
    EXPECT_THAT(MessageOf([&] { NpzFile(WriteTestFile("bomb.npz", forged)).Read("x"); }),
                HasSubstr("announces " + std::to_string(announced) + " bytes"));
  }
  // Stored members have as many bytes as they say.
  std::string stored = TestFileBytes(Packed("stored.npz", {{"x.npy", zeros}}, ZIP_CM_STORE));
  Replace(stored, unpacked + unpacked, unpacked + LittleEndian(200001 + zeros.size(), 4));
  EXPECT_THAT(MessageOf([&] { NpzFile(WriteTestFile("stored.npz", stored)).Read("x"); }),
              HasSubstr("announces " + std::to_string(200001 + zeros.size()) + " bytes"));
}

// Deflation makes at most 1032 bytes of one: what is within that is unpacked, and found to be another array.
TEST(Npz, RefusesNoMoreThanWhatDeflationCannotMake) {
  const std::string zeros = NpyBytes(NpyDictionary("|u1", "(200000,)"), std::string(200000, '\0'));
  const std::string bytes = TestFileBytes(Packed("dense.npz", {{"x.npy", zeros}}));
  const std::size_t sizes = bytes.rfind("PK\1\2") + 20;
  std::uint64_t packed = 0;
  for (std::size_t i = 4; i-- > 0;) packed = packed << 8 | static_cast<unsigned char>(bytes[sizes + i]);
  for (const bool is_possible : {true, false}) {
    const std::uint64_t announced = 1032 * (packed + 1) - (is_possible ? 1 : 0);
    std::string forged = bytes;
    forged.replace(sizes + 4, 4, LittleEndian(announced, 4));
    EXPECT_THAT(MessageOf([&] { NpzFile(WriteTestFile("dense.npz", forged)).Read("x"); }),
                is_possible ? HasSubstr("which announces uint8 [200000]; accepted: a file of one array")
                            : HasSubstr("announces " + std::to_string(announced) + " bytes"));
  }
}

// A kilobyte that announces a hundred gigabytes, in the ZIP64 field that such sizes need.
TEST(Npz, RefusesABombOfAHundredGigabytes) {
  const std::string zeros = NpyBytes(NpyDictionary("|u1", "(200000,)"), std::string(200000, '\0'));
  std::string bytes = TestFileBytes(Packed("huge.npz", {{"x.npy", zeros}}));
  const std::size_t directory = bytes.rfind("PK\1\2");
  const std::string field = LittleEndian(1, 2) + LittleEndian(8, 2) + LittleEndian(100'000'000'000, 8);
  bytes.replace(directory + 24, 4, "\xff\xff\xff\xff");
  const auto extra = static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[directory + 30]));
  bytes.replace(directory + 30, 2, LittleEndian(extra + field.size(), 2));
  bytes.insert(directory + 46 + 5, field);
  const std::size_t end = bytes.rfind("PK\5\6");
  bytes.replace(end + 12, 4, LittleEndian(end - directory, 4));
  EXPECT_THAT(MessageOf([&] { NpzFile(WriteTestFile("huge.npz", bytes)).Read("x"); }),
              AllOf(HasSubstr("array 'x': announces 100000000000 bytes"), HasSubstr("accepted: what these can hold")));
}

TEST(Npz, NoticesDamage) {
  const std::string bytes = BytesOfHex(kZip64Archive);
  std::string damaged = bytes;
  Replace(damaged, std::string("\0\0\xc0\x3f", 4), std::string("\1\0\xc0\x3f", 4));
  EXPECT_THAT(MessageOf([&] { NpzFile(WriteTestFile("damaged.npz", damaged)).Read("x"); }),
              HasSubstr("damaged.npz, array 'x': is damaged: CRC error"));
  for (std::size_t size = 0; size < bytes.size(); size += 7) {
    const fs::path path = WriteTestFile("cut.npz", bytes.substr(0, size));
    EXPECT_THAT(MessageOf([&] { NpzFile(path).Read("x"); }), HasSubstr("cut.npz"));
  }
  EXPECT_THAT(MessageOf([] { NpzFile("/nowhere/x.npz"); }), HasSubstr("/nowhere/x.npz: cannot be opened: No such"));
}

TEST(Npz, GivesBackWhatWasWrittenBitForBit) {
  const fs::path path = WriteTestFile("round_trip.npz", "");
  NamedArrays arrays;
  for (int type = 0; type <= static_cast<int>(NumberType::kFloat64); ++type) {
    NumericArray array(static_cast<NumberType>(type), {3, 5});
    unsigned char byte = 0;
    for (std::byte& b : array.bytes()) b = std::byte{byte += 89};
    arrays.emplace("a" + std::to_string(type), std::move(array));
  }
  arrays.emplace("empty", NumericArray(NumberType::kFloat32, {0, 2}));
  WriteNpz(path, arrays);
  const NpzFile file(path);
  EXPECT_EQ(file.names().size(), arrays.size());
  for (const auto& [name, array] : arrays) {
    const NumericArray read = file.Read(name);
    EXPECT_EQ(read.Text(), array.Text());
    EXPECT_TRUE(std::equal(read.bytes().begin(), read.bytes().end(), array.bytes().begin()));
  }
  const std::string first = TestFileBytes(path);
  WriteNpz(path, arrays);
  EXPECT_EQ(TestFileBytes(path), first);  // no clock in it
}

TEST(Npz, AFailureKeepsTheOlderFileAndTheFolderClean) {
  const fs::path folder = fs::path(::testing::TempDir()) / "kept";
  fs::remove_all(folder);
  const fs::path path = WriteTestFile("kept/data.npz", "");
  NamedArrays one;
  one.emplace("x", ArrayOf<float>({1}, {1}));
  WriteNpz(path, one);
  NamedArrays large;
  large.emplace("x", NumericArray::Of<double>({1000}, std::vector<double>(1000)));
  {
    const FullDisk disk(2000);
    EXPECT_THAT(MessageOf([&] { WriteNpz(path, large); }), HasSubstr("data.npz cannot be written: "));
  }
  EXPECT_THAT(MessageOf([&] { WriteNpz("/nowhere/data.npz", one); }), HasSubstr("/nowhere/data.npz cannot be written"));
  EXPECT_THROW(WriteNpz(path, {}), std::invalid_argument);
  EXPECT_THAT(Numbers(NpzFile(path).Read("x")), ElementsAre(1));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder), {}), 1);
}

}  // namespace
}  // namespace hyperwidth
