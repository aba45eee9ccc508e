#include "app/routes.h"

#include <gtest/gtest.h>

#include <optional>

#include "http/response_parser.h"
#include "uv/tcp.h"

namespace playground::app {
namespace {

// Asks a server with the given routes over a real connection.
class RoutesTest : public ::testing::Test, private uv::Tcp::Owner {
 protected:
  RoutesTest() {
    routes_.add("GET", "/page", [](http::Request, http::Responder responder) {
      responder.respond(http::Response::json(200, "page"));
    });
    routes_.add("POST", "/page", [](http::Request request, http::Responder responder) {
      responder.respond(http::Response::json(200, request.body));
    });
    auto server = http::Server::open(loop_, {"127.0.0.1", 0}, {}, routes_);
    EXPECT_TRUE(server.has_value());
    server_ = std::move(*server);
  }

  http::Response ask(const std::string& request) {
    sockaddr_in address{};
    uv_ip4_addr("127.0.0.1", server_->address().port, &address);
    tcp_ = uv::Tcp::create(loop_);
    tcp_->set_owner(this);
    request_ = request;
    EXPECT_TRUE(tcp_->connect(reinterpret_cast<sockaddr&>(address)).has_value());
    while (!response_) loop_.run_once();
    tcp_.reset();
    return std::move(*response_);
  }

  void on_connected(int error) override {
    ASSERT_EQ(error, 0);
    tcp_->start_reading();
    tcp_->write(request_);
  }
  void on_read(std::string_view bytes) override {
    ASSERT_TRUE(parser_.feed(bytes).has_value());
    if (parser_.complete()) response_ = parser_.take();
  }
  void on_read_end(int) override {}
  void on_written(int) override {}

  uv::Loop loop_;
  Routes routes_;
  std::unique_ptr<http::Server> server_;
  uv::Owned<uv::Tcp> tcp_;
  std::string request_;
  http::ResponseParser parser_{16384};
  std::optional<http::Response> response_;
};

TEST_F(RoutesTest, FindsByPathAndMethod) {
  EXPECT_EQ(ask("POST /page?x=1 HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi").body, "hi");
}

TEST_F(RoutesTest, AnUnknownPathIs404) {
  int told = 0;
  routes_.on_unrouted = [&](int status, std::string_view) { told = status; };
  auto response = ask("GET /none HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(told, 404);
}

TEST_F(RoutesTest, AnotherMethodIs405WithAllow) {
  auto response = ask("PUT /page HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n");
  EXPECT_EQ(response.status, 405);
  EXPECT_EQ(response.headers.get("Allow"), "GET, HEAD, POST, OPTIONS");
}

// RFC 9110, 9.3.7.
TEST_F(RoutesTest, OptionsOfAPathAreTold) {
  int told = 0;
  routes_.on_unrouted = [&](int status, std::string_view) { told = status; };
  auto response = ask("OPTIONS /page HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(response.status, 204);
  EXPECT_EQ(response.headers.get("Allow"), "GET, HEAD, POST, OPTIONS");
  EXPECT_EQ(told, 204);
}

TEST_F(RoutesTest, OptionsOfTheServerAreThoseOfAllPaths) {
  routes_.add("PATCH", "/other", [](http::Request, http::Responder) {});
  auto response = ask("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(response.status, 204);
  EXPECT_EQ(response.headers.get("Allow"), "GET, HEAD, PATCH, POST, OPTIONS");
}

TEST_F(RoutesTest, StrangersMakeNoLabels) {
  EXPECT_EQ(routes_.label("/page"), "/page");
  EXPECT_EQ(routes_.label("/page/../../etc"), "other");
}

}  // namespace
}  // namespace playground::app
