// SPDX-License-Identifier: Apache-2.0
#include "training/checkpoint/safetensors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

namespace hyperwidth {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::filesystem::path InFolder(const std::string& name) { return std::filesystem::path(::testing::TempDir()) / name; }

std::string Contents(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

// The file with this header and so many bytes of data.
std::string FileText(const std::string& header, std::size_t data_bytes, std::uint64_t length) {
  std::string text(8, '\0');
  std::memcpy(text.data(), &length, 8);
  return text + header + std::string(data_bytes, 'd');
}
std::string FileText(const std::string& header, std::size_t data_bytes) {
  return FileText(header, data_bytes, header.size());
}

std::string Complaint(const std::string& file) {
  const std::filesystem::path path = InFolder("bad.safetensors");
  std::ofstream(path, std::ios::binary) << file;
  try {
    Safetensors::Read(path);
  } catch (const std::invalid_argument& error) {
    EXPECT_THAT(error.what(), AllOf(StartsWith(path.string() + ": "), HasSubstr("accepted"), Not(HasSubstr("\n"))));
    return error.what();
  }
  return "no std::invalid_argument";
}

std::string Tensor(const std::string& name,
                   const std::string& shape,
                   const std::string& offsets,
                   const std::string& dtype = "F32") {
  return "\"" + name + "\":{\"dtype\":\"" + dtype + "\",\"shape\":[" + shape + "],\"data_offsets\":[" + offsets + "]}";
}

TEST(Safetensors, BytesOnTheDiskAreThoseOfTheFormat) {
  Safetensors file({{.name = "b", .type = ElementType::kFloat32, .shape = {2}},
                    {.name = "a", .type = ElementType::kFloat64, .shape = {}}},
                   {{"format", "pt"}});
  file.Set<float>("b", std::vector<float>{1, -2});
  file.Set<double>("a", std::vector<double>{0.5});
  file.Write(InFolder("format"));
  const std::string header =
      "{\"__metadata__\":{\"format\":\"pt\"},"
      "\"b\":{\"data_offsets\":[0,8],\"dtype\":\"F32\",\"shape\":[2]},"
      "\"a\":{\"data_offsets\":[8,16],\"dtype\":\"F64\",\"shape\":[]}}";
  const std::string padded = header + std::string((8 - header.size() % 8) % 8, ' ');
  const std::string expected = std::string(1, static_cast<char>(padded.size())) + std::string(7, '\0') + padded +
                               std::string("\0\0\x80\x3f\0\0\0\xc0", 8) + std::string("\0\0\0\0\0\0\xe0\x3f", 8);
  EXPECT_EQ(Contents(InFolder("format")), expected);
}

TEST(Safetensors, ReadsBackNamesShapesEntriesAndMetadata) {
  const std::vector<StoredTensor> tensors = {{.name = "q.0.weight", .shape = {2, 3}},
                                             {.name = "none", .shape = {0, 5}},
                                             {.name = "\xc3\xa9 \"quoted\"\n", .type = ElementType::kFloat64}};
  Safetensors file(tensors, {{"scheme", "film"}, {"with\nlines", "\t"}});
  const std::vector<float> entries = {1, 2, 3, 4, 5, -0.0f};
  file.Set<float>("q.0.weight", entries);
  file.Set<double>(tensors[2].name, std::vector<double>{1e-300});
  file.Write(InFolder("back"));
  const Safetensors read = Safetensors::Read(InFolder("back"));
  ASSERT_EQ(read.tensors().size(), 3u);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(read.tensors()[i].name, tensors[i].name);
    EXPECT_EQ(read.tensors()[i].type, tensors[i].type);
    EXPECT_EQ(read.tensors()[i].shape, tensors[i].shape);
  }
  EXPECT_EQ(read.metadata(), file.metadata());
  EXPECT_EQ(std::memcmp(read.Get<float>("q.0.weight").data(), entries.data(), 24), 0);
  EXPECT_EQ(read.Get<double>("q.0.weight"), std::vector<double>(entries.begin(), entries.end()));
  EXPECT_TRUE(read.Get<float>("none").empty());
  EXPECT_EQ(read.Get<double>(tensors[2].name), std::vector<double>{1e-300});
  EXPECT_EQ(read.Find("q.1.weight"), nullptr);
}

TEST(Safetensors, DataMayBeginAnywhereAndTensorsBeNamedInAnyOrder) {
  const std::string header = "{" + Tensor("z", "1", "0,4") + "," + Tensor("a", "1", "4,12", "F64") + "}  ";
  const std::string entries("\0\0\x80\x3f\0\0\0\0\0\0\xe0\x3f", 12);
  for (const std::size_t spaces : {0u, 1u, 2u, 3u}) {
    std::ofstream(InFolder("any"), std::ios::binary) << FileText(header + std::string(spaces, ' '), 0) << entries;
    const Safetensors read = Safetensors::Read(InFolder("any"));
    EXPECT_EQ(read.tensors()[0].name, "z");
    EXPECT_EQ(read.Get<double>("z"), std::vector<double>{1});
    EXPECT_EQ(read.Get<double>("a"), std::vector<double>{0.5});
  }
}

TEST(Safetensors, ATensorIsSetPartByPart) {
  Safetensors file({{.name = "before", .shape = {1}}, {.name = "w", .shape = {2, 2}}});
  EXPECT_EQ(file.Get<float>("w"), std::vector<float>(4)) << "zero until it is set";
  file.Set<float>("w", std::vector<float>{3, 4}, 2);
  file.Set<float>("w", std::vector<float>{1, 2, 5});
  EXPECT_EQ(file.Get<float>("w"), (std::vector<float>{1, 2, 5, 4}));
  EXPECT_EQ(file.Get<float>("before"), std::vector<float>{0});
}

TEST(Safetensors, EntriesOfAnotherTypeOrNumberAreRefused) {
  Safetensors file({{.name = "w", .shape = {2, 2}}, {.name = "d", .type = ElementType::kFloat64, .shape = {1}}});
  EXPECT_THROW(file.Set<float>("w", std::vector<float>(5)), std::invalid_argument);
  EXPECT_THROW(file.Set<float>("w", std::vector<float>(2), 3), std::invalid_argument);
  EXPECT_THROW(file.Set<float>("w", std::vector<float>(2), ~std::uint64_t{0}), std::invalid_argument);
  EXPECT_THROW(file.Set<double>("w", std::vector<double>(4)), std::invalid_argument);
  EXPECT_THROW(file.Set<float>("v", std::vector<float>(4)), std::invalid_argument);
  EXPECT_THROW(file.Get<float>("v"), std::invalid_argument);
  EXPECT_THROW(file.Get<float>("d"), std::invalid_argument) << "a double was rounded";
}

TEST(Safetensors, WhatNoFileCanHoldIsRefusedBeforeItIsWritten) {
  const auto make = [](std::vector<StoredTensor> tensors) { Safetensors file(std::move(tensors)); };
  EXPECT_THROW(make({{.name = "a"}, {.name = "a"}}), std::invalid_argument);
  EXPECT_THROW(make({{.name = "__metadata__"}}), std::invalid_argument);
  EXPECT_THROW(make({{.name = "a", .shape = {-1}}}), std::invalid_argument);
  EXPECT_THROW(make({{.name = "a", .shape = {std::int64_t{1} << 40, std::int64_t{1} << 40}}}), std::invalid_argument);
  EXPECT_THROW(make({{.name = "a", .shape = {std::int64_t{1} << 60}}, {.name = "b", .shape = {std::int64_t{1} << 60}}}),
               std::invalid_argument);
  EXPECT_THROW(make({{.name = "\xff"}}), std::invalid_argument);
}

TEST(Safetensors, MissingFilesAndFoldersAreNamed) {
  for (const auto& [name, reason] : {std::pair("no-such-file", "cannot be opened: No such file or directory"),
                                     std::pair("folder", "is a directory; accepted: a safetensors file"),
                                     std::pair("/dev/null", "cannot be read: Operation not supported")}) {
    std::filesystem::create_directories(InFolder("folder"));
    try {
      Safetensors::Read(InFolder(name));
      FAIL() << name << " was read";
    } catch (const std::runtime_error& error) {
      EXPECT_THAT(error.what(), AllOf(StartsWith(InFolder(name).string() + ": "), HasSubstr(reason)));
    }
  }
  EXPECT_THROW(Safetensors(std::vector<StoredTensor>()).Write(InFolder("no-such-folder") / "file"), std::runtime_error);
}

TEST(Safetensors, AFileCutAnywhereIsRefused) {
  Safetensors file({{.name = "a", .shape = {2}}}, {{"key", "value"}});
  file.Write(InFolder("whole"));
  const std::string whole = Contents(InFolder("whole"));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_NE(Complaint(whole.substr(0, size)), "no std::invalid_argument") << size << " of " << whole.size();
  }
  EXPECT_THAT(Complaint(""), HasSubstr("has 0 bytes"));
  EXPECT_THAT(Complaint(whole.substr(0, whole.size() - 1)),
              HasSubstr("ends at byte 8 of the data; accepted: at most the 7"));
  EXPECT_THAT(Complaint(whole + "x"), HasSubstr("9 bytes of data, of which the tensors describe 8"));
}

TEST(Safetensors, AnAbsurdHeaderLengthIsRefused) {
  EXPECT_THAT(Complaint(FileText("{}", 0, 3)), HasSubstr("header of 3 bytes; accepted: at most 2"));
  EXPECT_THAT(Complaint(FileText("{}", 0, std::uint64_t{1} << 63)), HasSubstr("header of 9223372036854775808 bytes"));
  EXPECT_THAT(Complaint(FileText("{}", 0, ~std::uint64_t{0})), HasSubstr("header of 18446744073709551615 bytes"));
  EXPECT_THAT(Complaint(FileText("{}", kMaxHeaderBytes, kMaxHeaderBytes + 1)),
              HasSubstr("accepted: at most 100000000"));
}

TEST(Safetensors, AHeaderThatIsNoHeaderIsRefused) {
  EXPECT_THAT(Complaint(FileText("not JSON", 0)), HasSubstr("not JSON at its byte 2"));
  EXPECT_THAT(Complaint(FileText("{} {}", 0)), HasSubstr("not JSON"));
  EXPECT_THAT(Complaint(FileText("", 0)), HasSubstr("not JSON"));
  EXPECT_THAT(Complaint(FileText("{\"\xff\":1}", 0)), HasSubstr("not JSON"));
  EXPECT_THAT(Complaint(FileText("[]", 0)), HasSubstr("no JSON object"));
  EXPECT_THAT(Complaint(FileText("{\"a\":1e999}", 0)), HasSubstr("a number that is too large"));
  EXPECT_THAT(Complaint(FileText("{\"a\":[[[[[[[[[[0]]]]]]]]]]}", 0)), HasSubstr("nested deeper"));
  EXPECT_THAT(Complaint(FileText("{\"a\":3}", 0)), HasSubstr("tensor \"a\" has no dtype"));
  EXPECT_THAT(Complaint(FileText("{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}}", 4)),
              HasSubstr("tensor \"a\" has no shape"));
  EXPECT_THAT(Complaint(FileText("{\"a\":{\"dtype\":\"F32\",\"shape\":[]}}", 4)), HasSubstr("has no data_offsets"));
  EXPECT_THAT(Complaint(FileText("{\"__metadata__\":[]}", 0)), HasSubstr("__metadata__ is no JSON object"));
  EXPECT_THAT(Complaint(FileText("{\"__metadata__\":{\"epoch\":3}}", 0)), HasSubstr("\"epoch\" is no string"));
}

TEST(Safetensors, AHeaderWithAnyByteChangedIsRefusedOrStillFits) {
  Safetensors file({{.name = "a", .shape = {2, 1}}, {.name = "b", .type = ElementType::kFloat64}}, {{"key", "value"}});
  file.Write(InFolder("intact"));
  const std::string intact = Contents(InFolder("intact"));
  const std::filesystem::path path = InFolder("changed");
  int refused = 0;
  for (std::size_t i = 0; i < intact.size() - 16; ++i) {
    for (const char byte : {'\0', '"', '-', '9', '}', '\xff'}) {
      std::string changed = intact;
      changed[i] = byte;
      std::ofstream(path, std::ios::binary) << changed;
      try {
        const Safetensors read = Safetensors::Read(path);
        for (const StoredTensor& tensor : read.tensors())
          EXPECT_EQ(read.Get<double>(tensor.name).size(), tensor.size());
      } catch (const std::invalid_argument&) {
        ++refused;
      }
    }
  }
  EXPECT_GT(refused, 500) << "of " << 6 * (intact.size() - 16);
}

TEST(Safetensors, AnUnknownDtypeIsNamed) {
  EXPECT_THAT(Complaint(FileText("{" + Tensor("a", "2", "0,4", "BF16") + "}", 4)),
              HasSubstr("tensor \"a\" has dtype \"BF16\"; accepted: F32, F64"));
  EXPECT_THAT(Complaint(FileText("{\"a\":{\"dtype\":32,\"shape\":[],\"data_offsets\":[0,4]}}", 4)),
              HasSubstr("dtype of another JSON type"));
}

TEST(Safetensors, ANameThatComesTwiceIsRefused) {
  EXPECT_THAT(Complaint(FileText("{" + Tensor("a", "1", "0,4") + "," + Tensor("a", "1", "4,8") + "}", 8)),
              HasSubstr("has \"a\" twice"));
  EXPECT_THAT(Complaint(FileText("{\"__metadata__\":{\"k\":\"1\",\"k\":\"2\"}}", 0)), HasSubstr("has \"k\" twice"));
  const std::string twice = "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"shape\":[1],\"data_offsets\":[0,4]}}";
  EXPECT_THAT(Complaint(FileText(twice, 4)), HasSubstr("has \"shape\" twice"));
}

TEST(Safetensors, OffsetsThatDoNotFitAreRefused) {
  const auto complaint = [](const std::string& tensors, std::size_t data_bytes) {
    return Complaint(FileText("{" + tensors + "}", data_bytes));
  };
  EXPECT_THAT(complaint(Tensor("a", "2,3", "0,20"), 20), HasSubstr("accepted for F32 [2, 3]: 24 bytes"));
  EXPECT_THAT(complaint(Tensor("a", "2", "8,0"), 8), HasSubstr("found [8, 0]"));
  EXPECT_THAT(complaint(Tensor("a", "2", "0"), 8), HasSubstr("found 1 numbers, accepted: 2"));
  EXPECT_THAT(complaint(Tensor("a", "2", "0,8.0"), 8), HasSubstr("data_offsets of tensor \"a\""));
  EXPECT_THAT(complaint(Tensor("a", "2", "-8,0"), 8), HasSubstr("data_offsets of tensor \"a\""));
  EXPECT_THAT(complaint(Tensor("a", "-2", "0,8"), 8), HasSubstr("shape of tensor \"a\""));
  EXPECT_THAT(complaint(Tensor("a", "18446744073709551616", "0,8"), 8), HasSubstr("shape of tensor \"a\""));
  // 2^62 entries of four bytes: 2^64, which is 0 in 64 bits; and 2^32 x 2^32, whose product is.
  EXPECT_THAT(complaint(Tensor("a", "4611686018427387904", "0,0"), 0), HasSubstr("2^63 bytes or more"));
  EXPECT_THAT(complaint(Tensor("a", "4294967296,4294967296", "0,0"), 0), HasSubstr("2^63 bytes or more"));
  EXPECT_THAT(complaint(Tensor("a", "2", "4,12"), 12), HasSubstr("leaves a gap after what ends at byte 0"));
  EXPECT_THAT(complaint(Tensor("a", "2", "0,8") + "," + Tensor("b", "2", "4,12"), 12),
              HasSubstr("tensor \"b\" begins at byte 4 of the data and overlaps what ends at byte 8"));
  EXPECT_THAT(complaint(Tensor("a", "2", "0,8") + "," + Tensor("b", "2", "12,20"), 20), HasSubstr("leaves a gap"));
  EXPECT_THAT(complaint(Tensor("a", "2", "0,8") + "," + Tensor("b", "2", "8,16"), 12),
              HasSubstr("tensor \"b\" ends at byte 16 of the data; accepted: at most the 12"));
}

TEST(Safetensors, ANameInAMessageIsShortAndOnOneLine) {
  EXPECT_EQ(Quoted("a\nb"), "\"a\\nb\"");
  EXPECT_THAT(Quoted(std::string(1000, 'x')), AllOf(EndsWith("xxx...\""), ::testing::SizeIs(80)));
  EXPECT_NE(Complaint(FileText("{" + Tensor("a\\nb", "2", "0,4", "F16") + "}", 4)), "no std::invalid_argument");
}

}  // namespace
}  // namespace hyperwidth
