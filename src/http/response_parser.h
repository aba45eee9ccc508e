// ResponseParser: the client's side of HTTP/1.1: bytes from a backend to Responses, one after the
// other, each whole or in pieces. By llhttp in strict mode. It holds what has come of a body until
// that is taken: whoever feeds it without taking sets the bound.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "http/message.h"

namespace playground::http {

class ResponseParser {
 public:
  // A larger head is an error.
  explicit ResponseParser(std::size_t max_head_bytes);
  ~ResponseParser();

  // Takes what was read. Errors: not HTTP/1.x, framing that is ambiguous, a head over the limit,
  // bytes after the end.
  Result<void> feed(std::string_view bytes);

  // The peer closed: completes a body that is framed by that. Error: it was cut off.
  Result<void> finish();

  bool started() const;   // at least one byte has come
  bool arriving() const;  // … of the final reply, which interim ones (1xx) may precede
  bool has_head() const;  // the whole head has come
  bool complete() const;
  bool keep_alive() const;  // once it has a head: the connection can carry another request

  // Once it has a head: how long the whole body is, where the head tells.
  std::optional<std::uint64_t> length() const;

  // Once it has a head: the response with what has come of its body. Hop-by-hop and framing fields
  // are dropped.
  Response take();
  // After take(): what has come of the body since.
  std::string take_body();

  // Ready for the next response; what was not taken of this one is dropped.
  void reset();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace playground::http
