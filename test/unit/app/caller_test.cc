#include "app/caller.h"

#include <gtest/gtest.h>

namespace playground::app {
namespace {

class CallerTest : public testing::Test {
 protected:
  CallerTest() { request_.peer = "10.0.0.9:40000"; }

  Caller identify(const Trust& trust) const { return Callers(tokens_, trust).identify(request_); }
  static Trust trusting(const std::vector<const char*>& ranges) {
    Trust trust;
    for (const char* range : ranges) trust.proxies.push_back(*IpRange::parse(range));
    return trust;
  }
  void say(const char* name, const char* value) { request_.headers.add(name, value); }
  void forward(const char* value) { say("X-Forwarded-For", value); }

  Tokens tokens_{{"first", "second"}};
  http::Request request_;
};

TEST_F(CallerTest, IsThePeerByDefault) {
  forward("1.2.3.4");
  say("X-Playground-Caller", "token-7");
  Caller caller = identify({});
  EXPECT_EQ(caller.address, "10.0.0.9");
  EXPECT_EQ(caller.key, "10.0.0.9");
  EXPECT_FALSE(caller.by_token);
}

TEST_F(CallerTest, OfIpv6TheFirst64BitsCount) {
  request_.peer = "[2001:db8:1:2:3:4:5:6]:40000";
  EXPECT_EQ(identify({}).address, "2001:db8:1:2:3:4:5:6");
  EXPECT_EQ(identify({}).key, "2001:db8:1:2::/64");
}

TEST_F(CallerTest, AnIpv4AddressInIpv6IsTheIpv4Address) {
  request_.peer = "[::ffff:10.0.0.9]:40000";
  EXPECT_EQ(identify({}).key, "10.0.0.9");
  forward("1.2.3.4");
  EXPECT_EQ(identify(trusting({"10.0.0.0/8"})).key, "1.2.3.4");
}

TEST_F(CallerTest, WithAValidTokenIsTheToken) {
  say("Authorization", "Bearer second");
  Caller caller = identify({});
  EXPECT_EQ(caller.address, "10.0.0.9");
  EXPECT_EQ(caller.key, "token-2");
  EXPECT_TRUE(caller.by_token);
}

TEST_F(CallerTest, WithAnotherTokenIsTheAddress) {
  say("Authorization", "Bearer third");
  EXPECT_EQ(identify({}).key, "10.0.0.9");
}

TEST_F(CallerTest, ATokenThatWasShownElsewhereCounts) {
  EXPECT_EQ(Callers(tokens_, {}).identify(request_, 0).key, "token-1");
}

TEST_F(CallerTest, ATrustedProxySaysWhoItIs) {
  forward("1.2.3.4");
  EXPECT_EQ(identify(trusting({"10.0.0.0/8"})).address, "1.2.3.4");
  EXPECT_EQ(identify(trusting({"10.0.0.0/8"})).key, "1.2.3.4");
  EXPECT_EQ(identify(trusting({"11.0.0.0/8"})).address, "10.0.0.9");
}

TEST_F(CallerTest, WhatStandsBeforeTheRightmostStrangerIsHearsay) {
  forward("6.6.6.6, 1.2.3.4, 10.1.1.1");
  EXPECT_EQ(identify(trusting({"10.0.0.0/8"})).address, "1.2.3.4");
}

TEST_F(CallerTest, SeveralFieldsAreOneList) {
  forward("6.6.6.6, 1.2.3.4");
  forward("10.1.1.1");
  EXPECT_EQ(identify(trusting({"10.0.0.0/8"})).address, "1.2.3.4");
}

TEST_F(CallerTest, WhereAllAreTrustedItIsTheFarthest) {
  forward("10.3.3.3, 10.2.2.2");
  EXPECT_EQ(identify(trusting({"10.0.0.0/8"})).address, "10.3.3.3");
}

TEST_F(CallerTest, OfAMalformedListTheLastValidPartCounts) {
  for (const char* list : {"1.2.3.4, unknown", "5.5.5.5,,1.2.3.4,", "1.2.3.4, 1.2.3.4.5, ::g",
                           "x, 1.2.3.4:4711", "\"9.9.9.9, 1.2.3.4"}) {
    request_.headers = {};
    forward(list);
    EXPECT_EQ(identify(trusting({"10.0.0.0/8"})).address, "1.2.3.4") << list;
  }
}

TEST_F(CallerTest, WithoutAValidPartIsThePeer) {
  for (const char* list : {"", "unknown", "1.2.3, _hidden"}) {
    request_.headers = {};
    forward(list);
    EXPECT_EQ(identify(trusting({"10.0.0.0/8"})).key, "10.0.0.9") << list;
  }
}

TEST_F(CallerTest, PortsAndBracketsOfProxiesArePassedOver) {
  forward("[2001:db8::7]:4711");
  EXPECT_EQ(identify(trusting({"10.0.0.0/8"})).address, "2001:db8::7");
  EXPECT_EQ(identify(trusting({"10.0.0.0/8"})).key, "2001:db8::/64");
}

TEST_F(CallerTest, AUiThatShowsATokenSpeaksForItsCallers) {
  Trust backend{{}, true, {}};
  say("Authorization", "Bearer first");
  EXPECT_EQ(identify(backend).key, "token-1");
  forward("1.2.3.4");
  Caller caller = identify(backend);
  EXPECT_EQ(caller.address, "1.2.3.4");
  EXPECT_EQ(caller.key, "1.2.3.4");
  EXPECT_FALSE(caller.by_token);
}

TEST_F(CallerTest, AUiTellsItsCallersTokensApart) {
  Trust backend{{}, true, {}};
  say("Authorization", "Bearer first");
  forward("1.2.3.4");
  say("X-Playground-Caller", "token-2");
  EXPECT_EQ(identify(backend).address, "1.2.3.4");
  EXPECT_EQ(identify(backend).key, "ui/token-2");
}

TEST_F(CallerTest, WithoutAValidTokenNobodySpeaksForOthers) {
  Trust backend{{}, true, {}};
  say("Authorization", "Bearer third");
  forward("1.2.3.4");
  say("X-Playground-Caller", "token-2");
  EXPECT_EQ(identify(backend).address, "10.0.0.9");
  EXPECT_EQ(identify(backend).key, "10.0.0.9");
}

TEST_F(CallerTest, TheUiInTheSameProcessIsKnownByItsOwnToken) {
  Tokens none({});
  Callers callers(none, {{}, true, {"own"}});
  forward("1.2.3.4");
  EXPECT_EQ(callers.identify(request_).key, "10.0.0.9");
  say("Authorization", "Bearer own");
  EXPECT_EQ(callers.identify(request_).key, "1.2.3.4");
  EXPECT_EQ(callers.address_of(request_), "1.2.3.4");
}

}  // namespace
}  // namespace playground::app
