// Stream: bytes both ways between two ends, whatever carries them: Tcp, or TLS over it. Whoever
// owns one neither knows nor cares.
#pragma once

#include <string>
#include <string_view>

#include "uv/handle.h"

namespace playground::uv {

class Stream : public Handle {
 public:
  // Every call may end with the Stream dropped. None comes after that.
  class Owner {
   public:
    // The outcome of connecting: 0, or a negative error (error_text).
    virtual void on_connected(int /*error*/) {}
    virtual void on_read(std::string_view bytes) = 0;
    // No more will be read: 0 at the end of the stream, else a negative error.
    virtual void on_read_end(int error) = 0;
    // Everything that write() could not send at once has left, or has failed.
    virtual void on_written(int error) = 0;

   protected:
    ~Owner() = default;
  };

  enum class Write { done, queued, failed };

  void set_owner(Owner* owner) { owner_ = owner; }

  virtual void start_reading() = 0;
  virtual void stop_reading() = 0;
  virtual bool reading() const = 0;
  // Something has come that was not read yet.
  virtual bool has_unread() const = 0;

  // Sends `head`, then `body`; what can't leave at once is copied. `queued` promises on_written();
  // after `failed` the stream is of no use.
  virtual Write write(std::string_view head, std::string_view body = {}) = 0;
  virtual std::size_t queued_bytes() const = 0;
  // What the kernel has not taken yet; unlike queued_bytes() it falls as a slow peer reads.
  virtual std::size_t unsent_bytes() const = 0;

  // Tells the peer that nothing more will be written, after what is queued.
  virtual void shutdown_write() = 0;

  // The close will be a reset: what the peer has received can't be taken for all there was.
  virtual void reset_on_close() = 0;

  // Nagle's algorithm off: replies are written whole.
  virtual void set_no_delay() = 0;

  // "127.0.0.1:40112"; empty when the peer has gone.
  virtual std::string peer() const = 0;

  // What an error that the owner was told means, for people.
  virtual std::string error_text(int error) const { return uv_strerror(error); }

 protected:
  Stream() = default;
  ~Stream() override = default;
  void detach() override { owner_ = nullptr; }

  Owner* owner_ = nullptr;
};

}  // namespace playground::uv
