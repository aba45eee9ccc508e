#include "base/endpoint.h"

#include <gtest/gtest.h>

namespace playground {
namespace {

TEST(Endpoint, IsReadAsPeopleWriteIt) {
  EXPECT_EQ(Endpoint::parse("127.0.0.1:5000"), (Endpoint{"127.0.0.1", 5000}));
  EXPECT_EQ(Endpoint::parse("[::1]:65535"), (Endpoint{"::1", 65535}));
  EXPECT_EQ(Endpoint::parse("backend.local:0"), (Endpoint{"backend.local", 0}));
}

TEST(Endpoint, IsRefusedWhereItIsIncompleteOrAmbiguous) {
  for (const char* text : {"", ":", ":80", "host", "host:", "host:65536", "host:-1", "host:80 ",
                           "host:http", "::1:80", "[]:80", "[host]:80", "[::1:80", "::1]:80"}) {
    EXPECT_EQ(Endpoint::parse(text), std::nullopt) << text;
  }
}

TEST(Endpoint, TextCanBeReadAgain) {
  for (const char* text : {"127.0.0.1:80", "[2001:db8::1]:443", "a.example:1"}) {
    EXPECT_EQ(Endpoint::parse(text)->text(), text);
  }
}

TEST(Endpoint, KnowsLoopback) {
  EXPECT_TRUE((Endpoint{"127.0.0.1", 1}.is_loopback()));
  EXPECT_TRUE((Endpoint{"127.9.8.7", 1}.is_loopback()));
  EXPECT_TRUE((Endpoint{"::1", 1}.is_loopback()));
  EXPECT_TRUE((Endpoint{"localhost", 1}.is_loopback()));
  EXPECT_FALSE((Endpoint{"0.0.0.0", 1}.is_loopback()));
  EXPECT_FALSE((Endpoint{"10.127.0.1", 1}.is_loopback()));
  EXPECT_FALSE((Endpoint{"127.example.com", 1}.is_loopback())) << "a name, whatever it begins with";
}

TEST(Endpoint, TellsAddressesFromNames) {
  EXPECT_TRUE((Endpoint{"10.0.0.1", 1}.is_numeric()));
  EXPECT_TRUE((Endpoint{"fe80::1", 1}.is_numeric()));
  EXPECT_FALSE((Endpoint{"localhost", 1}.is_numeric()));
  EXPECT_FALSE((Endpoint{"10.0.0", 1}.is_numeric()));
}

TEST(Endpoint, HostOfAPeer) {
  EXPECT_EQ(host_of("127.0.0.1:40112"), "127.0.0.1");
  EXPECT_EQ(host_of("[fe80::1]:80"), "fe80::1");
  EXPECT_EQ(host_of(""), "");
}

}  // namespace
}  // namespace playground
