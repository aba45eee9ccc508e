// How many instructions a request and its reply cost on a connection, without the kernel and
// without what is answered.
#include <string>

#include "base/check.h"
#include "http/connection.h"
#include "test/counts/inputs.h"
#include "test/counts/operations.h"
#include "test/fuzz/fake_stream.h"

namespace playground::counts {
namespace {

// The server of one connection.
class Site final : public http::Connection::Owner {
 public:
  std::size_t answered() const { return answered_; }

 private:
  const http::Limits& limits() const override { return limits_; }
  bool is_closing() const override { return false; }
  void handle(http::Request&& request, http::Responder responder) override {
    PLAYGROUND_CHECK(request.body == kProgram);
    responder.respond(http::Response::json(200, std::string(kOutcome)));
  }
  void on_exchange(const http::Exchange& exchange) override {
    PLAYGROUND_CHECK(exchange.status == 200);
    ++answered_;
  }
  void on_pending(http::Connection&) override {}
  void on_closed(http::Connection&) override {}

  const http::Limits limits_;
  std::size_t answered_ = 0;
};

}  // namespace

void exchange(std::size_t times) {
  uv::Loop loop;
  fuzz::Peer peer;
  Site site;
  std::string request = evaluation_request("/py/eval");
  http::Connection connection(loop, peer.open(loop), site);
  connection.start();
  for (std::size_t i = 0; i < times; ++i) peer.send(request);
  PLAYGROUND_CHECK(site.answered() == times);
}

}  // namespace playground::counts
