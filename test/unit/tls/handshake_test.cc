// Who is taken for whom, and what the one that refuses says.
#include <gmock/gmock.h>

#include "pair.h"

namespace playground::tls {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class HandshakeTest : public PairTest {
 protected:
  // What a client makes of a server with that certificate.
  std::string verdict(const std::string& certificate, const std::string& name) {
    serve(certificate);
    Client client(*client_context_, name);
    connect(client);
    return client_.secure() ? "good" : client_.error();
  }
};

TEST_F(HandshakeTest, NamesAddressesAndWildcardsAreVerified) {
  EXPECT_EQ(verdict("good", "backend.example"), "good");
  EXPECT_EQ(verdict("good", "127.0.0.1"), "good");
  EXPECT_EQ(verdict("address", "127.0.0.1"), "good");
  EXPECT_EQ(verdict("wildcard", "any.backend.example"), "good");
}

TEST_F(HandshakeTest, AWrongNameIsNamedWithTheRightOnes) {
  EXPECT_EQ(verdict("names", "c.example"),
            "x509: name mismatch (certificate is for a.example, b.example; wanted c.example)");
  EXPECT_EQ(verdict("good", "127.0.0.2"),
            "x509: name mismatch (certificate is for backend.example, localhost, 127.0.0.1; "
            "wanted 127.0.0.2)");
  // An address is no name, nor the other way round.
  EXPECT_THAT(verdict("names", "127.0.0.1"), StartsWith("x509: name mismatch"));
  EXPECT_THAT(verdict("address", "localhost"), StartsWith("x509: name mismatch"));
  EXPECT_THAT(verdict("wildcard", "too.deep.backend.example"), StartsWith("x509: name mismatch"));
}

TEST_F(HandshakeTest, UnknownAuthoritiesAreRefused) {
  EXPECT_EQ(verdict("unknown", "backend.example"), "x509: unknown authority");
  EXPECT_EQ(verdict("self", "backend.example"), "x509: self-signed certificate");
}

TEST_F(HandshakeTest, TheServerHearsWhyItWasRefused) {
  verdict("unknown", "backend.example");
  client_.stream.reset();
  run_until([this] { return server_.ended != 1; });
  EXPECT_EQ(server_.ended, Stream::kTlsError);
  ASSERT_EQ(failures_.size(), 1u);
  EXPECT_THAT(failures_[0], HasSubstr("refused by the peer: "));
  EXPECT_THAT(failures_[0], HasSubstr("unknown ca"));
}

TEST_F(HandshakeTest, OwnContextTrustsWhatItsServerShows) {
  auto own = Context::client_of(*server_context_);
  Client client(*own, "127.0.0.1");
  connect(client);
  EXPECT_TRUE(client_.secure());
  auto other = server_with("names");
  auto wrong = Context::client_of(*other);
  Client stranger(*wrong, "127.0.0.1");
  connect(stranger);
  EXPECT_THAT(client_.error(), StartsWith("x509: "));
}

TEST_F(HandshakeTest, Tls12AndTls13BothWork) {
  for (int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    auto context = trusting_client();
    SSL_CTX_set_min_proto_version(context->current().get(), version);
    SSL_CTX_set_max_proto_version(context->current().get(), version);
    Client client(*context, "backend.example");
    connect_well(client);
    server_.echo = true;
    client_.stream->write("hello");
    run_until([this] { return client_.received == "hello"; });
  }
}

TEST_F(HandshakeTest, Tls11IsRefused) {
  SSL_CTX* old = client_context_->current().get();
  SSL_CTX_set_security_level(old, 0);
  SSL_CTX_set_cipher_list(old, "ALL");
  SSL_CTX_set_min_proto_version(old, TLS1_1_VERSION);
  SSL_CTX_set_max_proto_version(old, TLS1_1_VERSION);
  Client client(*client_context_, "backend.example");
  connect(client);
  EXPECT_THAT(client_.error(), HasSubstr("refused by the peer: "));
  EXPECT_THAT(failures_, ElementsAre("handshake: the peer has neither TLS 1.2 nor 1.3"));
}

TEST_F(HandshakeTest, AProtocolThatWeDontSpeakIsRefused) {
  const unsigned char h2[] = {2, 'h', '2'};
  SSL_CTX_set_alpn_protos(client_context_->current().get(), h2, sizeof(h2));
  Client client(*client_context_, "backend.example");
  connect(client);
  EXPECT_THAT(client_.error(), HasSubstr("no application protocol"));
}

TEST_F(HandshakeTest, TheSecondConnectionResumesTheSession) {
  for (int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    serve("good");
    auto context = trusting_client();
    SSL_CTX_set_max_proto_version(context->current().get(), version);
    Client client(*context, "backend.example");
    for (int i = 0; i < 3; ++i) {
      connect_well(client);
      EXPECT_EQ(resumed(), i > 0);
      // The tickets of TLS 1.3 come behind the handshake.
      server_.stream->write("x");
      run_until([this] { return client_.received == "x"; });
    }
    EXPECT_EQ(SSL_CTX_sess_hits(server_context_->current().get()), 2);
  }
}

TEST_F(HandshakeTest, ASessionOfTls13IsUsedOnce) {
  Client client(*client_context_, "backend.example");
  connect_well(client);
  server_.stream->write("x");
  run_until([this] { return client_.received == "x"; });
  Client::Handshake first;
  Client::Handshake second;
  Ssl with = client.open(first);
  Ssl without = client.open(second);
  EXPECT_NE(SSL_get_session(with.get()), nullptr);
  EXPECT_EQ(SSL_get_session(without.get()), nullptr);
}

TEST_F(HandshakeTest, AServerThatClosesIsNamed) {
  Client client(*client_context_, "backend.example");
  auto tcp = connect_tcp();
  run_until([this] { return server_.stream != nullptr; });
  server_.stream.reset();
  client_.adopt(Stream::connect(loop_, std::move(tcp), client));
  run_until([this] { return client_.connected != 1; });
  EXPECT_THAT(client_.error(), StartsWith("handshake: "));
}

TEST_F(HandshakeTest, AServerWithoutTlsIsNamed) {
  End plain;
  auto listener = uv::Listener::open(
      loop_, {"127.0.0.1", 0}, [] { return true; },
      [&](uv::Owned<uv::Tcp> tcp) {
        plain.adopt(std::move(tcp));
        plain.stream->write("HTTP/1.1 400 Bad Request\r\n\r\n");
      });
  listener_ = std::move(*listener);
  Client client(*client_context_, "backend.example");
  connect(client);
  EXPECT_EQ(client_.error(), "not TLS: the peer answered with plain text");
}

TEST_F(HandshakeTest, DroppedInTheMiddleCallsNobody) {
  Client client(*client_context_, "backend.example");
  auto tcp = connect_tcp();
  client_.adopt(Stream::connect(loop_, std::move(tcp), client));
  loop_.run_once();
  client_.stream.reset();
  run_until([this] { return server_.ended != 1; });
  EXPECT_EQ(client_.connected, 1);
  EXPECT_EQ(server_.connected, 1);
  EXPECT_EQ(failures_.size(), 1u);
}

}  // namespace
}  // namespace playground::tls
