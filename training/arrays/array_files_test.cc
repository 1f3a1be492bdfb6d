// SPDX-License-Identifier: Apache-2.0
#include "training/arrays/array_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "training/arrays/npy.h"
#include "training/arrays/npz.h"
#include "training/arrays/test_files.h"

namespace hyperwidth {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::vector<CsvArray> kWanted = {{.name = "x", .is_vector = true}, {.name = "y", .is_vector = true}};

TEST(ArrayFiles, ReadsTheSameFromNpzFolderAndTable) {
  const fs::path folder = WriteTestFile("arrays/notes.txt", "no array").parent_path();
  NamedArrays arrays;
  arrays.emplace("x", ArrayOf<double>({2, 1}, {1, 2}));
  arrays.emplace("time", ArrayOf<double>({2}, {3, 4}));
  for (const auto& [name, array] : arrays) WriteNpy(folder / (name + ".npy"), array);
  const fs::path npz = WriteTestFile("named.csv", "");  // the name says nothing
  WriteNpz(npz, arrays);
  for (const fs::path& path : {folder, npz}) {
    const ArrayFiles files = ReadArrayFiles(path, kWanted);
    ASSERT_EQ(files.arrays.size(), 1u);
    EXPECT_THAT(Numbers(files.arrays.at("x")), ElementsAre(1, 2));
    EXPECT_THAT(files.others, ElementsAre("time"));
    EXPECT_FALSE(files.is_table);
  }
  const ArrayFiles table = ReadArrayFiles(WriteTestFile("table.npz", "x_0\n1\n2\n"), kWanted);
  EXPECT_TRUE(table.is_table);
  EXPECT_EQ(table.arrays.at("x").Text(), "float64 [2, 1]");
  EXPECT_THAT(Numbers(table.arrays.at("x")), ElementsAre(1, 2));
  EXPECT_THAT(table.others, IsEmpty());
}

TEST(ArrayFiles, AnArrayOfAFolderIsNamedByItsFile) {
  const fs::path folder = WriteTestFile("text/x.npy", NpyBytes(NpyDictionary("<U1", "(1,)"), "1234")).parent_path();
  EXPECT_THAT(MessageOf([&] { ReadArrayFiles(folder, kWanted); }), HasSubstr("text/x.npy: holds text ('<U1')"));
}

TEST(ArrayFiles, SaysWhatElseAFileIs) {
  const auto refusal = [](std::string_view bytes) {
    const std::string message = MessageOf([&] { ReadArrayFiles(WriteTestFile("data", bytes), kWanted); });
    EXPECT_THAT(message,
                AllOf(HasSubstr("/data: "), HasSubstr("accepted: an NPZ file, a folder of NPY files, or a CSV")));
    return message;
  };
  EXPECT_THAT(refusal(NpyBytes(NpyDictionary("|u1", "(1,)"), "1")), HasSubstr("a single NPY array"));
  EXPECT_THAT(refusal("\x1f\x8b\x08 .."), HasSubstr("compressed by gzip"));
  EXPECT_THAT(refusal("\x89HDF\r\n"), HasSubstr("an HDF5 file"));
  EXPECT_THAT(refusal("MATLAB 5.0 MAT-file"), HasSubstr("a MATLAB file"));
  EXPECT_THAT(refusal("\x80\x04\x95"), HasSubstr("a Python pickle"));
  EXPECT_THAT(refusal("PAR1"), HasSubstr("a Parquet file"));
  EXPECT_THAT(refusal(std::string_view("\x7f\0\0\0", 4)), HasSubstr("a binary file of an unknown kind"));
  EXPECT_THAT(MessageOf([] { ReadArrayFiles("/nowhere", kWanted); }), HasSubstr("/nowhere: cannot be opened"));
}

}  // namespace
}  // namespace hyperwidth
