#include "base/ip_address.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>

namespace playground {
namespace {

TEST(IpAddress, IsReadAndWritten) {
  for (const char* text : {"0.0.0.0", "10.0.0.1", "255.255.255.255", "::", "::1", "2001:db8::1"}) {
    auto address = IpAddress::parse(text);
    ASSERT_TRUE(address.has_value()) << text;
    EXPECT_EQ(address->text(), text);
  }
  EXPECT_EQ(IpAddress::parse("2001:DB8:0:0::1")->text(), "2001:db8::1");
  EXPECT_TRUE(IpAddress::parse("10.0.0.1")->is_v4());
  EXPECT_FALSE(IpAddress::parse("::1")->is_v4());
}

TEST(IpAddress, AnIpv4AddressInIpv6IsTheIpv4Address) {
  EXPECT_EQ(IpAddress::parse("::ffff:10.0.0.1"), IpAddress::parse("10.0.0.1"));
  EXPECT_EQ(IpAddress::parse("::ffff:10.0.0.1")->text(), "10.0.0.1");
}

TEST(IpAddress, NothingElseIsOne) {
  for (const char* text :
       {"", "a", "10.0.0", "10.0.0.1 ", "10.0.0.256", "010.0.0.1", "10.0.0.1:80", "[::1]", "::1%lo",
        ":::", "1:2:3:4:5:6:7:8:9", "0000:0000:0000:0000:0000:0000:0000:0000:0000:0000"}) {
    EXPECT_EQ(IpAddress::parse(text), std::nullopt) << text;
  }
  EXPECT_EQ(IpAddress::parse(std::string_view("1.1.1.1\0", 8)), std::nullopt);
}

TEST(IpAddress, APrefixKeepsTheFirstBits) {
  EXPECT_EQ(IpAddress::parse("2001:db8:1:2:3:4:5:6")->prefix(64).text(), "2001:db8:1:2::");
  EXPECT_EQ(IpAddress::parse("10.255.3.4")->prefix(9).text(), "10.128.0.0");
  EXPECT_EQ(IpAddress::parse("10.1.2.3")->prefix(32).text(), "10.1.2.3");
  EXPECT_EQ(IpAddress::parse("10.1.2.3")->prefix(0).text(), "0.0.0.0");
}

bool contains(const char* range, const char* address) {
  auto parsed = IpRange::parse(range);
  EXPECT_TRUE(parsed.has_value()) << range;
  return parsed->contains(*IpAddress::parse(address));
}

TEST(IpRange, ContainsWhatBeginsLikeIt) {
  EXPECT_TRUE(contains("10.0.0.0/8", "10.255.0.1"));
  EXPECT_FALSE(contains("10.0.0.0/8", "11.0.0.0"));
  EXPECT_TRUE(contains("172.16.0.0/12", "172.31.255.255"));
  EXPECT_FALSE(contains("172.16.0.0/12", "172.32.0.0"));
  EXPECT_TRUE(contains("10.0.0.1", "10.0.0.1"));
  EXPECT_FALSE(contains("10.0.0.1", "10.0.0.2"));
  EXPECT_TRUE(contains("0.0.0.0/0", "1.2.3.4"));
  EXPECT_TRUE(contains("2001:db8::/32", "2001:db8:ffff::1"));
  EXPECT_FALSE(contains("2001:db8::/32", "2001:db9::1"));
}

TEST(IpRange, TheTwoFamiliesAreApart) {
  EXPECT_FALSE(contains("::/0", "1.2.3.4"));
  EXPECT_FALSE(contains("0.0.0.0/0", "::1"));
  EXPECT_TRUE(contains("0.0.0.0/0", "::ffff:1.2.3.4"));
}

TEST(IpRange, IsWrittenAsItWasRead) {
  for (const char* text : {"10.0.0.0/8", "10.0.0.1", "0.0.0.0/0", "2001:db8::/32", "::1"}) {
    EXPECT_EQ(IpRange::parse(text)->text(), text);
  }
  EXPECT_EQ(IpRange::parse("10.0.0.1/32")->text(), "10.0.0.1");
}

TEST(IpRange, WhatIsNoneIsRefusedByWhatIsWrong) {
  EXPECT_EQ(IpRange::parse("host/8").error().message,
            "host/8 does not begin with an address in numbers");
  EXPECT_EQ(IpRange::parse("10.0.0.0/33").error().message,
            "10.0.0.0/33 has no length of 0 to 32 behind its slash");
  EXPECT_EQ(IpRange::parse("::/").error().message,
            "::/ has no length of 0 to 128 behind its slash");
  EXPECT_EQ(IpRange::parse("10.0.0.1/8").error().message,
            "10.0.0.1/8 goes on behind its length; 10.0.0.0/8 is a range");
}

TEST(IpAddress, OfASocket) {
  sockaddr_storage storage{};
  auto& v4 = reinterpret_cast<sockaddr_in&>(storage);
  v4.sin_family = AF_INET;
  inet_pton(AF_INET, "10.1.2.3", &v4.sin_addr);
  EXPECT_EQ(IpAddress::of(storage), IpAddress::parse("10.1.2.3"));
  storage = {};
  auto& v6 = reinterpret_cast<sockaddr_in6&>(storage);
  v6.sin6_family = AF_INET6;
  inet_pton(AF_INET6, "2001:db8::1", &v6.sin6_addr);
  EXPECT_EQ(IpAddress::of(storage), IpAddress::parse("2001:db8::1"));
  inet_pton(AF_INET6, "::ffff:10.1.2.3", &v6.sin6_addr);
  EXPECT_EQ(IpAddress::of(storage), IpAddress::parse("10.1.2.3"));
  storage.ss_family = AF_UNIX;
  EXPECT_EQ(IpAddress::of(storage), std::nullopt);
}

}  // namespace
}  // namespace playground
