// Recycled: memory of what comes and goes with every request. Where one has gone its memory is kept
// for the next of the same type, so that a server that is busy allocates nothing for it: as a base
// class of objects that are made by `new`, as allocators for containers.
//
// Each thread keeps its own. What is freed on another thread than it was made on changes hands.
// Under sanitizers nothing is kept, lest they overlook who uses what is gone.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <list>
#include <map>
#include <new>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

#include "base/check.h"

namespace playground {

// Pieces of memory of the size of a T that nobody uses now.
template <class T>
class FreePieces {
 public:
  // Beyond so many, memory is given back: those of a peak are not kept for good.
#ifdef PLAYGROUND_SANITIZED
  static constexpr std::size_t kMost = 0;
#else
  static constexpr std::size_t kMost = 256;
#endif

  FreePieces(const FreePieces&) = delete;
  FreePieces& operator=(const FreePieces&) = delete;

  // Throws std::bad_alloc.
  static void* take() {
    FreePieces& own = of_this_thread();
    if (own.first_ == nullptr) return ::operator new(kBytes);
    --own.count_;
    return std::exchange(own.first_, own.first_->next);
  }

  static void give(void* memory) noexcept {
    FreePieces& own = of_this_thread();
    if (own.count_ == kMost) return ::operator delete(memory);
    own.first_ = ::new (memory) Piece{own.first_};
    ++own.count_;
  }

 private:
  struct Piece {
    Piece* next;
  };
  static_assert(alignof(T) <= __STDCPP_DEFAULT_NEW_ALIGNMENT__);
  static constexpr std::size_t kBytes = sizeof(T) < sizeof(Piece) ? sizeof(Piece) : sizeof(T);

  FreePieces() = default;
  ~FreePieces() {
    while (first_ != nullptr) ::operator delete(std::exchange(first_, first_->next));
    count_ = kMost;  // what is given after the thread's end is not kept
  }

  static FreePieces& of_this_thread() {
    thread_local FreePieces pieces;
    return pieces;
  }

  Piece* first_ = nullptr;
  std::size_t count_ = 0;
};

// `class T final : public Recycled<T>`
template <class T>
class Recycled {
 public:
  static void* operator new(std::size_t size) {
    PLAYGROUND_CHECK(size == sizeof(T));
    return FreePieces<T>::take();
  }
  static void operator delete(void* memory) { FreePieces<T>::give(memory); }

 protected:
  ~Recycled() = default;
};

// A piece of memory that all types share which need as much.
template <std::size_t kBytes>
struct Block {
  std::byte bytes[kBytes];
};

// Of a container. Its elements lie each in a node of its own; or, with kBlockBytes, side by side:
// as long as they fit into so many bytes, their memory is used again.
template <class T, std::size_t kBlockBytes = 0>
class RecyclingAllocator {
 public:
  using value_type = T;
  template <class Other>
  struct rebind {
    using other = RecyclingAllocator<Other, kBlockBytes>;
  };

  RecyclingAllocator() = default;
  template <class Other>
  explicit(false) RecyclingAllocator(const RecyclingAllocator<Other, kBlockBytes>&) noexcept {}

  T* allocate(std::size_t count) {
    static_assert(alignof(T) <= __STDCPP_DEFAULT_NEW_ALIGNMENT__);
    return static_cast<T*>(fits(count) ? FreePieces<Block<room()>>::take()
                                       : ::operator new(count * sizeof(T)));
  }
  void deallocate(T* memory, std::size_t count) noexcept {
    fits(count) ? FreePieces<Block<room()>>::give(memory) : ::operator delete(memory);
  }

  friend bool operator==(const RecyclingAllocator&, const RecyclingAllocator&) { return true; }

 private:
  // Functions, for a container may name the allocator of a node that is not defined yet.
  static constexpr std::size_t room() { return std::max(kBlockBytes, sizeof(T)); }
  static constexpr bool fits(std::size_t count) { return count <= room() / sizeof(T); }
};

// A text of which most are shorter than a block.
template <std::size_t kBlockBytes>
using RecycledText =
    std::basic_string<char, std::char_traits<char>, RecyclingAllocator<char, kBlockBytes>>;

template <class T>
using RecycledList = std::list<T, RecyclingAllocator<T>>;
template <class T>
using RecycledSet = std::set<T, std::less<>, RecyclingAllocator<T>>;
template <class Key, class T>
using RecycledMap = std::map<Key, T, std::less<>, RecyclingAllocator<std::pair<const Key, T>>>;
template <class Key, class T>
using RecycledHashMap = std::unordered_map<Key, T, std::hash<Key>, std::equal_to<Key>,
                                           RecyclingAllocator<std::pair<const Key, T>>>;

}  // namespace playground
