// MemoryBio: OpenSSL reads from and writes to memory. Unlike OpenSSL's own it reads in place, and
// holds nothing on its own account while a connection is idle.
#pragma once

#include <string>
#include <string_view>

#include "tls/openssl.h"

namespace playground::tls {

struct MemoryBio {
  std::string_view input;  // what has come and was not taken yet
  std::string output;      // what has to be sent

  // Both directions of `ssl` go through this, which outlives it.
  void attach(SSL* ssl);
};

}  // namespace playground::tls
