// SPDX-License-Identifier: Apache-2.0
//
// NPZ, numpy's archive of arrays: a ZIP file of NPY files.

#ifndef HYPERWIDTH_TRAINING_ARRAYS_NPZ_H_
#define HYPERWIDTH_TRAINING_ARRAYS_NPZ_H_

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "training/arrays/numeric_array.h"

struct zip;

namespace hyperwidth {

// An archive that is open for reading, whoever wrote it: numpy with sizes in ZIP64 fields or with data descriptors
// behind the members, or a ZIP program that packed the files anew. Members are stored or deflated; folders in their
// names do not count.
//
// Failures are std::runtime_error, "<path>: <found>; accepted: <..>".
class NpzFile {
 public:
  // Throws: if it is no ZIP file, or two members have one name.
  explicit NpzFile(const std::filesystem::path& path);

  // The names of the arrays in alphabetical order: those of the members that end in .npy, without that.
  std::vector<std::string> names() const;

  // One of them. Checksums are verified. Memory as in ReadNpy: a member that announces more than its compressed bytes
  // can hold is refused before any is set aside. Throws: if there is none of that name, if it is encrypted or
  // compressed in another way, damaged, or as ReadNpy.
  NumericArray Read(const std::string& name) const;

 private:
  struct Closer {
    void operator()(zip* archive) const;
  };

  std::string path_;
  std::uint64_t file_size_ = 0;
  std::unique_ptr<zip, Closer> archive_;
  std::map<std::string, std::uint64_t> members_;  // by name of the array
};

// Writes the arrays, stored without compression as numpy.savez does, so that a reader sees the old file or the whole
// new one. The same arrays give the same bytes. Throws: std::runtime_error naming the path if it cannot be written.
void WriteNpz(const std::filesystem::path& path, const NamedArrays& arrays);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_ARRAYS_NPZ_H_
