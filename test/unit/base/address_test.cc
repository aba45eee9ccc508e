#include "base/address.h"

#include <gtest/gtest.h>

namespace playground {
namespace {

TEST(Address, LoopbackAndPrivateOnesArePrivate) {
  for (const char* host : {"127.0.0.1", "127.255.255.255", "10.0.0.1", "10.255.255.255",
                           "172.16.0.1", "172.31.255.255", "192.168.0.1", "0.0.0.0", "::", "::1",
                           "fc00::1", "fdff::1", "::ffff:10.0.0.1"}) {
    EXPECT_TRUE(is_private(std::string(host))) << host;
  }
}

TEST(Address, OthersAreNot) {
  for (const char* host :
       {"20.0.0.1", "11.0.0.0", "172.15.255.255", "172.32.0.0", "192.167.1.1", "192.169.1.1",
        "169.254.169.254", "100.64.0.1", "2001:db8::1", "fe80::1", "fe00::1", "::ffff:20.0.0.1",
        "localhost", "", "10.0.0", "10.0.0.1:80"}) {
    EXPECT_FALSE(is_private(std::string(host))) << host;
  }
}

}  // namespace
}  // namespace playground
