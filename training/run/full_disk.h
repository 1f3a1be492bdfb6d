// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_RUN_FULL_DISK_H_
#define HYPERWIDTH_TRAINING_RUN_FULL_DISK_H_

#include <sys/resource.h>

#include <csignal>
#include <cstdint>

namespace hyperwidth {

// For tests of what is left when a write fails. While it lives, no file of this process can grow beyond so many bytes,
// as on a disk that is full.
class FullDisk {
 public:
  explicit FullDisk(std::uintmax_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &former_);
    const ::rlimit limit{.rlim_cur = static_cast<::rlim_t>(bytes), .rlim_max = former_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FullDisk() {
    ::setrlimit(RLIMIT_FSIZE, &former_);
    std::signal(SIGXFSZ, handler_);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  void (*handler_)(int);
  ::rlimit former_ = {};
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_RUN_FULL_DISK_H_
