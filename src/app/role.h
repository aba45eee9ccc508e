// Role: what the server asks of each thing that it serves on a port of its own: backend, ui, admin.
#pragma once

#include <functional>
#include <string_view>

#include "base/endpoint.h"

namespace playground::app {

class Role {
 public:
  virtual ~Role() = default;

  // "backend", "ui" or "admin".
  virtual std::string_view name() const = 0;
  virtual Endpoint address() const = 0;

  // Draining, in this order (drain.h).
  virtual void announce_close() = 0;
  virtual void close_when_idle(std::function<void()> on_empty) = 0;
  // What still runs is ended and answered.
  virtual void abandon() {}

  // SIGHUP.
  virtual void renew() {}
};

}  // namespace playground::app
