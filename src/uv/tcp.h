// Tcp: one stream socket. Reads are handed over as they come; writes go out at once where the
// kernel takes them, and what is left waits behind one outstanding uv_write.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/unique_fd.h"
#include "uv/handle.h"
#include "uv/loop.h"

namespace playground::uv {

class Tcp final : public Handle {
 public:
  // Every call may end with the Tcp dropped. None comes after that.
  class Owner {
   public:
    // The outcome of connect(): 0, or libuv's negative error.
    virtual void on_connected(int /*error*/) {}
    virtual void on_read(std::string_view bytes) = 0;
    // No more will be read: 0 at the end of the stream, else libuv's negative error.
    virtual void on_read_end(int error) = 0;
    // Everything that write() could not send at once has left, or has failed.
    virtual void on_written(int error) = 0;

   protected:
    ~Owner() = default;
  };

  enum class Write { done, queued, failed };

  static Owned<Tcp> create(Loop& loop);
  // Takes over a connected socket. Null when libuv can't, which closes it.
  static Owned<Tcp> adopt(Loop& loop, UniqueFd socket);

  void set_owner(Owner* owner) { owner_ = owner; }

  // Starts to connect; on_connected() tells. An error here is one that needs no network to be
  // known.
  Result<void> connect(const sockaddr& address);

  void start_reading();
  void stop_reading();
  bool reading() const { return reading_; }
  // Something has come that was not read yet.
  bool has_unread() const;

  // Sends `head`, then `body`. `queued` promises on_written(); after `failed` the connection is of
  // no use.
  Write write(std::string head, std::string body = {});
  std::size_t queued_bytes() const { return queued_bytes_; }
  // What the kernel has not taken yet; unlike queued_bytes() it falls as a slow peer reads.
  std::size_t unsent_bytes() const;

  // Tells the peer that nothing more will be written, after what is queued.
  void shutdown_write();

  // The close will be a reset: what the peer has received can't be taken for all there was.
  void reset_on_close();

  // Nagle's algorithm off: replies are written whole.
  void set_no_delay() { uv_tcp_nodelay(&tcp_, 1); }

  // "127.0.0.1:40112"; empty when the peer has gone.
  std::string peer() const;

  uv_tcp_t* tcp() { return &tcp_; }

 private:
  Tcp() = default;
  ~Tcp() override = default;
  uv_handle_t* raw() override { return reinterpret_cast<uv_handle_t*>(&tcp_); }
  uv_stream_t* stream() { return reinterpret_cast<uv_stream_t*>(&tcp_); }
  void detach() override { owner_ = nullptr; }

  void queue(std::string bytes, std::size_t sent);
  bool flush();
  void on_flushed(int status);

  uv_tcp_t tcp_{};
  uv_connect_t connect_{};
  uv_write_t write_{};
  uv_shutdown_t shutdown_{};
  Owner* owner_ = nullptr;
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
