// The options of who may ask, how often, and what is logged of it.
#include "app/access_values.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "load.h"

namespace playground::app {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

RateLimit rate(const char* value) {
  return config_of({{"PLAYGROUND_RATE_LIMIT", value}}).rate_limit;
}

TEST(AccessValues, ThereIsNoLimitByDefault) {
  Config config = config_of({});
  EXPECT_FALSE(config.rate_limit);
  EXPECT_EQ(values::RateLimitValue::show(config), "");
}

TEST(AccessValues, ARateIsANumberAndAUnit) {
  EXPECT_EQ(rate("100/s").count, 100U);
  EXPECT_EQ(rate("100/s").period, std::chrono::seconds(1));
  EXPECT_EQ(rate("100/s").burst, 100U);
  EXPECT_EQ(rate("600/m").period, std::chrono::seconds(60));
  EXPECT_EQ(rate("1/h").period, std::chrono::seconds(3600));
  EXPECT_EQ(rate("600/m;burst=50").count, 600U);
  EXPECT_EQ(rate("600/m;burst=50").burst, 50U);
}

TEST(AccessValues, ARateIsShownWithItsBurst) {
  for (const char* value : {"100/s;burst=100", "600/m;burst=50", "1/h;burst=1"}) {
    EXPECT_EQ(values::RateLimitValue::show(config_of({{"PLAYGROUND_RATE_LIMIT", value}})), value);
  }
}

TEST(AccessValues, WhatIsNoRateIsRefusedByWhatIsWrong) {
  auto refused = [](const char* value) { return refusal({{"PLAYGROUND_RATE_LIMIT", value}}); };
  EXPECT_EQ(refused("100"),
            "PLAYGROUND_RATE_LIMIT=\"100\": no unit of time behind a slash; allowed: 1 to 1000000, "
            "a slash and s, m or h, perhaps with ;burst=1 to 1000000, as 100/s or 600/m;burst=50");
  EXPECT_THAT(refused("100/d"), HasSubstr("neither s, m nor h"));
  EXPECT_THAT(refused("100/"), HasSubstr("neither s, m nor h"));
  for (const char* value : {"0/s", "1000001/s", "/s", "-1/s", "1.5/s", " 1/s"}) {
    EXPECT_THAT(refused(value), HasSubstr("number of programs is out of range")) << value;
  }
  for (const char* value : {"1/s;burst=0", "1/s;burst=", "1/s;burst=1000001", "1/s;burst=x"}) {
    EXPECT_THAT(refused(value), HasSubstr("burst is out of range")) << value;
  }
  for (const char* value : {"1/s;", "1/s;b=1", "1/s;burst"}) {
    EXPECT_THAT(refused(value), HasSubstr("only ;burst=N may follow")) << value;
  }
}

TEST(AccessValues, ProxiesAreAListOfRanges) {
  Config config = config_of({{"PLAYGROUND_TRUSTED_PROXIES", "10.0.0.0/8, ::1,2001:db8::/32"}});
  EXPECT_EQ(config.trusted_proxies.size(), 3U);
  EXPECT_EQ(values::TrustedProxies::show(config), "10.0.0.0/8,::1,2001:db8::/32");
  EXPECT_TRUE(config_of({}).trusted_proxies.empty());
}

TEST(AccessValues, WhatIsNoRangeIsRefusedByWhatIsWrong) {
  EXPECT_EQ(refusal({{"PLAYGROUND_TRUSTED_PROXIES", "10.0.0.0/8,lb.local"}}),
            "PLAYGROUND_TRUSTED_PROXIES=\"10.0.0.0/8,lb.local\": lb.local does not begin with an "
            "address in numbers; allowed: addresses and ranges of them, IPv4 or IPv6, separated by "
            "commas, as 10.0.0.0/8,192.0.2.7,2001:db8::/32");
}

TEST(AccessValues, TheAccessLogIsOneOfThree) {
  EXPECT_EQ(config_of({}).access_log, AccessLines::errors);
  EXPECT_EQ(config_of({{"PLAYGROUND_ACCESS_LOG", "off"}}).access_log, AccessLines::off);
  EXPECT_EQ(config_of({{"PLAYGROUND_ACCESS_LOG", "all"}}).access_log, AccessLines::all);
  EXPECT_EQ(refusal({{"PLAYGROUND_ACCESS_LOG", "some"}}),
            "PLAYGROUND_ACCESS_LOG=\"some\": unknown; allowed: off, errors or all");
}

TEST(AccessValues, TokensOfTheUiAreItsOwn) {
  Config config = config_of({{"PLAYGROUND_UI_TOKENS", "one,two"}, {"PLAYGROUND_TOKENS", "three"}});
  EXPECT_THAT(config.ui_tokens, ElementsAre("one", "two"));
  EXPECT_THAT(config.tokens, ElementsAre("three"));
}

}  // namespace
}  // namespace playground::app
