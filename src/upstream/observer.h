// Observer: who is told what an operator should read in the log. It must not call back.
#pragma once

#include <string_view>

#include "upstream/health.h"
#include "upstream/outcome.h"

namespace playground::upstream {

class Observer {
 public:
  // A request is sent a second time, after `reason` came of the first.
  virtual void on_retry(std::string_view from, std::string_view to, Outcome reason) = 0;
  // A backend gets requests again, or none any more.
  virtual void on_state(std::string_view backend, Health::State state, std::string_view why) = 0;

 protected:
  ~Observer() = default;
};

}  // namespace playground::upstream
