// SPDX-License-Identifier: Apache-2.0
//
// How often memory was asked for, for tests of what promises to ask for none.

#ifndef HYPERWIDTH_MODELS_ALLOCATION_COUNT_H_
#define HYPERWIDTH_MODELS_ALLOCATION_COUNT_H_

namespace hyperwidth {

// Calls of malloc, calloc, realloc and aligned_alloc by this thread, those of Eigen and `new` included. Counts in
// programs that link this library, except with AddressSanitizer and ThreadSanitizer, which bring allocators of their
// own: always 0 there.
long AllocationCount();

// False where nothing is counted.
bool CountsAllocations();

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_ALLOCATION_COUNT_H_
