// FakeStream: a uv::Stream without a network. The Peer at its other end says what comes, and when
// what is written leaves; it insists that the stream's user keeps to the contract of uv/stream.h.
#pragma once

#include <string>
#include <string_view>

#include "base/check.h"
#include "uv/loop.h"
#include "uv/stream.h"

namespace playground::fuzz {

class FakeStream;

// Outlives the stream.
class Peer {
 public:
  bool slow = false;    // what is written waits for take()
  bool broken = false;  // writing fails
  bool more = false;    // has_unread() says so

  uv::Owned<uv::Stream> open(uv::Loop& loop);

  // Whether the stream's user still has it, and reads.
  bool connected() const { return stream_ != nullptr; }
  bool is_read() const;

  // What the stream's user is told, while it reads.
  void send(std::string_view bytes);
  void end(int error);

  // Everything that waits has left, or failed.
  bool owes() const { return queued_ > 0; }
  void take(int error = 0);

  const std::string& received() const { return received_; }
  // What was received since the last call.
  std::string fetch();

 private:
  friend class FakeStream;

  FakeStream* stream_ = nullptr;
  std::string received_;
  std::size_t fetched_ = 0;
  std::size_t queued_ = 0;
};

}  // namespace playground::fuzz
