// SPDX-License-Identifier: Apache-2.0
#include "training/run/atomic_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <stdexcept>
#include <string>

namespace hyperwidth {
namespace {

// Closes the descriptor and, unless renamed, removes the file on every way out.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::filesystem::path& target)
      : target_(target), path_(target.string() + ".partial-" + std::to_string(::getpid())) {}
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!renamed_) ::unlink(path_.c_str());
  }

  const std::filesystem::path& path() const { return path_; }

  void Create() {
    descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (descriptor_ < 0) Fail("cannot be created");
  }

  void OpenWhatWasWritten() {
    descriptor_ = ::open(path_.c_str(), O_RDWR | O_CLOEXEC);
    if (descriptor_ < 0) Fail("cannot be written");
  }

  void Write(std::string_view contents) {
    while (!contents.empty()) {
      const ::ssize_t written = ::write(descriptor_, contents.data(), contents.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) Fail("cannot be written");
      contents.remove_prefix(static_cast<std::size_t>(written));
    }
  }

  void RenameToTarget() {
    if (::fsync(descriptor_) != 0) Fail("cannot be flushed to the disk");
    const int closed = ::close(descriptor_);
    descriptor_ = -1;
    if (closed != 0) Fail("cannot be closed");
    if (std::rename(path_.c_str(), target_.c_str()) != 0) Fail("cannot be replaced");
    renamed_ = true;
  }

 private:
  [[noreturn]] void Fail(const char* what) const {
    const std::string reason = std::strerror(errno);  // before anything can change it
    throw std::runtime_error("file " + target_.string() + " " + what + ": " + reason);
  }

  std::filesystem::path target_;
  std::filesystem::path path_;
  int descriptor_ = -1;
  bool renamed_ = false;
};

}  // namespace

void FlushFolderOf(const std::filesystem::path& path) {
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

// A rename is durable once the folder that holds the name is.
void WriteFileAtomically(const std::filesystem::path& path, std::string_view contents) {
  TemporaryFile file(path);
  file.Create();
  file.Write(contents);
  file.RenameToTarget();
  FlushFolderOf(path);
}

void WriteFileAtomically(const std::filesystem::path& path,
                         const std::function<void(const std::filesystem::path& temporary)>& write) {
  TemporaryFile file(path);
  write(file.path());
  file.OpenWhatWasWritten();
  file.RenameToTarget();
  FlushFolderOf(path);
}

}  // namespace hyperwidth
