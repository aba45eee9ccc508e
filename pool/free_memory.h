// The free memory of the heaps, put in order before the first fork: what a worker writes to, it has
// to copy.
#pragma once

#include <cstddef>

namespace playground::pool {

// Of CPython's Objects/obmalloc.c: what is larger comes from the C library.
inline constexpr std::size_t kLargestBlock = 512;

// The C library's: joins the pieces that imports have freed, and sorts them by size, as it would at
// its next large allocation; every worker would do that, in a thousand pages of its own.
//
// Python's: uses up the free blocks among those in use, which lie in as many pages as there are
// sizes, twice. What is allocated next comes from memory that nobody has used.
void order_free_memory();

// The same without the order: what is free among what is in use is used up, and nothing is begun.
void use_up_free_memory();

}  // namespace playground::pool
