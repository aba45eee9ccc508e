// Handle: the base of every object that embeds a libuv handle, and the only place that calls
// uv_close.
//
// Ownership: `std::unique_ptr<Tcp, UvClose>`. Dropping the pointer detaches the owner, so that no
// callback reaches it any more, asks libuv to close, and frees the object in the close callback,
// which libuv calls on a later turn of the loop.
#pragma once

#include <uv.h>

#include <memory>

namespace playground::uv {

class Handle {
 public:
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;

  // Called by UvClose only; the object must not be used afterwards.
  void close();

 protected:
  Handle() = default;
  virtual ~Handle() = default;

  // The embedded handle, its `data` pointing to this Handle.
  virtual uv_handle_t* raw() = 0;

  // Forgets the owner: no callback may reach it after this.
  virtual void detach() = 0;
};

struct UvClose {
  void operator()(Handle* handle) const { handle->close(); }
};

template <class T>
using Owned = std::unique_ptr<T, UvClose>;

}  // namespace playground::uv
