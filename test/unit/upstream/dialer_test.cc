// Connecting to one of several addresses: some refuse, some never answer, one is there.
#include "upstream/dialer.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

#include <optional>

#include "base/unique_fd.h"
#include "uv/listener.h"

namespace playground::upstream {
namespace {

using ::testing::ElementsAre;
using ::testing::MatchesRegex;

dns::Address numeric(const std::string& host, std::uint16_t port = 80) {
  return dns::numeric_address({host, port}).value();
}

std::vector<std::string> interleaved(std::initializer_list<const char*> hosts) {
  dns::Addresses addresses;
  for (const char* host : hosts) addresses.push_back(numeric(host));
  std::vector<std::string> out;
  for (const dns::Address& address : interleave_families(addresses)) {
    out.push_back(Endpoint::parse(uv::address_text(address))->host);
  }
  return out;
}

TEST(InterleaveFamilies, TakesTurnsAndBeginsWithTheFirst) {
  EXPECT_THAT(interleaved({"::1", "::2", "10.0.0.1", "10.0.0.2"}),
              ElementsAre("::1", "10.0.0.1", "::2", "10.0.0.2"));
  EXPECT_THAT(interleaved({"10.0.0.1", "10.0.0.2", "10.0.0.3", "::1"}),
              ElementsAre("10.0.0.1", "::1", "10.0.0.2", "10.0.0.3"));
  EXPECT_THAT(interleaved({"10.0.0.1", "10.0.0.2"}), ElementsAre("10.0.0.1", "10.0.0.2"));
  EXPECT_THAT(interleaved({"::1"}), ElementsAre("::1"));
}

// A listener on 127.0.0.1 that accepts.
class Server {
 public:
  explicit Server(uv::Loop& loop) {
    auto opened = uv::Listener::open(
        loop, {"127.0.0.1", 0}, [] { return true; }, [](uv::Owned<uv::Tcp>) {});
    EXPECT_TRUE(opened.has_value());
    listener_ = std::move(*opened);
  }
  dns::Address address() const { return *dns::numeric_address(listener_->address()); }

 private:
  uv::Owned<uv::Listener> listener_;
};

// An address where a connection is neither taken nor refused: the kernel drops what asks for one
// when the backlog is full.
class BlackHole {
 public:
  BlackHole() {
    auto* raw = reinterpret_cast<sockaddr*>(&address_);
    reinterpret_cast<sockaddr_in*>(&address_)->sin_family = AF_INET;
    reinterpret_cast<sockaddr_in*>(&address_)->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(sockaddr_in);
    EXPECT_EQ(::bind(listener_.get(), raw, size), 0);
    EXPECT_EQ(::listen(listener_.get(), 0), 0);
    EXPECT_EQ(::getsockname(listener_.get(), raw, &size), 0);
    EXPECT_EQ(::connect(filler_.get(), raw, size), 0);
  }
  dns::Address address() const { return address_; }

 private:
  dns::Address address_{};
  UniqueFd listener_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  UniqueFd filler_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
};

class DialerTest : public ::testing::Test {
 protected:
  // A port of 127.0.0.1 that is taken, but refuses: nobody listens.
  dns::Address refusing() {
    dns::Address address = numeric("127.0.0.1", 0);
    auto* raw = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof(sockaddr_in);
    EXPECT_EQ(::bind(holder_.get(), raw, size), 0);
    EXPECT_EQ(::getsockname(holder_.get(), raw, &size), 0);
    return address;
  }

  std::unique_ptr<Dialer> dial(const dns::Addresses& addresses, bool private_only = false) {
    auto dialer =
        std::make_unique<Dialer>(loop_, addresses, private_only,
                                 [this](Result<Dialer::Connected> r) { outcome_ = std::move(r); });
    EXPECT_FALSE(outcome_.has_value()) << "an outcome before the constructor returned";
    return dialer;
  }
  const Result<Dialer::Connected>& outcome() {
    while (!outcome_) loop_.run_once();
    return *outcome_;
  }

  uv::Loop loop_;
  UniqueFd holder_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  std::optional<Result<Dialer::Connected>> outcome_;
};

TEST_F(DialerTest, ConnectsToTheFirst) {
  Server server(loop_);
  auto dialer = dial({server.address(), refusing()});
  ASSERT_TRUE(outcome());
  EXPECT_TRUE(dns::same_address(outcome()->address, server.address()));
  EXPECT_EQ(outcome()->tcp->peer(), uv::address_text(server.address()));
}

TEST_F(DialerTest, GoesOnWhenOneRefuses) {
  Server server(loop_);
  auto dialer = dial({refusing(), server.address()});
  ASSERT_TRUE(outcome());
  EXPECT_TRUE(dns::same_address(outcome()->address, server.address()));
}

TEST_F(DialerTest, GoesOnWhenOneDoesNotAnswer) {
  Server server(loop_);
  BlackHole hole;
  auto dialer = dial({hole.address(), hole.address(), server.address()});
  ASSERT_TRUE(outcome());
  EXPECT_TRUE(dns::same_address(outcome()->address, server.address()));
}

// 255.255.255.255 needs no network to be refused.
TEST_F(DialerTest, GoesOnWhenOneCantBeTried) {
  Server server(loop_);
  auto dialer = dial({numeric("255.255.255.255"), server.address()});
  ASSERT_TRUE(outcome());
  EXPECT_TRUE(dns::same_address(outcome()->address, server.address()));
}

TEST_F(DialerTest, TellsTheErrorsOfAll) {
  auto dialer = dial({refusing(), numeric("255.255.255.255", 6000)});
  ASSERT_FALSE(outcome());
  EXPECT_THAT(outcome().error().message,
              MatchesRegex("127.0.0.1:[0-9]+: connection refused; 255.255.255.255:6000: .+"));
}

TEST_F(DialerTest, AnErrorThatIsKnownAtOnceIsToldLater) {
  auto dialer = dial({numeric("255.255.255.255", 6000)});
  ASSERT_FALSE(outcome());
}

TEST_F(DialerTest, LeavesPublicAddressesAloneWhereATokenWouldBeRead) {
  Server server(loop_);
  auto dialer = dial({numeric("192.0.2.1"), server.address()}, true);
  ASSERT_TRUE(outcome());
  EXPECT_TRUE(dns::same_address(outcome()->address, server.address()));
}

TEST_F(DialerTest, SaysWhyItLeavesAllAlone) {
  auto dialer = dial({numeric("192.0.2.1"), numeric("2001:db8::1")}, true);
  ASSERT_FALSE(outcome());
  const std::string why = "a token is not sent over http:// to a public address: use https://";
  EXPECT_EQ(outcome().error().message, "192.0.2.1:80: " + why + "; [2001:db8::1]:80: " + why);
}

TEST_F(DialerTest, TellsHowFarItIs) {
  BlackHole hole;
  auto dialer = dial({hole.address()});
  EXPECT_EQ(dialer->progress(), uv::address_text(hole.address()) + ": no answer");
  dialer.reset();
  EXPECT_FALSE(outcome_.has_value());
}

TEST_F(DialerTest, MayBeDroppedByItsCallback) {
  Server server(loop_);
  std::unique_ptr<Dialer> dialer;
  dialer = std::make_unique<Dialer>(loop_, dns::Addresses{server.address()}, false,
                                    [&](Result<Dialer::Connected>) { dialer.reset(); });
  while (dialer != nullptr) loop_.run_once();
}

}  // namespace
}  // namespace playground::upstream
