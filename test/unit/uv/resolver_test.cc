#include "uv/resolver.h"

#include <netinet/in.h>

#include <optional>

#include "loop_test.h"
#include "uv/tcp.h"

namespace playground::uv {
namespace {

class ResolverTest : public LoopTest {
 protected:
  Result<Addresses> resolve(const Endpoint& endpoint) {
    std::optional<Result<Addresses>> outcome;
    auto lookup =
        Lookup::start(loop_, endpoint, [&](Result<Addresses> r) { outcome = std::move(r); });
    EXPECT_FALSE(outcome.has_value());
    run_until([&] { return outcome.has_value(); });
    return std::move(*outcome);
  }
};

TEST_F(ResolverTest, FindsLocalhost) {
  auto addresses = resolve({"localhost", 5000});
  ASSERT_TRUE(addresses);
  for (const sockaddr_storage& address : *addresses) {
    auto endpoint = Endpoint::parse(address_text(address));
    ASSERT_TRUE(endpoint);
    EXPECT_TRUE(endpoint->is_loopback()) << endpoint->text();
    EXPECT_EQ(endpoint->port, 5000);
  }
}

TEST_F(ResolverTest, AnAddressInNumbersIsItself) {
  auto addresses = resolve({"10.1.2.3", 80});
  ASSERT_TRUE(addresses);
  ASSERT_EQ(addresses->size(), 1u);
  EXPECT_EQ(address_text((*addresses)[0]), "10.1.2.3:80");
}

TEST_F(ResolverTest, ANameThatCantBeIsAnError) {
  auto addresses = resolve({"256.256.256.256.invalid", 80});
  ASSERT_FALSE(addresses);
  EXPECT_NE(addresses.error().message.find("256.256.256.256.invalid"), std::string::npos);
}

TEST_F(ResolverTest, DroppedNeverCallsBack) {
  int calls = 0;
  auto lookup = Lookup::start(loop_, {"localhost", 80}, [&](Result<Addresses>) { ++calls; });
  lookup.reset();
  loop_.run();
  EXPECT_EQ(calls, 0);
}

TEST_F(ResolverTest, MayBeDroppedByItsCallback) {
  int calls = 0;
  std::unique_ptr<Lookup> lookup;
  lookup = Lookup::start(loop_, {"localhost", 80}, [&](Result<Addresses>) {
    ++calls;
    lookup.reset();
  });
  loop_.run();
  EXPECT_EQ(calls, 1);
}

}  // namespace
}  // namespace playground::uv
