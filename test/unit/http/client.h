// Client: a plain socket that plays the client of a server on the same loop, so that a test decides
// byte by byte what is sent and when it is read.
#pragma once

#include <string>
#include <string_view>

#include "base/endpoint.h"
#include "base/unique_fd.h"
#include "uv/loop.h"
#include "uv/poll.h"

namespace playground::http {

class Client {
 public:
  // Connects; the kernel answers for a listener, whether or not its loop turns.
  Client(uv::Loop& loop, const Endpoint& server);

  // Sends at once what the kernel takes, and the rest as it makes room.
  void send(std::string_view bytes);
  // Ends this side; the other may still send.
  void shutdown();
  // Closes with a reset.
  void reset();

  // A client that is slow to read.
  void pause();
  void resume();

  // All that has been received, and how the server ended its side: not yet, in order, or by a
  // reset.
  const std::string& received() const { return received_; }
  bool ended() const { return ended_; }
  bool was_reset() const { return was_reset_; }
  bool sent_all() const { return outbox_.empty(); }
  // The server has closed, and takes nothing more.
  bool cut_off() const { return cut_off_; }

  // How often `text` has been received.
  std::size_t count(std::string_view text) const;

 private:
  void on_ready(int events);
  void flush();
  void watch();

  UniqueFd fd_;
  uv::Owned<uv::Poll> poll_;
  std::string outbox_;
  std::string received_;
  bool reading_ = true;
  bool ended_ = false;
  bool was_reset_ = false;
  bool cut_off_ = false;
};

}  // namespace playground::http
