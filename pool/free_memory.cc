#include "pool/free_memory.h"

#include <malloc.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "pool/python.h"

namespace playground::pool {
namespace {

// Of CPython's Objects/obmalloc.c: requests up to 512 bytes are served from pools, each of one
// size, a multiple of 16; a pool of 16 KiB begins with 48 bytes of its own. (Before Python 3.10 it
// has 4 KiB, and the blocks are used up as well.)
constexpr std::size_t kAlignment = 16;
constexpr std::uintptr_t kPool = 16 * 1024;
constexpr std::uintptr_t kHeader = 48;

constexpr std::size_t kInOrder = 4;  // no pool has fewer

// More than any heap has.
constexpr int kMostBlocks = 1 << 18;

bool begins_pool(const void* block) {
  return reinterpret_cast<std::uintptr_t>(block) % kPool == kHeader;
}

bool follows(const void* block, const void* earlier, std::size_t size) {
  return static_cast<const char*>(block) == static_cast<const char*>(earlier) + size;
}

// Until a pool is begun that was empty: its blocks come in their order, as those of another hardly
// do so often. Returns the first one, or null; all that came before it are kept for ever.
void* use_up(std::size_t size) {
  void* begun[kInOrder];
  std::size_t count = 0;
  for (int i = 0; i < kMostBlocks; ++i) {
    void* const block = PyObject_Malloc(size);
    if (block == nullptr) return nullptr;
    const bool next = count > 0 && follows(block, begun[count - 1], size);
    if (!next) count = 0;
    if (!next && !begins_pool(block)) continue;
    begun[count++] = block;
    if (count < kInOrder) continue;
    while (count > 1) PyObject_Free(begun[--count]);
    return begun[0];
  }
  return nullptr;
}

// Of the C library: pieces of this size and below are used up, greater ones hold enough at a time.
// glibc's have these sizes and every 16 bytes between.
constexpr std::size_t kSmallestPiece = 24;
constexpr std::size_t kLargePiece = kSmallestPiece + 32 * 1024;

// Of the heap that grows by brk(), whose end is where there is memory that nobody has used.
bool is_at_end(const void* piece, const char* end) {
  constexpr std::ptrdiff_t kNear = 8192;
  const auto* const address = static_cast<const char*>(piece);
  return address >= end - kNear && address < static_cast<const char*>(::sbrk(0));
}

// All free pieces of that size and, for the next greater one is taken where there is none, of those
// above: until it comes from the end of the heap.
void use_up_pieces(std::size_t size, const char* end) {
  for (int i = 0; i < kMostBlocks; ++i) {
    void* const piece = ::malloc(size);
    if (piece == nullptr) return;
    if (is_at_end(piece, end)) {
      ::free(piece);
      return;
    }
  }
}

void use_up_pieces() {
  const auto* const end = static_cast<const char*>(::sbrk(0));
  for (std::size_t size = kLargePiece; size >= kSmallestPiece; size -= kAlignment) {
    use_up_pieces(size, end);
  }
}

}  // namespace

void order_free_memory() {
  ::malloc_trim(0);
  use_up_pieces();
  constexpr std::size_t kLarge = 100'000;   // but not as large as to be mapped by itself
  void* volatile piece = ::malloc(kLarge);  // what is left is joined; the heap has room at its end
  ::free(piece);
  // The first block is kept, too, and with it the pool, which a worker would otherwise have to
  // begin.
  for (std::size_t size = kAlignment; size <= kLargestBlock; size += kAlignment) use_up(size);
}

void use_up_free_memory() {
  ::malloc_trim(0);
  use_up_pieces();
  for (std::size_t size = kAlignment; size <= kLargestBlock; size += kAlignment) {
    PyObject_Free(use_up(size));
  }
}

}  // namespace playground::pool
