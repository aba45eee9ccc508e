// NameServer: a name server on the loop of a test, over UDP, that says what it is told to.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/unique_fd.h"
#include "uv/loop.h"
#include "uv/poll.h"

namespace playground::dns {

class NameServer {
 public:
  struct Record {
    std::string value;  // an address, or the name that an alias stands for
    std::uint32_t ttl = 60;
  };

  explicit NameServer(uv::Loop& loop);

  // "127.0.0.1:40112".
  std::string address() const;

  // Names of `records` have these addresses of both families; an alias is one that is no address.
  // Others do not exist. A name with an empty list exists, without any address.
  std::map<std::string, std::vector<Record>> records;
  bool silent = false;    // answers nothing
  bool failing = false;   // answers SERVFAIL
  bool drops_v6 = false;  // answers nothing to questions for IPv6 (AAAA)

  // What it was asked for, whatever the type.
  std::vector<std::string> asked;
  std::size_t times_asked(const std::string& name) const;

 private:
  void on_question();
  std::optional<std::string> reply(const std::string& question);

  UniqueFd socket_;
  uv::Owned<uv::Poll> poll_;
};

}  // namespace playground::dns
