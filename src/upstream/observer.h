// Observer: who is told what an operator should read in the log. It must not call back.
#pragma once

#include <string_view>

#include "upstream/health.h"
#include "upstream/outcome.h"

namespace playground::upstream {

class Observer {
 public:
  // A request is sent again, after `reason` came of it.
  virtual void on_retry(std::string_view from, std::string_view to, Outcome reason) = 0;
  // A backend gets requests again, or none any more.
  virtual void on_state(std::string_view backend, Health::State state, std::string_view why) = 0;
  // A backend's name could not be looked up; what is known of it stays.
  virtual void on_resolve_failed(std::string_view backend, std::string_view why) = 0;

 protected:
  ~Observer() = default;
};

}  // namespace playground::upstream
