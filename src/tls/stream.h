// Stream: TLS over another stream. Its owner sees plain bytes; everything else is as with Tcp.
//
//   handshaking → open → ended       a client's handshake that fails ends too
//             ↘ refusing → ended     a server's: what says why is still on its way
//
// Plain bytes are encrypted only as the stream below takes them, and decrypted only as the owner
// takes them, so that what waits in between is at most one write and one read.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "tls/client.h"
#include "tls/context.h"
#include "tls/memory_bio.h"
#include "uv/stream_layer.h"
#include "uv/timer.h"

namespace playground::tls {

class Stream final : public uv::StreamLayer {
 public:
  // How a listener takes connections. `plain_reply` goes to who speaks HTTP instead of TLS;
  // `on_failed` is told of every handshake that fails. Outlives its streams.
  struct Acceptor {
    const Context* context = nullptr;
    milliseconds handshake_timeout{15'000};
    std::string plain_reply;
    std::function<void(const std::string& peer, const std::string& why)> on_failed;
  };

  // The code of an error that error_text() knows more about.
  static constexpr int kTlsError = UV_EPROTO;

  // Over a connected stream. on_connected() tells the outcome of the handshake; there is no time
  // limit but the owner's.
  static uv::Owned<Stream> connect(uv::Loop& loop, uv::Owned<uv::Stream> lower, Client& client);

  // Over an accepted stream. A handshake that fails or takes too long comes as on_read_end().
  static uv::Owned<Stream> accept(uv::Loop& loop, uv::Owned<uv::Stream> lower,
                                  const Acceptor& acceptor);

  void start_reading() override;
  void stop_reading() override;
  bool reading() const override { return reading_; }
  bool has_unread() const override;
  Write write(std::string_view head, std::string_view body = {}) override;
  std::size_t queued_bytes() const override { return plain_bytes_ + lower_->queued_bytes(); }
  std::size_t unsent_bytes() const override { return plain_bytes_ + lower_->unsent_bytes(); }
  void shutdown_write() override;
  void reset_on_close() override;
  std::string error_text(int error) const override;

  bool resumed() const { return SSL_session_reused(ssl_.get()) == 1; }

 private:
  enum class State { handshaking, open, refusing, ended };

  static constexpr std::size_t kRecordBytes = 16 * 1024;  // RFC 8446, 5.1

  Stream(uv::Loop& loop, uv::Owned<uv::Stream> lower);
  ~Stream() override = default;
  void detach() override;

  // The stream below.
  void on_read(std::string_view bytes) override;
  void on_read_end(int error) override;
  void on_written(int error) override;
  void on_soon() override;

  // Reading, in the order of a connection's life.
  void advance();
  void shake_hands();
  void on_open();
  void on_refused();
  void on_overdue();
  void fail_handshake(std::string why);
  bool read_record();
  void end(int error);
  void update_reading();
  bool has_bytes() const;

  // Writing.
  void continue_writing();
  Write flush();
  bool encrypt_batch();
  void finish_writing();
  void send_end();
  bool send_output();

  MemoryBio bio_;
  Client::Handshake handshake_;
  Ssl ssl_;  // uses the two above
  const Acceptor* acceptor_ = nullptr;
  uv::Owned<uv::Timer> deadline_;  // of a server's handshake
  State state_ = State::handshaking;
  std::string why_;  // what kTlsError means

  bool reading_ = false;
  bool advancing_ = false;         // advance() is on the stack
  std::string leftover_;           // bytes from below that the owner has no room for
  std::size_t refused_bytes_ = 0;  // read away while refusing

  std::deque<std::string> plain_;  // to be encrypted; of the first, from plain_offset_ on
  std::size_t plain_offset_ = 0;
  std::size_t plain_bytes_ = 0;
  bool owes_written_ = false;
  bool shut_down_ = false;  // asked for
  bool end_sent_ = false;   // done, or will not be
};

}  // namespace playground::tls
