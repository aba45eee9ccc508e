// ResponseParser: the client's side of HTTP/1.1: bytes from a backend to a Response, by llhttp in
// strict mode.
#pragma once

#include <memory>
#include <string_view>

#include "base/result.h"
#include "http/message.h"

namespace playground::http {

class ResponseParser {
 public:
  // Larger heads or bodies are errors.
  ResponseParser(std::size_t max_head_bytes, std::size_t max_body_bytes);
  ~ResponseParser();

  // Takes what was read. Errors: not HTTP/1.x, framing that is ambiguous, over a limit, bytes after
  // the end.
  Result<void> feed(std::string_view bytes);

  // The peer closed: completes a body that is framed by that. Error: it was cut off.
  Result<void> finish();

  bool started() const;  // at least one byte has come
  bool complete() const;
  bool keep_alive() const;  // once complete: the connection can carry another request

  // Once complete; ready for the next response afterwards. Hop-by-hop and framing fields are
  // dropped.
  Response take();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace playground::http
