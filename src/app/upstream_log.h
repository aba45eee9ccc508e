// UpstreamLog: what the ui's log says of its backends.
#pragma once

#include <string_view>

#include "upstream/observer.h"

namespace playground::app {

class UpstreamLog final : public upstream::Observer {
 public:
  // `retry`: from, to, reason.
  void on_retry(std::string_view from, std::string_view to, upstream::Outcome reason) override;
  // `backend_up`, `backend_down`, `backend_ejected`: backend, why.
  void on_state(std::string_view backend, upstream::Health::State state,
                std::string_view why) override;
  // `resolve_failed`: backend, detail.
  void on_resolve_failed(std::string_view backend, std::string_view why) override;
};

}  // namespace playground::app
