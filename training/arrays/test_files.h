// SPDX-License-Identifier: Apache-2.0
//
// Files for tests.

#ifndef HYPERWIDTH_TRAINING_ARRAYS_TEST_FILES_H_
#define HYPERWIDTH_TRAINING_ARRAYS_TEST_FILES_H_

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "training/arrays/numeric_array.h"

namespace hyperwidth {

// A file of this test with these bytes.
inline std::filesystem::path WriteTestFile(const std::string& name, std::string_view bytes) {
  const std::filesystem::path path = std::filesystem::path(::testing::TempDir()) / name;
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
  return path;
}

inline std::string TestFileBytes(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// An NPY file of version 1 with this dictionary, and then these bytes.
inline std::string NpyBytes(const std::string& dictionary, const std::string& numbers) {
  std::string text("\x93NUMPY\x01\x00", 8);
  text += static_cast<char>(dictionary.size() & 0xff);
  text += static_cast<char>(dictionary.size() >> 8);
  return text + dictionary + numbers;
}

inline std::string NpyDictionary(const std::string& type, const std::string& shape, bool fortran = false) {
  return "{'descr': '" + type + "', 'fortran_order': " + (fortran ? "True" : "False") + ", 'shape': " + shape + ", }\n";
}

template <typename Scalar>
NumericArray ArrayOf(std::vector<std::int64_t> shape, std::initializer_list<Scalar> entries) {
  return NumericArray::Of<Scalar>(std::move(shape), std::span<const Scalar>(entries.begin(), entries.size()));
}

inline std::vector<double> Numbers(const NumericArray& array) {
  std::vector<double> numbers(static_cast<std::size_t>(array.size()));
  array.CopyTo<double>(0, numbers);
  return numbers;
}

// What a call throws as std::runtime_error; fails the test if it throws nothing.
template <typename Call>
std::string MessageOf(Call&& call) {
  try {
    call();
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  ADD_FAILURE() << "nothing was thrown";
  return "";
}

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_ARRAYS_TEST_FILES_H_
