#include "dns/address.h"

#include <gtest/gtest.h>

namespace playground::dns {
namespace {

Address of(const std::string& host, std::uint16_t port = 80) {
  return numeric_address({host, port}).value();
}

TEST(Address, OfNumbersIsKnownWithoutALookUp) {
  EXPECT_EQ(of("10.0.0.1").ss_family, AF_INET);
  EXPECT_EQ(of("::1").ss_family, AF_INET6);
  EXPECT_FALSE(numeric_address({"localhost", 80}));
  EXPECT_FALSE(numeric_address({"10.0.0", 80}));
}

TEST(Address, IsTheSameByFamilyNumberAndPort) {
  EXPECT_TRUE(same_address(of("10.0.0.1"), of("10.0.0.1")));
  EXPECT_FALSE(same_address(of("10.0.0.1"), of("10.0.0.2")));
  EXPECT_FALSE(same_address(of("10.0.0.1"), of("10.0.0.1", 81)));
  EXPECT_TRUE(same_address(of("fd00::1"), of("fd00:0::1")));
  EXPECT_FALSE(same_address(of("::1"), of("::2")));
  EXPECT_FALSE(same_address(of("::"), of("0.0.0.0")));
}

TEST(Address, SetsAreTheSameInWhateverOrder) {
  EXPECT_TRUE(same_set({of("10.0.0.1"), of("::1")}, {of("::1"), of("10.0.0.1")}));
  EXPECT_FALSE(same_set({of("10.0.0.1"), of("::1")}, {of("::1")}));
  EXPECT_FALSE(same_set({of("::1")}, {of("10.0.0.1"), of("::1")}));
}

}  // namespace
}  // namespace playground::dns
