// StreamLayer: the base of a stream over another stream, as TLS is over TCP. It embeds an idle
// handle, by which the layer can go on in the next turn of the loop, and whose closing frees it
// only when no frame of it is on the stack any more.
#pragma once

#include "uv/loop.h"
#include "uv/stream.h"

namespace playground::uv {

class StreamLayer : public Stream, public Stream::Owner {
 public:
  void reset_on_close() override { lower_->reset_on_close(); }
  void set_no_delay() final { lower_->set_no_delay(); }
  std::string peer() const final { return lower_->peer(); }

 protected:
  StreamLayer(Loop& loop, Owned<Stream> lower);
  ~StreamLayer() override = default;

  // Drops the lower stream too: from then on gone() is true, and no callback comes.
  void detach() override;
  bool gone() const { return lower_ == nullptr; }

  // on_soon() comes once, in the next turn of the loop.
  void call_soon();
  virtual void on_soon() = 0;

  Owned<Stream> lower_;

 private:
  uv_handle_t* raw() final { return reinterpret_cast<uv_handle_t*>(&idle_); }

  uv_idle_t idle_{};
};

}  // namespace playground::uv
