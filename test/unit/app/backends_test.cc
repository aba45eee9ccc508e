#include <gtest/gtest.h>

#include "load.h"

namespace playground::app {
namespace {

std::vector<Backend> backends_of(const std::string& value) {
  return config_of({{"PLAYGROUND_BACKENDS", value}}).backends;
}

TEST(Backends, AreNamesAndUrls) {
  auto backends = backends_of("gcp=http://10.0.0.1:6000,azure-2=http://20.0.0.2");
  ASSERT_EQ(backends.size(), 2U);
  EXPECT_EQ(backends[0].name, "gcp");
  EXPECT_EQ(backends[0].endpoint, (Endpoint{"10.0.0.1", 6000}));
  EXPECT_EQ(backends[1].name, "azure-2");
  EXPECT_EQ(backends[1].endpoint, (Endpoint{"20.0.0.2", 80}));
}

struct Url {
  const char* text;
  Endpoint endpoint;
};

TEST(Backends, TakeEveryKindOfHost) {
  for (const Url& url : {Url{"http://localhost", {"localhost", 80}},
                         Url{"http://a_b.example-1.org:65535", {"a_b.example-1.org", 65535}},
                         Url{"http://10.0.0.1:1/", {"10.0.0.1", 1}},
                         Url{"http://[2001:db8::1]", {"2001:db8::1", 80}},
                         Url{"http://[::1]:8080", {"::1", 8080}}}) {
    auto backends = backends_of(std::string("x=") + url.text);
    ASSERT_EQ(backends.size(), 1U) << url.text;
    EXPECT_EQ(backends[0].endpoint, url.endpoint) << url.text;
  }
}

TEST(Backends, OfHttpsHaveANameToVerify) {
  auto backends = backends_of(
      "a=https://a.example,b=https://10.0.0.1:8443/#b.example,c=https://[::1]:1#10.0.0.2");
  ASSERT_EQ(backends.size(), 3U);
  EXPECT_EQ(backends[0].endpoint, (Endpoint{"a.example", 443}));
  EXPECT_EQ(backends[0].certificate_name, "a.example");
  EXPECT_EQ(backends[1].endpoint, (Endpoint{"10.0.0.1", 8443}));
  EXPECT_EQ(backends[1].certificate_name, "b.example");
  EXPECT_EQ(backends[2].certificate_name, "10.0.0.2");
  EXPECT_EQ(backends_of("a=http://a.example")[0].certificate_name, "");
}

TEST(Backends, OfAbsoluteNamesHaveCertificatesWithoutTheirLastDot) {
  auto backends = backends_of("a=https://a.example.:8443,b=https://10.0.0.1#b.example.");
  ASSERT_EQ(backends.size(), 2U);
  EXPECT_EQ(backends[0].endpoint, (Endpoint{"a.example.", 8443}));
  EXPECT_EQ(backends[0].certificate_name, "a.example");
  EXPECT_EQ(backends[1].certificate_name, "b.example");
}

TEST(Backends, MayBeSpacedAndMayBeNone) {
  EXPECT_EQ(backends_of(" a = http://h , b = http://h ,").size(), 2U);
  EXPECT_EQ(config_of({{"PLAYGROUND_BACKENDS", "a=http://h"}}, {{"BACKENDS", ""}}).backends.size(),
            0U);
}

TEST(Backends, MayHaveWeights) {
  auto backends = backends_of("a=http://h;weight=3, b=http://h/ ; weight=100 ,c=http://h;");
  ASSERT_EQ(backends.size(), 3U);
  EXPECT_EQ(backends[0].weight, 3U);
  EXPECT_EQ(backends[1].weight, 100U);
  EXPECT_EQ(backends[2].weight, 1U);
}

TEST(Backends, OfHttpsMayHaveWeightsBehindTheName) {
  auto backends = backends_of("a=https://10.0.0.1:6000#a.example;weight=3, b=https://h/;weight=2");
  ASSERT_EQ(backends.size(), 2U);
  EXPECT_EQ(backends[0].endpoint, (Endpoint{"10.0.0.1", 6000}));
  EXPECT_EQ(backends[0].certificate_name, "a.example");
  EXPECT_EQ(backends[0].weight, 3U);
  EXPECT_EQ(backends[1].certificate_name, "h");
  EXPECT_EQ(backends[1].weight, 2U);
}

struct Refused {
  const char* value;
  const char* why;
};

TEST(Backends, AreRefusedByOneLineThatSaysWhy) {
  for (const Refused& refused : {
           Refused{"http://10.0.0.1", "a name is missing in front of a URL"},
           Refused{"=http://h", "a backend's name has to be of a-z, 0-9 and '-'"},
           Refused{"Gcp=http://h", "a backend's name has to be of a-z, 0-9 and '-'"},
           Refused{"a b=http://h", "a backend's name has to be of a-z, 0-9 and '-'"},
           Refused{"a=http://h,b=http://i,a=http://j", "a: the name is there twice"},
           Refused{"a=h:80", "a: the URL has to start with http:// or https://"},
           Refused{"a=ftp://h", "a: the URL has to start with http:// or https://"},
           Refused{"a=", "a: the URL has to start with http:// or https://"},
           Refused{"a=http://u@h", "a: a user name in the URL is not supported"},
           Refused{"a=http://u:p@h:80", "a: a user name in the URL is not supported"},
           Refused{"a=http://h/py", "a: a path or a query in the URL is not supported"},
           Refused{"a=http://h?x=1", "a: a path or a query in the URL is not supported"},
           Refused{"a=https://h/py", "a: a path or a query in the URL is not supported"},
           Refused{"a=http://h#x", "a: a certificate's name (#…) is for https:// only"},
           Refused{"a=https://h#",
                   "a: the certificate's name behind # is neither a host name nor an address"},
           Refused{"a=https://h#x.example..",
                   "a: the certificate's name behind # is neither a host name nor an address"},
           Refused{"a=https://h#x y",
                   "a: the certificate's name behind # is neither a host name nor an address"},
           Refused{"a=http://", "a: the URL has no valid host and port"},
           Refused{"a=http://h:", "a: the URL has no valid host and port"},
           Refused{"a=http://h:0", "a: the URL has no valid host and port"},
           Refused{"a=http://h:65536", "a: the URL has no valid host and port"},
           Refused{"a=http://::1", "a: the URL has no valid host and port"},
           Refused{"a=http://[h]", "a: the URL has no valid host and port"},
           Refused{"a=http://1.2.3", "a: the URL has no valid host"},
           Refused{"a=http://1.2.3.400:80", "a: the URL has no valid host"},
           Refused{"a=http://h;weight=0", "a: the weight has to be a number of 1 to 100"},
           Refused{"a=http://h;weight=101", "a: the weight has to be a number of 1 to 100"},
           Refused{"a=http://h;weight=", "a: the weight has to be a number of 1 to 100"},
           Refused{"a=http://h;weight=-1", "a: the weight has to be a number of 1 to 100"},
           Refused{"a=http://h;wait=1", "a: only ;weight=N may follow the URL"},
           Refused{"a=https://h;weight=3#n", "a: the weight has to be a number of 1 to 100"},
           Refused{"a=http://h_!", "a: the URL has no valid host"},
           Refused{"a=http://-h", "a: the URL has no valid host"},
           Refused{"a=http://.h", "a: the URL has no valid host"},
       }) {
    EXPECT_EQ(
        refusal({{"PLAYGROUND_BACKENDS", refused.value}}),
        std::string("PLAYGROUND_BACKENDS=\"") + refused.value + "\": " + refused.why +
            "; allowed: NAME=http://HOST[:PORT] or NAME=https://HOST[:PORT][#CERTIFICATE-NAME], "
            "each perhaps with ;weight=1 to 100, separated by commas");
  }
}

}  // namespace
}  // namespace playground::app
