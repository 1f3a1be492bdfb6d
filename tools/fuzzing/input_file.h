// SPDX-License-Identifier: Apache-2.0
//
// What the fuzzers share: the bytes that libFuzzer makes up, as a file with a path.

#ifndef HYPERWIDTH_TOOLS_FUZZING_INPUT_FILE_H_
#define HYPERWIDTH_TOOLS_FUZZING_INPUT_FILE_H_

#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace hyperwidth {

// A file in memory that is written anew for each input.
class InputFile {
 public:
  InputFile() : descriptor_(::memfd_create("input", MFD_CLOEXEC)) {
    if (descriptor_ < 0) std::abort();
  }
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;
  ~InputFile() { ::close(descriptor_); }

  std::filesystem::path Holding(const std::uint8_t* data, std::size_t size) {
    if (::ftruncate(descriptor_, 0) != 0 || ::pwrite(descriptor_, data, size, 0) != static_cast<::ssize_t>(size)) {
      std::abort();
    }
    return "/proc/self/fd/" + std::to_string(descriptor_);
  }

 private:
  int descriptor_;
};

// Calls `read` with the path of a file of these bytes. That it refuses them is fine; any other exception, such as one
// for want of memory, ends the process.
template <typename Read>
int ReadInput(const std::uint8_t* data, std::size_t size, Read&& read) {
  static InputFile file;
  try {
    read(file.Holding(data, size));
  } catch (const std::runtime_error&) {
  }
  return 0;
}

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TOOLS_FUZZING_INPUT_FILE_H_
