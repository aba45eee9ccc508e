#include "app/upstream_log.h"

#include <string>

#include "app/log.h"

namespace playground::app {

void UpstreamLog::on_retry(std::string_view from, std::string_view to, upstream::Outcome reason) {
  log::info("retry", {{"from", from}, {"to", to}, {"reason", upstream::to_string(reason)}});
}

void UpstreamLog::on_state(std::string_view backend, upstream::Health::State state,
                           std::string_view why) {
  std::string event = "backend_" + std::string(upstream::to_string(state));
  bool good = state == upstream::Health::State::up;
  if (good) {
    log::info(event, {{"backend", backend}});
  } else {
    log::warning(event, {{"backend", backend}, {"why", why}});
  }
}

void UpstreamLog::on_resolve_failed(std::string_view backend, std::string_view why) {
  log::warning("resolve_failed", {{"backend", backend}, {"detail", why}});
}

}  // namespace playground::app
