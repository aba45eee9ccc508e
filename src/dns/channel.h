// Channel: c-ares with its sockets and its timer on the loop. Questions go out over UDP, and over
// TCP where an answer is too long for that.
#pragma once

#include <ares.h>

#include <map>
#include <memory>
#include <string>

#include "base/endpoint.h"
#include "base/result.h"
#include "uv/loop.h"
#include "uv/poll.h"
#include "uv/timer.h"

namespace playground::dns {

class Channel {
 public:
  // Reads the configuration: `resolv_conf` (servers, search domains, ndots), and /etc/hosts with
  // each look-up. `servers`, unless it is empty, stands for those of the file: addresses in numbers
  // with or without a port, separated by commas. A file that can't be read counts as empty: one
  // server, on this machine. Errors: `servers` can't be read, or no memory.
  static Result<std::unique_ptr<Channel>> open(uv::Loop& loop, const std::string& resolv_conf,
                                               const std::string& servers);
  // Every question that is still open is called back with ARES_EDESTRUCTION.
  ~Channel();
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;

  // Asks for the addresses of both families. The callback may come before this returns (hosts
  // file), comes exactly once, and must not drop the Channel.
  void ask(const Endpoint& endpoint, ares_addrinfo_callback on_answer, void* argument);

 private:
  explicit Channel(uv::Loop& loop);
  Result<void> initialise(const std::string& resolv_conf, const std::string& servers);
  void watch(ares_socket_t socket, bool readable, bool writable);
  void process(ares_socket_t readable, ares_socket_t writable);
  void arm();

  uv::Loop& loop_;
  ares_channel channel_ = nullptr;
  std::map<ares_socket_t, uv::Owned<uv::Poll>> polls_;
  uv::Owned<uv::Timer> timer_;
};

}  // namespace playground::dns
