// Buffer: bytes that are appended at the back and consumed from the front without moving the rest
// each time. Consumed space is reclaimed when it is more than half of what is held.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace playground {

class Buffer {
 public:
  void append(std::string_view bytes) { data_.append(bytes); }

  // Takes `bytes` over without copying them where nothing is held.
  void append(std::string&& bytes) {
    if (empty()) {
      data_ = std::move(bytes);
      start_ = 0;
    } else {
      data_.append(bytes);
    }
  }

  std::string_view view() const { return std::string_view(data_).substr(start_); }
  std::size_t size() const { return data_.size() - start_; }
  bool empty() const { return size() == 0; }

  // Drops the first `count` bytes; `count` is at most size().
  void consume(std::size_t count) {
    start_ += count;
    if (start_ == data_.size()) {
      clear();
    } else if (start_ > data_.size() / 2) {
      data_.erase(0, start_);
      start_ = 0;
    }
  }

  // Gives the memory back, unless it is little: buffers outlive what they were large for.
  void clear() {
    data_.clear();
    if (data_.capacity() > kKept) std::string().swap(data_);
    start_ = 0;
  }

 private:
  static constexpr std::size_t kKept = 512;

  std::string data_;
  std::size_t start_ = 0;
};

}  // namespace playground
