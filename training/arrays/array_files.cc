// SPDX-License-Identifier: Apache-2.0
#include "training/arrays/array_files.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string_view>
#include <system_error>

#include "training/arrays/byte_stream.h"
#include "training/arrays/npy.h"
#include "training/arrays/npz.h"

namespace hyperwidth {
namespace {

namespace fs = std::filesystem;

constexpr const char* kAccepted = "; accepted: an NPZ file, a folder of NPY files, or a CSV table";

struct Kind {
  std::string_view start;
  const char* name;
};

// What people have their arrays in, too.
constexpr std::array<Kind, 6> kOtherKinds = {{{"\x93NUMPY", "is a single NPY array"},
                                              {"\x1f\x8b", "is compressed by gzip"},
                                              {"\x89HDF", "is an HDF5 file"},
                                              {"MATLAB", "is a MATLAB file"},
                                              {"\x80\x04", "is a Python pickle"},
                                              {"PAR1", "is a Parquet file"}}};

bool IsWanted(const std::string& name, const std::vector<CsvArray>& wanted) {
  return std::any_of(wanted.begin(), wanted.end(), [&](const CsvArray& array) { return array.name == name; });
}

template <typename Read>
ArrayFiles Collect(const std::vector<std::string>& names, const std::vector<CsvArray>& wanted, Read&& read) {
  ArrayFiles files;
  for (const std::string& name : names) {
    if (IsWanted(name, wanted)) {
      files.arrays.emplace(name, read(name));
    } else {
      files.others.push_back(name);
    }
  }
  return files;
}

ArrayFiles ReadFolder(const fs::path& folder, const std::vector<CsvArray>& wanted) {
  std::vector<std::string> names;
  std::error_code failure;
  for (const auto& entry : fs::directory_iterator(folder, failure)) {
    if (entry.path().extension() == ".npy") names.push_back(entry.path().stem().string());
  }
  if (failure) throw std::runtime_error(folder.string() + ": cannot be read as a folder: " + failure.message());
  std::sort(names.begin(), names.end());
  return Collect(names, wanted, [&](const std::string& name) { return ReadNpy(folder / (name + ".npy")); });
}

std::string FirstBytes(const fs::path& path) {
  FileStream file(path);
  std::string start(8, '\0');
  start.resize(file.Read(std::as_writable_bytes(std::span(start))));
  return start;
}

}  // namespace

ArrayFiles ReadArrayFiles(const fs::path& path, const std::vector<CsvArray>& wanted) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) return ReadFolder(path, wanted);
  const std::string start = FirstBytes(path);
  for (const Kind& kind : kOtherKinds) {
    if (start.starts_with(kind.start)) throw std::runtime_error(path.string() + ": " + kind.name + kAccepted);
  }
  if (start.starts_with("PK")) {
    const NpzFile file(path);
    return Collect(file.names(), wanted, [&](const std::string& name) { return file.Read(name); });
  }
  if (start.find('\0') != std::string::npos && !start.starts_with("\xff\xfe") && !start.starts_with("\xfe\xff")) {
    throw std::runtime_error(path.string() + ": is a binary file of an unknown kind" + kAccepted);
  }
  return {.arrays = ReadCsv(path, wanted), .others = {}, .is_table = true};
}

}  // namespace hyperwidth
