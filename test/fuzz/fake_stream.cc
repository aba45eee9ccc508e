#include "fake_stream.h"

#include <utility>

namespace playground::fuzz {

class FakeStream final : public uv::Stream {
 public:
  FakeStream(uv::Loop& loop, Peer& peer) : peer_(peer) {
    PLAYGROUND_CHECK(uv_idle_init(loop.raw(), &idle_) == 0);
    peer_.stream_ = this;
  }

  void start_reading() override { reading_ = !ended_; }
  void stop_reading() override { reading_ = false; }
  bool reading() const override { return reading_; }
  bool has_unread() const override { return peer_.more; }

  Write write(std::string_view head, std::string_view body) override {
    PLAYGROUND_CHECK(!failed_ && !shut_down_);
    if (peer_.broken) {
      failed_ = true;
      return Write::failed;
    }
    peer_.received_.append(head).append(body);
    if (!peer_.slow && peer_.queued_ == 0) return Write::done;
    peer_.queued_ += head.size() + body.size();
    return peer_.queued_ == 0 ? Write::done : Write::queued;
  }

  std::size_t queued_bytes() const override { return peer_.queued_; }
  std::size_t unsent_bytes() const override { return peer_.queued_; }
  void shutdown_write() override { shut_down_ = true; }
  void reset_on_close() override {}
  void set_no_delay() override {}
  std::string peer() const override { return "192.0.2.1:1"; }

 private:
  friend class Peer;

  ~FakeStream() override = default;
  uv_handle_t* raw() override { return reinterpret_cast<uv_handle_t*>(&idle_); }
  void detach() override {
    Stream::detach();
    peer_.stream_ = nullptr;
  }

  Peer& peer_;
  uv_idle_t idle_{};
  bool reading_ = false;
  bool ended_ = false;
  bool failed_ = false;
  bool shut_down_ = false;

  Owner* user() const { return owner_; }
};

uv::Owned<uv::Stream> Peer::open(uv::Loop& loop) {
  return uv::Owned<uv::Stream>(new FakeStream(loop, *this));
}

bool Peer::is_read() const {
  return stream_ != nullptr && stream_->reading_;
}

void Peer::send(std::string_view bytes) {
  PLAYGROUND_CHECK(is_read());
  stream_->user()->on_read(bytes);
}

void Peer::end(int error) {
  PLAYGROUND_CHECK(is_read());
  stream_->ended_ = true;
  stream_->reading_ = false;
  stream_->user()->on_read_end(error);
}

void Peer::take(int error) {
  queued_ = 0;
  if (stream_ != nullptr) stream_->user()->on_written(error);
}

std::string Peer::fetch() {
  return received_.substr(std::exchange(fetched_, received_.size()));
}

}  // namespace playground::fuzz
