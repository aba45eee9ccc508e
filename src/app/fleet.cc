#include "app/fleet.h"

#include <utility>

#include "app/log.h"
#include "upstream/snapshot_sum.h"

namespace playground::app {
namespace {

using uv::Listener;

// The first loops take what can't be divided.
std::size_t part_of(std::size_t total, std::size_t index, std::size_t count) {
  return total / count + (index < total % count ? 1 : 0);
}

// Both roles in one process: the ui finds the backend without being told, and is let in.
void let_in(Config& config) {
  if (config.backend_token.empty() && !config.own_token.empty()) {
    config.backend_token = {config.own_token};
  }
}

Listener::Port port_of(std::size_t index) {
  return index == 0 ? Listener::Port::alone : Listener::Port::joined;
}

}  // namespace

Result<std::unique_ptr<Fleet>> Fleet::open(uv::Loops& loops, const Config& config,
                                           const TlsContexts& tls, Roles wanted) {
  std::unique_ptr<Fleet> fleet(new Fleet(loops, config));
  for (std::size_t i = 0; i < loops.count(); ++i) {
    auto& seat = fleet->seats_.emplace_back(std::make_unique<Seat>());
    seat->config = config;
    seat->config.max_connections = part_of(config.max_connections, i, loops.count());
  }
  if (wanted.backend) {
    if (auto opened = fleet->open_backends(tls); !opened) return Unexpected<Error>{opened.error()};
  }
  if (wanted.ui) {
    if (auto opened = fleet->open_uis(tls, config); !opened) {
      return Unexpected<Error>{opened.error()};
    }
  }
  return fleet;
}

Fleet::Fleet(uv::Loops& loops, const Config& config)
    : loops_(loops),
      backend_admission_(Admission::of_backend(config)),
      ui_admission_(Admission::of_ui(config)) {}

// The pool goes last: programs of the other loops run in it.
Fleet::~Fleet() {
  while (seats_.size() > 1) seats_.pop_back();
  gate_.reset();
}

Result<void> Fleet::open_backends(const TlsContexts& tls) {
  Seat& first = *seats_.front();
  std::vector<Role*> parts;
  for (std::size_t i = 0; i < seats_.size(); ++i) {
    Seat& seat = *seats_[i];
    if (i > 0) seat.config.backend_listen = first.backend->address();
    auto role = i == 0 ? BackendRole::open(loops_.at(0), seat.config, seat.metrics,
                                           *backend_admission_, tls.listener())
                       : BackendRole::open_beside(loops_.at(i), seat.config, seat.metrics,
                                                  *backend_admission_, tls.listener(), *gate_,
                                                  loops_.mailbox(i));
    if (!role) return Unexpected<Error>{role.error()};
    seat.backend = std::move(*role);
    parts.push_back(seat.backend.get());
    if (i > 0 || seats_.size() == 1) continue;
    gate_ = std::make_unique<exec::PoolGate>(loops_.at(0), loops_.mailbox(0), seat.backend->pool());
    if (auto shared = seat.backend->share_port(); !shared) return shared;
  }
  backend_ = std::make_unique<SpreadRole>(loops_, std::move(parts));
  return {};
}

Result<void> Fleet::open_uis(const TlsContexts& tls, const Config& config) {
  Seat& first = *seats_.front();
  bool own = config.backends.empty() && first.backend != nullptr;
  std::vector<Role*> parts;
  for (std::size_t i = 0; i < seats_.size(); ++i) {
    Seat& seat = *seats_[i];
    // A loop's own: sessions of TLS to a backend are kept in it.
    auto backends =
        own ? std::vector{tls.own_backend(first.backend->address())} : tls.backends(config);
    if (own) let_in(seat.config);
    if (i > 0) seat.config.ui_listen = first.ui->address();
    if (i == 0 && !backends.empty()) {
      turns_ = std::make_unique<upstream::SharedState>(backends, seats_.size());
    }
    auto role = UiRole::open(loops_.at(i), seat.config, std::move(backends), turns_.get(),
                             seat.metrics, *ui_admission_, tls.listener(), port_of(i));
    if (!role) return Unexpected<Error>{role.error()};
    seat.ui = std::move(*role);
    parts.push_back(seat.ui.get());
    if (i > 0 || seats_.size() == 1) continue;
    if (auto shared = seat.ui->share_port(); !shared) return shared;
  }
  ui_ = std::make_unique<SpreadRole>(loops_, std::move(parts));
  return {};
}

void Fleet::report(std::function<void(const Report&)> done) {
  auto parts = std::make_shared<std::vector<Report>>(seats_.size());
  loops_.on_each([this, parts](std::size_t loop) { (*parts)[loop] = seats_[loop]->report(); },
                 [parts, done = std::move(done)] { done(sum_of(*parts)); });
}

Fleet::Report Fleet::Seat::report() const {
  Report seen;
  if (backend) seen.backend_connections = backend->connections();
  if (!ui) return seen;
  seen.ui_connections = ui->connections();
  seen.ui_ready = !ui->not_ready();
  seen.upstreams = ui->upstreams();
  return seen;
}

Fleet::Report Fleet::sum_of(const std::vector<Report>& parts) {
  Report sum;
  std::vector<upstream::Proxy::Snapshot> upstreams;
  for (const Report& part : parts) {
    sum.backend_connections += part.backend_connections;
    sum.ui_connections += part.ui_connections;
    sum.ui_ready = sum.ui_ready && part.ui_ready;
    if (part.upstreams) upstreams.push_back(*part.upstreams);
  }
  sum.loops = parts.size();
  if (!upstreams.empty()) sum.upstreams = upstream::sum_of(upstreams);
  return sum;
}

std::vector<std::string> Fleet::upstream_names() const {
  const UiRole* ui = seats_.front()->ui.get();
  return ui == nullptr ? std::vector<std::string>{} : ui->backends();
}

void Fleet::set_drained(const std::string& backend, bool drained, std::function<void()> done) {
  log::info("backend_switched", {{"backend", backend}, {"drained", drained}});
  loops_.on_each([this, backend,
                  drained](std::size_t loop) { seats_[loop]->ui->set_drained(backend, drained); },
                 std::move(done));
}

std::string Fleet::metrics_text() {
  std::vector<const Metrics*> others;
  for (std::size_t i = 1; i < seats_.size(); ++i) others.push_back(&seats_[i]->metrics);
  return metrics().text(others);
}

}  // namespace playground::app
