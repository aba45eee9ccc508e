// Tcp: a stream that is a socket. Reads are handed over as they come; writes go out at once where
// the kernel takes them, and what is left waits behind one outstanding uv_write.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/unique_fd.h"
#include "uv/loop.h"
#include "uv/stream.h"

namespace playground::uv {

class Tcp final : public Stream {
 public:
  static Owned<Tcp> create(Loop& loop);
  // Takes over a connected socket. Null when libuv can't, which closes it.
  static Owned<Tcp> adopt(Loop& loop, UniqueFd socket);

  // Starts to connect; on_connected() tells. An error here is one that needs no network to be
  // known.
  Result<void> connect(const sockaddr& address);

  void start_reading() override;
  void stop_reading() override;
  bool reading() const override { return reading_; }
  bool has_unread() const override;
  Write write(std::string_view head, std::string_view body = {}) override;
  std::size_t queued_bytes() const override { return queued_bytes_; }
  std::size_t unsent_bytes() const override;
  void shutdown_write() override;
  void reset_on_close() override;
  void set_no_delay() override { uv_tcp_nodelay(&tcp_, 1); }
  std::string peer() const override;

  uv_tcp_t* tcp() { return &tcp_; }

 private:
  Tcp() = default;
  ~Tcp() override = default;
  uv_handle_t* raw() override { return reinterpret_cast<uv_handle_t*>(&tcp_); }
  uv_stream_t* stream() { return reinterpret_cast<uv_stream_t*>(&tcp_); }

  void queue(std::string_view bytes);
  bool flush();
  void on_flushed(int status);

  uv_tcp_t tcp_{};
  uv_connect_t connect_{};
  uv_write_t write_{};
  uv_shutdown_t shutdown_{};
  bool reading_ = false;
  bool shut_down_ = false;

  // `in_flight_` belongs to libuv while write_ is outstanding; what comes meanwhile waits in
  // `waiting_`.
  std::vector<std::string> in_flight_;
  std::vector<std::string> waiting_;
  std::size_t queued_bytes_ = 0;
};

// "127.0.0.1:5000" or "[::1]:5000".
std::string address_text(const sockaddr_storage& address);

}  // namespace playground::uv
