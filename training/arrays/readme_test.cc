// SPDX-License-Identifier: Apache-2.0
//
// The example of README.md, compiled and run.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

// README example begins
#include "training/arrays/array_files.h"
#include "training/arrays/npz.h"

using namespace hyperwidth;

// The arrays x and y of a table, an archive or a folder, as an archive that numpy.load reads.
void Repack(const std::string& from, const std::string& to) {
  const ArrayFiles files = ReadArrayFiles(from, {{.name = "x", .is_vector = true}, {.name = "y", .is_vector = true}});
  WriteNpz(to, files.arrays);
}
// README example ends

namespace {

TEST(ArraysReadme, ExampleRepacksATable) {
  const std::string table = ::testing::TempDir() + "/table.csv", archive = ::testing::TempDir() + "/table.npz";
  std::ofstream(table) << "x_0,y_0\n1,2\n3,4\n";
  Repack(table, archive);
  std::vector<double> y(2);
  NpzFile(archive).Read("y").CopyTo<double>(0, y);
  EXPECT_EQ(y, (std::vector<double>{2, 4}));
}

}  // namespace
