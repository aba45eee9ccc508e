// An HTTP server that speaks TLS, against clients that are not what it hopes for.
#include "http/server.h"

#include <gmock/gmock.h>
#include <malloc.h>
#include <openssl/err.h>

#include <filesystem>

#include "../http/server_test.h"
#include "certificates.h"

namespace playground::tls {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

// A client's TLS by hand, so that a test decides byte by byte what is sent.
class ManualTls {
 public:
  explicit ManualTls(http::Client& client) : context_(trusting_client()), client_(client) {
    ssl_.reset(SSL_new(context_->current().get()));
    SSL_set_verify(ssl_.get(), SSL_VERIFY_NONE, nullptr);
    SSL_CTX_sess_set_new_cb(context_->current().get(), nullptr);
    in_ = BIO_new(BIO_s_mem());
    out_ = BIO_new(BIO_s_mem());
    SSL_set_bio(ssl_.get(), in_, out_);
    SSL_set_connect_state(ssl_.get());
  }

  // What would be sent now, and has not been taken before.
  std::string output() {
    feed();
    SSL_do_handshake(ssl_.get());
    char buffer[16384];
    int count = BIO_read(out_, buffer, sizeof(buffer));
    return std::string(buffer, count > 0 ? static_cast<std::size_t>(count) : 0);
  }

  bool done() { return SSL_is_init_finished(ssl_.get()) == 1; }

  std::string encrypt(const std::string& text) {
    SSL_write(ssl_.get(), text.data(), static_cast<int>(text.size()));
    return output();
  }

  std::string read() {
    feed();
    char buffer[16384];
    int count = SSL_read(ssl_.get(), buffer, sizeof(buffer));
    return std::string(buffer, count > 0 ? static_cast<std::size_t>(count) : 0);
  }

  bool end_announced() {
    read();
    return (SSL_get_shutdown(ssl_.get()) & SSL_RECEIVED_SHUTDOWN) != 0;
  }

 private:
  void feed() {
    ERR_clear_error();
    const std::string& all = client_.received();
    BIO_write(in_, all.data() + taken_, static_cast<int>(all.size() - taken_));
    taken_ = all.size();
  }

  std::unique_ptr<Context> context_;
  http::Client& client_;
  Ssl ssl_;
  BIO* in_ = nullptr;   // the SSL's
  BIO* out_ = nullptr;  // the SSL's
  std::size_t taken_ = 0;
};

class TlsServerTest : public http::ServerTest {
 protected:
  void open() {
    http::Security security{context_.get(), [this](const std::string&, const std::string& why) {
                              failures_.push_back(why);
                            }};
    auto opened = http::Server::open(loop_, {"127.0.0.1", 0}, limits_, *this, security);
    ASSERT_TRUE(opened) << opened.error().message;
    server_ = std::move(*opened);
    address_ = server_->address();
  }

  void shake_hands(http::Client& client, ManualTls& tls) {
    while (!tls.done()) {
      client.send(tls.output());
      loop_.run_once(false);
    }
    client.send(tls.output());
  }

  void wait_until_empty() {
    run_until([this] { return server_->connections() == 0; });
  }

  std::unique_ptr<Context> context_ = server_with("good");
  std::vector<std::string> failures_;
};

TEST_F(TlsServerTest, AnswersAByteByByteClient) {
  open();
  auto client = connect();
  ManualTls tls(*client);
  auto trickle = [&](const std::string& bytes) {
    for (char byte : bytes) {
      client->send(std::string(1, byte));
      loop_.run_once(false);
    }
  };
  while (!tls.done()) {
    trickle(tls.output());
    loop_.run_once(false);
  }
  trickle(tls.output());
  trickle(tls.encrypt(http::get("/slowly")));
  std::string reply;
  run_until([&] { return (reply += tls.read()).find("\"/slowly\"") != std::string::npos; });
  EXPECT_THAT(reply, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_EQ(handled_, 1);
}

TEST_F(TlsServerTest, ALastReplyEndsWithAnAnnouncedEnd) {
  open();
  auto client = connect();
  ManualTls tls(*client);
  shake_hands(*client, tls);
  client->send(tls.encrypt(http::get("/", "Connection: close\r\n")));
  run_until([&] { return client->ended(); });
  EXPECT_FALSE(client->was_reset());
  EXPECT_THAT(tls.read(), StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_TRUE(tls.end_announced());
  wait_until_empty();
}

TEST_F(TlsServerTest, PlainHttpIsToldThatThisIsTls) {
  open();
  auto client = connect();
  client->send(http::post("/py/eval", std::string(200'000, 'x')));
  run_until([&] { return client->received().find("\r\n\r\n{") != std::string::npos; });
  EXPECT_THAT(client->received(),
              AllOf(StartsWith("HTTP/1.1 400 Bad Request\r\n"), HasSubstr("this port speaks TLS")));
  client->shutdown();
  wait_until_empty();
  EXPECT_FALSE(client->was_reset());
  EXPECT_THAT(failures_, ElementsAre("not TLS: the peer sent plain HTTP"));
  EXPECT_EQ(handled_, 0);
}

TEST_F(TlsServerTest, HalfAHandshakeThatEndsIsClosed) {
  open();
  auto client = connect();
  ManualTls tls(*client);
  std::string hello = tls.output();
  client->send(hello.substr(0, hello.size() / 2));
  client->shutdown();
  run_until([this] { return !failures_.empty(); });
  wait_until_empty();
  EXPECT_THAT(failures_, ElementsAre("handshake: closed by the peer"));
}

TEST_F(TlsServerTest, AHandshakeThatStallsIsOverAtItsDeadline) {
  limits_.head_timeout = milliseconds{30};
  open();
  auto silent = connect();
  auto stalling = connect();
  ManualTls tls(*stalling);
  stalling->send(tls.output().substr(0, 100));
  run_until([this] { return server_->connections() == 2; });
  wait_until_empty();
  EXPECT_THAT(failures_,
              ElementsAre("handshake not finished in 30 ms", "handshake not finished in 30 ms"));
}

TEST_F(TlsServerTest, AClientThatVanishesWithoutAnEndIsClosed) {
  open();
  auto client = connect();
  ManualTls tls(*client);
  shake_hands(*client, tls);
  client->shutdown();
  wait_until_empty();
  EXPECT_THAT(failures_, ElementsAre());
}

TEST_F(TlsServerTest, GarbageInsideAConnectionEndsIt) {
  open();
  auto client = connect();
  ManualTls tls(*client);
  shake_hands(*client, tls);
  std::string record = tls.encrypt(http::get("/"));
  record.back() = static_cast<char>(record.back() ^ 1);
  client->send(record);
  wait_until_empty();
  EXPECT_EQ(handled_, 0);
}

TEST_F(TlsServerTest, HandshakesCountAgainstTheConnectionLimit) {
  limits_.max_connections = 2;
  open();
  std::vector<std::unique_ptr<http::Client>> clients;
  for (int i = 0; i < 3; ++i) clients.push_back(connect());
  run_until([this] { return server_->connections() == 2; });
  settle();
  EXPECT_EQ(server_->connections(), 2u);
  clients.front()->reset();
  clients[1]->reset();
  run_until([this] { return server_->connections() == 1; });
}

TEST_F(TlsServerTest, AThousandBrokenHandshakesLeaveNothing) {
  open();
  auto open_files = [] {
    auto files = std::filesystem::directory_iterator("/proc/self/fd");
    return std::distance(files, {});
  };
  std::string hello;
  {
    auto client = connect();
    hello = ManualTls(*client).output();
    client->reset();
    wait_until_empty();
  }
  auto break_some = [&](int count) {
    for (int i = 0; i < count; ++i) {
      auto client = connect();
      // From nothing over all parts of a hello to a hello with rubbish behind it.
      std::size_t part = hello.size() * static_cast<std::size_t>(i % 12) / 10;
      client->send((hello + std::string(hello.size(), 'x')).substr(0, part));
      run_until([&] { return server_->connections() == 1; });
      settle();
      i % 2 == 0 ? client->shutdown() : client->reset();
      wait_until_empty();
    }
    settle();
  };
  break_some(100);
  auto files = open_files();
  std::size_t memory = ::mallinfo2().uordblks;
  break_some(1000);
  EXPECT_EQ(open_files(), files);
  // The list of failures grows, and by no more than that.
  EXPECT_LT(::mallinfo2().uordblks, memory + 256 * 1024);
}

}  // namespace
}  // namespace playground::tls
