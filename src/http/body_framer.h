// BodyFramer: the pieces of a streamed reply's body as they go over the wire. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "http/framing.h"

namespace playground::http {

class BodyFramer {
 public:
  BodyFramer() = default;
  // `sent` is false where the body stays at home: then every piece comes to nothing.
  BodyFramer(Framing framing, bool sent) : framing_(framing), sent_(sent) {}

  // `bytes` as they are sent; empty ones are sent as nothing, for an empty chunk would be the last.
  // More bytes than a declared length are a broken invariant.
  std::string frame(std::string bytes);

  // False where fewer bytes have come than were declared: that body can't be ended.
  bool may_end() const;
  // What is sent behind the last piece.
  std::string_view end() const;

  // Only the end of the connection ends the body (RFC 9112, 6.3).
  bool ends_by_close() const { return sent_ && framing_.kind == BodyKind::until_close; }

 private:
  Framing framing_;
  bool sent_ = false;
  std::uint64_t framed_ = 0;  // bytes so far
};

}  // namespace playground::http
