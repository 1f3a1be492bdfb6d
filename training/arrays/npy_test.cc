// SPDX-License-Identifier: Apache-2.0
#include "training/arrays/npy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <numeric>
#include <string>

#include "training/arrays/npy_header.h"
#include "training/arrays/test_files.h"
#include "training/run/full_disk.h"

namespace hyperwidth {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

NumericArray ReadBytes(const std::string& bytes) { return ReadNpy(WriteTestFile("array.npy", bytes)); }

std::string Refusal(const std::string& bytes) {
  const std::string message = MessageOf([&] { ReadBytes(bytes); });
  EXPECT_THAT(message, AllOf(HasSubstr("array.npy: "), HasSubstr("accepted: ")));
  EXPECT_EQ(message.find('\n'), std::string::npos) << message;
  return message;
}

TEST(Npy, ReadsEveryVersionOfTheHeader) {
  const std::string dictionary = NpyDictionary("<i2", "(2,)"), numbers("\x01\x00\xff\xff", 4);
  EXPECT_THAT(Numbers(ReadBytes(NpyBytes(dictionary, numbers))), ElementsAre(1, -1));
  for (const char version : {'\x02', '\x03'}) {
    std::string bytes("\x93NUMPY", 6);
    bytes += version;
    bytes += std::string("\0", 1) + static_cast<char>(dictionary.size()) + std::string("\0\0\0", 3);
    EXPECT_THAT(Numbers(ReadBytes(bytes + dictionary + numbers)), ElementsAre(1, -1));
  }
}

TEST(Npy, ReadsBothByteOrders) {
  EXPECT_THAT(Numbers(ReadBytes(NpyBytes(NpyDictionary(">i2", "(2,)"), {"\x01\x02\xff\xfe", 4}))),
              ElementsAre(258, -2));
  EXPECT_THAT(Numbers(ReadBytes(NpyBytes(NpyDictionary(">f4", "(1,)"), {"\x3f\xc0\0\0", 4}))), ElementsAre(1.5));
  EXPECT_THAT(Numbers(ReadBytes(NpyBytes(NpyDictionary(">f8", "(1,)"), {"\x3f\xf8\0\0\0\0\0\0", 8}))),
              ElementsAre(1.5));
  EXPECT_THAT(Numbers(ReadBytes(NpyBytes(NpyDictionary("|u1", "(2,)"), "\x01\xff"))), ElementsAre(1, 255));
  EXPECT_THAT(Numbers(ReadBytes(NpyBytes(NpyDictionary("|b1", "(2,)"), {"\0\1", 2}))), ElementsAre(0, 1));
  EXPECT_THAT(Numbers(ReadBytes(NpyBytes(NpyDictionary("=i4", "(1,)"), {"\1\0\0\0", 4}))), ElementsAre(1));
}

TEST(Npy, FortranOrderBecomesRowMajor) {
  // [[1, 2, 3], [4, 5, 6]], by columns.
  EXPECT_THAT(Numbers(ReadBytes(NpyBytes(NpyDictionary("|u1", "(2, 3)", true), "\1\4\2\5\3\6"))),
              ElementsAre(1, 2, 3, 4, 5, 6));
  EXPECT_THAT(Numbers(ReadBytes(NpyBytes(NpyDictionary("|u1", "(3,)", true), "\1\2\3"))), ElementsAre(1, 2, 3));
  EXPECT_THAT(ReadBytes(NpyBytes(NpyDictionary("|u1", "(2, 0)", true), "")).shape(), ElementsAre(2, 0));
}

// Against the definition of the order, for shapes beyond a tile and every size of entry.
TEST(Npy, FortranOrderOfManyDimensionsIsThatOfItsDefinition) {
  for (const std::vector<std::int64_t>& shape :
       {std::vector<std::int64_t>{33, 65}, {2, 3, 4}, {5, 2, 3, 40}, {1, 7, 1, 2, 3}}) {
    for (const std::string type : {"|u1", "<u2", "<u4", "<u8"}) {
      std::int64_t size = 1;
      std::string tuple = "(";
      for (const std::int64_t side : shape) {
        size *= side;
        tuple += std::to_string(side) + ", ";
      }
      const std::size_t bytes_each = static_cast<std::size_t>(type.back() - '0');
      std::string numbers(static_cast<std::size_t>(size) * bytes_each, '\0');
      std::vector<double> expected(static_cast<std::size_t>(size));
      std::vector<std::int64_t> index(shape.size(), 0);
      for (std::int64_t fortran = 0; fortran < size; ++fortran) {  // the first index runs fastest
        std::int64_t row_major = 0;
        for (std::size_t axis = 0; axis < shape.size(); ++axis) row_major = row_major * shape[axis] + index[axis];
        const int number = static_cast<int>(fortran % 251);
        numbers[static_cast<std::size_t>(fortran) * bytes_each] = static_cast<char>(number);
        expected[static_cast<std::size_t>(row_major)] = number;
        for (std::size_t axis = 0; axis < shape.size() && ++index[axis] == shape[axis]; ++axis) index[axis] = 0;
      }
      EXPECT_EQ(Numbers(ReadBytes(NpyBytes(NpyDictionary(type, tuple + ")", true), numbers))), expected)
          << tuple << type;
    }
  }
}

TEST(Npy, ReadsNumbersWithoutDimensionsAndEmptyArrays) {
  EXPECT_THAT(ReadBytes(NpyBytes(NpyDictionary("|u1", "()"), "\7")).shape(), IsEmpty());
  EXPECT_EQ(ReadBytes(NpyBytes(NpyDictionary("<f8", "(0, 3)"), "")).Text(), "float64 [0, 3]");
  EXPECT_EQ(ReadBytes(NpyBytes(NpyDictionary("<f8", "(9223372036854775807, 0, 9223372036854775807)"), "")).size(), 0);
}

TEST(Npy, ReadsHeadersThatOthersWrite) {
  EXPECT_THAT(Numbers(ReadBytes(NpyBytes("{\"shape\":(2L,1L),\"descr\":\"|u1\",\"fortran_order\":False}", "\1\2"))),
              ElementsAre(1, 2));
}

TEST(Npy, RefusesWhatHoldsNoRealNumbers) {
  const auto refusal = [](const std::string& type) {
    return Refusal(NpyBytes(NpyDictionary(type, "(1,)"), "12345678"));
  };
  EXPECT_THAT(refusal("|O"), HasSubstr("Python objects ('|O')"));
  EXPECT_THAT(refusal("<U2"), HasSubstr("text ('<U2')"));
  EXPECT_THAT(refusal("|S8"), HasSubstr("byte strings"));
  EXPECT_THAT(refusal("<c8"), HasSubstr("complex numbers"));
  EXPECT_THAT(refusal("<M8[ns]"), HasSubstr("dates"));
  EXPECT_THAT(refusal("<m8[s]"), HasSubstr("durations"));
  EXPECT_THAT(refusal("|V8"), HasSubstr("records"));
  EXPECT_THAT(refusal("<f16"), HasSubstr("floating-point numbers of another size"));
  EXPECT_THAT(refusal("<i3"), HasSubstr("an unknown type"));
  EXPECT_THAT(refusal(""), HasSubstr("an unknown type"));
  EXPECT_THAT(Refusal(NpyBytes("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,), }", "12345678")),
              HasSubstr("records"));
}

TEST(Npy, RefusesFilesThatAreCutOffOrTooLong) {
  const std::string whole = NpyBytes(NpyDictionary("<f4", "(2,)"), "12345678");
  for (std::size_t size = 0; size < whole.size(); ++size) Refusal(whole.substr(0, size));
  EXPECT_THAT(Refusal(whole.substr(0, whole.size() - 1)), HasSubstr("has 7 bytes after its header"));
  EXPECT_THAT(Refusal(whole + "x"), AllOf(HasSubstr("has 9 bytes"), HasSubstr("a file of one array")));
}

TEST(Npy, RefusesSizesThatTheFileDoesNotHaveBeforeSettingMemoryAside) {
  for (const std::string shape : {"(9223372036854775807,)", "(4294967296, 4294967296)", "(100000000000,)"}) {
    EXPECT_THAT(Refusal(NpyBytes(NpyDictionary("<f8", shape), "12345678")), HasSubstr("has 8 bytes"));
  }
  EXPECT_THAT(Refusal(NpyBytes(NpyDictionary("|u1", "(100000, 2)"), "12")), HasSubstr("has 2 bytes"));
  std::string long_header("\x93NUMPY\x02\x00\xff\xff\xff\xff", 12);
  EXPECT_THAT(Refusal(long_header + "{}"), HasSubstr("a header of 4294967295 bytes"));
}

TEST(Npy, RefusesHeadersThatAreNone) {
  for (const std::string dictionary : {
           "",
           "{",
           "}",
           "{}",
           "{'descr': '<f8'}",
           "{'descr': '<f8', 'fortran_order': False, 'shape': (1,), 'shape': (1,)}",
           "{'descr': '<f8', 'fortran_order': False, 'shape': (1,), 'more': 1}",
           "{'descr': '<f8', 'fortran_order': 0, 'shape': (1,)}",
           "{'descr': '<f8', 'fortran_order': False, 'shape': (-1,)}",
           "{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,)}",
           "{'descr': '<f8', 'fortran_order': False, 'shape': 1}",
           "{'descr': '<f8', 'fortran_order': False 'shape': (1,)}",
           "{'descr': '<f8', 'fortran_order': False, 'shape': (1,)} x",
           "{'descr': '<f8', 'fortran_order': False, 'shape': (1,",
           "{'descr': '<f8",
           "('descr': '<f8', 'fortran_order': False, 'shape': (1,)}",
           "{'descr'; '<f8', 'fortran_order': False, 'shape': (1,)}",
       }) {
    EXPECT_THAT(Refusal(NpyBytes(dictionary, "12345678")), HasSubstr("header")) << dictionary;
  }
  EXPECT_THAT(Refusal(NpyBytes("{'descr': '<f8", "")), HasSubstr("the header has a string without an end ('{"));
  EXPECT_THAT(Refusal(NpyBytes("{'more': '<f8'}", "")), HasSubstr("the header has 'more' twice or where"));
  std::string many = "(";
  for (int i = 0; i < 65; ++i) many += "1,";
  EXPECT_THAT(Refusal(NpyBytes(NpyDictionary("<f8", many + ")"), "12345678")), HasSubstr("64 sizes"));
  EXPECT_THAT(Refusal(std::string("\x93NUMPY\x04\x00\x01\x00 ", 11)), HasSubstr("version 4"));
  EXPECT_THAT(Refusal("x,y\n1,2\n3,4\n"), HasSubstr("does not begin as an NPY array does"));
}

TEST(Npy, SaysWhatIsWrongWithThePath) {
  EXPECT_THAT(MessageOf([] { ReadNpy("/nowhere/x.npy"); }), StartsWith("/nowhere/x.npy: cannot be opened: No such"));
  EXPECT_THAT(MessageOf([] { ReadNpy("/tmp"); }), HasSubstr("is a directory"));
  EXPECT_THAT(MessageOf([] { ReadNpy("/dev/null"); }), HasSubstr("is no regular file"));
}

// What numpy itself writes for numpy.array([1.5, -2], 'f4').
TEST(Npy, WritesWhatNumpyWrites) {
  std::string expected =
      NpyBytes("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }" + std::string(60, ' ') + "\n",
               {"\0\0\xc0\x3f\0\0\0\xc0", 8});
  WriteNpy(WriteTestFile("written.npy", ""), ArrayOf<float>({2}, {1.5f, -2}));
  EXPECT_EQ(TestFileBytes(WriteTestFile("expected.npy", expected)),
            TestFileBytes(std::filesystem::path(::testing::TempDir()) / "written.npy"));
}

TEST(Npy, GivesBackWhatWasWrittenBitForBit) {
  const auto path = std::filesystem::path(::testing::TempDir()) / "round_trip.npy";
  for (int type = 0; type <= static_cast<int>(NumberType::kFloat64); ++type) {
    for (const std::vector<std::int64_t>& shape :
         {std::vector<std::int64_t>{}, {0}, {3}, {2, 3}, {2, 0, 5}, {1, 2, 3, 4}}) {
      NumericArray array(static_cast<NumberType>(type), shape);
      unsigned char byte = 0;  // odd bits, not-a-numbers among them
      for (std::byte& b : array.bytes()) b = std::byte{byte += 89};
      WriteNpy(path, array);
      const NumericArray read = ReadNpy(path);
      EXPECT_EQ(read.type(), array.type());
      EXPECT_EQ(read.shape(), array.shape());
      ASSERT_EQ(read.bytes().size(), array.bytes().size());
      EXPECT_TRUE(std::equal(read.bytes().begin(), read.bytes().end(), array.bytes().begin()));
    }
  }
}

TEST(Npy, AFullDiskLeavesTheOlderFile) {
  const auto path = std::filesystem::path(::testing::TempDir()) / "kept.npy";
  WriteNpy(path, ArrayOf<float>({1}, {1}));
  {
    const FullDisk disk(300);
    EXPECT_THAT(MessageOf([&] { WriteNpy(path, NumericArray::Of<double>({100}, std::vector<double>(100))); }),
                HasSubstr("kept.npy cannot be written"));
  }
  EXPECT_THAT(Numbers(ReadNpy(path)), ElementsAre(1));
}

TEST(NpyHeader, IsAMultipleOf64BytesForAnyShape) {
  std::vector<std::int64_t> shape;
  for (int i = 0; i < 64; ++i) {
    shape.push_back(1000000007);
    const std::string header = FormatNpyHeader(NumberType::kInt16, shape);
    EXPECT_EQ(header.size() % 64, 0u);
    EXPECT_EQ(ParseNpyHeader(std::string_view(header).substr(10)).shape, shape);
  }
  EXPECT_THROW(FormatNpyHeader(NumberType::kInt16, std::vector<std::int64_t>(30000, 1)), std::invalid_argument);
}

}  // namespace
}  // namespace hyperwidth
