// BodyReader: the body of one message, framed by length, chunks or the connection's end, and
// bounded. It can be taken whole, or piece by piece as it comes. Chunks are llhttp's in strict
// mode, which also gives its opinion on the head of every request. Pure.
#pragma once

#include <llhttp.h>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include "http/framing.h"
#include "http/head_scanner.h"

namespace playground::http {

class BodyReader {
 public:
  enum class Status { more, complete, malformed, too_large };

  explicit BodyReader(llhttp_type_t type);
  BodyReader(const BodyReader&) = delete;
  BodyReader& operator=(const BodyReader&) = delete;

  // Begins the message that has this head, already checked by us. `malformed` where llhttp
  // disagrees: it is asked about what strangers send, and about what has chunks.
  //
  // `max_bytes` counts what comes, whether or not it has been taken: kUnlimited for a body that
  // goes on in pieces.
  static constexpr std::uint64_t kUnlimited = std::numeric_limits<std::uint64_t>::max();
  Status start(std::string_view head, Framing framing, std::uint64_t max_bytes);

  // Sets memory aside for a body that will be taken whole.
  void reserve();

  // Takes bytes up to the end of the body; returns how many.
  std::size_t feed(std::string_view bytes);

  // The peer closed: ends a body that is framed by that; any other unfinished one is malformed.
  void finish();

  Status status() const { return status_; }
  // What was malformed, for a person.
  const char* fault() const { return fault_; }

  // Bytes that have come, taken or not, without the framing.
  std::uint64_t received() const { return received_; }

  // What has come since the last call.
  std::string take() { return std::exchange(body_, {}); }

 private:
  struct Callbacks;

  bool accepts(std::string_view head);
  std::size_t feed_plain(std::string_view bytes);
  std::size_t feed_chunks(std::string_view bytes);
  std::size_t feed_trailer(std::string_view bytes);
  void add(std::string_view bytes);
  void refuse(const char* fault);

  llhttp_type_t type_;
  llhttp_t llhttp_{};
  Framing framing_;
  Status status_ = Status::complete;
  const char* fault_ = "";
  std::string body_;  // not taken yet
  std::uint64_t received_ = 0;
  std::uint64_t max_bytes_ = 0;
  std::uint64_t extension_bytes_ = 0;
  HeadScanner trailer_;
  bool in_trailer_ = false;
};

}  // namespace playground::http
