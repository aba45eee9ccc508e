#include "pool/memory_apart.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <utility>

#include "pool/free_memory.h"
#include "pool/huge_pages.h"
#include "pool/python.h"

namespace {

// CPython's PyObjectArenaAllocator.
struct ArenaAllocator {
  void* context;
  void* (*allocate)(void* context, std::size_t size);
  void (*free)(void* context, void* arena, std::size_t size);
};

}  // namespace

// Not in the limited API, but exported by every CPython from 3.4 on.
extern "C" {
__attribute__((weak)) void PyObject_GetArenaAllocator(ArenaAllocator*);
__attribute__((weak)) void PyObject_SetArenaAllocator(ArenaAllocator*);
}

namespace playground::pool {
namespace {

constexpr std::size_t kRoom = 32 * kHuge;  // of addresses

// An arena, which Python cuts into pools of 16 KiB or less; smaller ones are for something else.
constexpr std::size_t kSmallestArena = 256 << 10;

// 32 MB of them: where so many are free, or Python takes none from arenas, nothing lies apart.
constexpr int kMostBlocks = 1 << 16;

// A block that is held for a while.
struct Held {
  Held* next;
};

struct Region {
  char* start = nullptr;
  std::size_t used = 0;

  bool holds(const void* block) const {
    return start != nullptr && block >= start && block < start + kRoom;
  }
};

Region g_region;
ArenaAllocator g_usual{};
Held* g_held = nullptr;

void* allocate_arena(void*, std::size_t size) {
  if (size < kSmallestArena || size > kRoom - g_region.used) {
    return g_usual.allocate(g_usual.context, size);
  }
  return g_region.start + std::exchange(g_region.used, g_region.used + size);
}

void free_arena(void*, void* arena, std::size_t size) {
  g_usual.free(g_usual.context, arena, size);
}

// Addresses from where a huge page begins.
bool open_region() {
  constexpr int kReadWrite = PROT_READ | PROT_WRITE;
  constexpr int kKind = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
  void* const memory = ::mmap(nullptr, kRoom + kHuge, kReadWrite, kKind, -1, 0);
  if (memory == MAP_FAILED) return false;
  char* const begin = static_cast<char*>(memory);
  const std::size_t skipped = kHuge - reinterpret_cast<std::uintptr_t>(begin) % kHuge;
  ::munmap(begin, skipped);
  if (skipped < kHuge) ::munmap(begin + skipped + kRoom, kHuge - skipped);
  g_region = {begin + skipped};
  return true;
}

// What has not been used of it, but for the rest of a huge page: of a part of one each small page
// would be copied.
void close_region() {
  const std::size_t kept = round_up(g_region.used);
  ::munmap(g_region.start + kept, kRoom - kept);
}

// Takes pools that are free until there is none on that side of the region's bounds; the last block
// is of the other side.
Held* take_pools(bool of_region) {
  Held* blocks = nullptr;
  for (int i = 0; i < kMostBlocks; ++i) {
    void* const block = PyObject_Malloc(kLargestBlock);
    if (block == nullptr) break;
    blocks = new (block) Held{blocks};
    if (g_region.holds(block) != of_region) break;
  }
  return blocks;
}

void give_back(Held* blocks) {
  while (blocks != nullptr) PyObject_Free(std::exchange(blocks, blocks->next));
}

// The C library's heap goes on where a huge page begins. It copes with others that move its end.
void move_heap_on() {
  constexpr std::size_t kPiece = 4000;
  const auto end = reinterpret_cast<std::uintptr_t>(::sbrk(0));
  const auto way = static_cast<std::intptr_t>(kHuge - end % kHuge);
  if (::sbrk(way) == reinterpret_cast<void*>(-1)) return;  // NOLINT(performance-no-int-to-ptr)
  for (int i = 0; i < kMostBlocks; ++i) {
    void* const piece = ::malloc(kPiece);
    if (piece == nullptr || reinterpret_cast<std::uintptr_t>(piece) >= end) return;
  }
}

}  // namespace

void begin_memory_apart() {
  if (PyObject_SetArenaAllocator == nullptr || PyObject_GetArenaAllocator == nullptr) return;
  if (!open_region()) return;
  PyObject_GetArenaAllocator(&g_usual);
  ArenaAllocator own{nullptr, allocate_arena, free_arena};
  PyObject_SetArenaAllocator(&own);
  g_held = take_pools(false);
  move_heap_on();
}

void end_memory_apart() {
  if (g_region.start == nullptr) return;
  PyObject_SetArenaAllocator(&g_usual);
  // The last block's arena has been mapped for it alone, and goes with it.
  if (Held* const last = take_pools(true); last != nullptr) PyObject_Free(last);
  give_back(std::exchange(g_held, nullptr));
  close_region();
  use_up_free_memory();
  move_heap_on();
}

}  // namespace playground::pool
