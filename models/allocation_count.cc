// SPDX-License-Identifier: Apache-2.0
#include "models/allocation_count.h"

#include <cstddef>
#include <cstdlib>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define HYPERWIDTH_COUNTS_ALLOCATIONS 0
#else
#define HYPERWIDTH_COUNTS_ALLOCATIONS 1
#endif

namespace {
thread_local long allocations = 0;
}  // namespace

#if HYPERWIDTH_COUNTS_ALLOCATIONS
// Under the names of glibc's functions, which then are what everything in the program calls, Eigen and `new` included.
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* data, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);

void* malloc(std::size_t size) noexcept {
  ++allocations;
  return __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size) noexcept {
  ++allocations;
  return __libc_calloc(count, size);
}
void* realloc(void* data, std::size_t size) noexcept {
  ++allocations;
  return __libc_realloc(data, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
  ++allocations;
  return __libc_memalign(alignment, size);
}
}
#endif

namespace hyperwidth {

long AllocationCount() { return allocations; }

bool CountsAllocations() { return HYPERWIDTH_COUNTS_ALLOCATIONS != 0; }

}  // namespace hyperwidth
