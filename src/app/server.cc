#include "app/server.h"

#include <signal.h>

#include <utility>

#include "app/admin_role.h"
#include "app/log.h"
#include "base/address.h"
#include "base/text.h"

namespace playground::app {
namespace {

// How long new connections are still accepted after SIGTERM: load balancers learn of it by /readyz.
constexpr milliseconds kAnnounceTime{1000};

constexpr std::size_t kOwnTokenBytes = 16;

// What is left for answers of abandoned programs to go out.
constexpr milliseconds kAbandonTime{1000};

// Both roles in one process: by this token the backend knows the ui, and believes for whom it asks.
// One of the backend's own where it demands any; else there is none where others could read it.
Config with_own_token(Config config, Fleet::Roles roles) {
  if (!roles.backend || !roles.ui || !config.backends.empty()) return config;
  if (!config.tokens.empty()) {
    config.own_token = config.tokens.front();
  } else if (!config.tls_cert.empty() || is_private(config.backend_listen.host)) {
    config.own_token = random_hex(kOwnTokenBytes);
  }
  return config;
}

std::string_view to_string(DrainState state) {
  switch (state) {
    case DrainState::serving:
      return "serving";
    case DrainState::announcing:
      return "announcing";
    case DrainState::finishing:
      return "finishing";
    case DrainState::abandoning:
      return "abandoning";
    case DrainState::done:
      return "done";
  }
  return "";
}

}  // namespace

Server::Server(const Config& config, Fleet::Roles roles)
    : config_(with_own_token(config, roles)), wanted_(roles), loops_(config.loops) {}

Server::~Server() {
  loops_.stop_others();
}

Result<void> Server::start() {
  auto tls = TlsContexts::load(config_);
  if (!tls) return Unexpected<Error>{tls.error()};
  tls_ = std::move(*tls);
  auto fleet = Fleet::open(loops_, config_, tls_, wanted_);
  if (!fleet) return Unexpected<Error>{fleet.error()};
  fleet_ = std::move(*fleet);
  auto admin = AdminRole::open(loops_.at(0), config_, *fleet_);
  if (!admin) return Unexpected<Error>{admin.error()};
  admin_ = std::move(*admin);

  for (Role* role : {fleet_->ui(), fleet_->backend(), admin_.get()}) {
    if (role == nullptr) continue;
    roles_.push_back(role);
    log::info("listening", {{"role", role->name()}, {"address", role->address().text()}});
  }
  timer_ = uv::Timer::create(loops_.at(0), [this] {
    on_event(state_ == DrainState::announcing ? DrainEvent::moment_over : DrainEvent::time_over);
  });
  listen_for_signals();
  loops_.start();
  loops_.on_each([](std::size_t loop) { log::set_loop(static_cast<int>(loop)); });
  return {};
}

void Server::listen_for_signals() {
  auto on = [this](int number, std::function<void()> action) {
    signals_.push_back(uv::Signal::create(loops_.at(0), number, std::move(action)));
  };
  on(SIGTERM, [this] { on_event(DrainEvent::terminate); });
  on(SIGINT, [this] { on_event(DrainEvent::interrupt); });
  on(SIGHUP, [this] {
    log::info("renewing", {});
    tls_.reload();
    for (Role* role : roles_) role->renew();
  });
}

int Server::run() {
  loops_.at(0).run();
  return forced_ ? 1 : 0;
}

void Server::on_event(DrainEvent event) {
  forced_ = forced_ || forced(state_, event);
  DrainState following = next(state_, event);
  if (following != state_) enter(following);
}

void Server::enter(DrainState state) {
  state_ = state;
  log::info("drain", {{"state", to_string(state)}});
  switch (state) {
    case DrainState::serving:
      return;
    case DrainState::announcing:
      announce();
      timer_->start(kAnnounceTime);
      return;
    case DrainState::finishing:
      announce();
      timer_->start(config_.drain_timeout);
      close_in_turn(0);
      return;
    case DrainState::abandoning:
      timer_->start(kAbandonTime);
      abandon();
      return;
    case DrainState::done:
      timer_.reset();
      signals_.clear();
      loops_.at(0).stop();
      return;
  }
}

void Server::announce() {
  for (Role* role : roles_) role->announce_close();
}

// The ui's last requests still need the backend of the same process, and an operator's tools see
// all of it.
void Server::close_in_turn(std::size_t index) {
  if (index == roles_.size()) {
    on_event(DrainEvent::idle);
    return;
  }
  roles_[index]->close_when_idle([this, index] { close_in_turn(index + 1); });
}

void Server::abandon() {
  for (Role* role : roles_) role->abandon();
}

}  // namespace playground::app
