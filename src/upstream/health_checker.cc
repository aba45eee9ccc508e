#include "upstream/health_checker.h"

#include <random>
#include <utility>

#include "uv/timer.h"

namespace playground::upstream {
namespace {

constexpr int kReady = 200;

milliseconds jittered(milliseconds interval) {
  thread_local std::minstd_rand random{std::random_device{}()};
  auto fifth = interval.count() / 5;
  std::uniform_int_distribution<milliseconds::rep> spread(-fifth, fifth);
  return interval + milliseconds{spread(random)};
}

}  // namespace

// The checks of one backend, one at a time.
class HealthChecker::Check final : private Connection::Owner {
 public:
  Check(uv::Loop& loop, Upstream& upstream)
      : upstream_(upstream), timer_(uv::Timer::create(loop, [this] { on_due(); })) {
    begin();
  }

 private:
  void begin() {
    due_ = false;
    timer_->start(jittered(kInterval));
    Connection::Owner& self = *this;
    connection_ = upstream_.check_connection(kTimeout, self);
  }

  void on_due() {
    due_ = true;
    if (connection_ == nullptr) begin();
  }

  void on_connected(Connection& connection) override {
    connection.send("GET /readyz HTTP/1.1\r\nHost: " + upstream_.backend().host() +
                        "\r\nConnection: close\r\n\r\n",
                    "");
  }

  void on_reply(Connection&, ReplyStart start) override {
    int status = start.response.status;
    if (status == kReady) {
      upstream_.on_check_passed(Clock::now());
    } else {
      upstream_.on_check_failed("/readyz answers with " + std::to_string(status), Clock::now());
    }
    end();
  }

  void on_body(Connection&, std::string, bool) override {}

  void on_failed(Connection&, Failure failure) override {
    upstream_.on_check_failed(failure.detail, Clock::now());
    end();
  }

  // One that took longer than the interval is followed by the next at once.
  void end() {
    connection_.reset();
    if (due_) begin();
  }

  Upstream& upstream_;
  uv::Owned<uv::Timer> timer_;
  std::unique_ptr<Connection> connection_;  // of a check that is under way
  bool due_ = false;
};

HealthChecker::HealthChecker(uv::Loop& loop, Balancer& balancer) {
  for (const auto& upstream : balancer.upstreams()) {
    checks_.push_back(std::make_unique<Check>(loop, *upstream));
  }
}

HealthChecker::~HealthChecker() = default;

}  // namespace playground::upstream
