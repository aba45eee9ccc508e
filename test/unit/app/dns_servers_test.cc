#include <gtest/gtest.h>

#include "load.h"

namespace playground::app {
namespace {

std::string servers_of(const std::string& value) {
  return config_of({{"PLAYGROUND_DNS_SERVERS", value}}).dns_servers;
}

TEST(DnsServers, AreAddressesWithOrWithoutAPort) {
  EXPECT_EQ(servers_of("10.0.0.10"), "10.0.0.10:53");
  EXPECT_EQ(servers_of(" 10.0.0.10 , 127.0.0.1:8600,[::1],[fd00::1]:5353"),
            "10.0.0.10:53,127.0.0.1:8600,[::1]:53,[fd00::1]:5353");
}

TEST(DnsServers, AreThoseOfTheFileUnlessGiven) {
  EXPECT_EQ(config_of({}).dns_servers, "");
}

struct Refused {
  const char* value;
  const char* why;
};

TEST(DnsServers, AreRefusedByOneLineThatSaysWhy) {
  for (const Refused& refused :
       {Refused{"ns.example.org", "\"ns.example.org\": the address has to be in numbers"},
        Refused{"10.0.0.1:0", "\"10.0.0.1:0\": not an address, or an address and a port"},
        Refused{"10.0.0.1:99999", "\"10.0.0.1:99999\": not an address, or an address and a port"},
        Refused{"10.0.0.1\n2", "\"10.0.0.1\\n2\": the address has to be in numbers"},
        Refused{"::1", "\"::1\": not an address, or an address and a port"}}) {
    std::string error = refusal({{"PLAYGROUND_DNS_SERVERS", refused.value}});
    EXPECT_NE(error.find(refused.why), std::string::npos) << error;
    EXPECT_EQ(error.find('\n'), std::string::npos) << error;
    EXPECT_NE(error.find("10.0.0.10,127.0.0.1:8600,[::1]:53"), std::string::npos) << error;
  }
}

}  // namespace
}  // namespace playground::app
