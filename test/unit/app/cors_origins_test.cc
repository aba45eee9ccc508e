#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "load.h"

namespace playground::app {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> origins_of(const std::string& value) {
  return config_of({{"PLAYGROUND_CORS_ORIGINS", value}}).cors_origins;
}

TEST(CorsOrigins, AreNoneUnlessGiven) {
  EXPECT_THAT(config_of({}).cors_origins, IsEmpty());
}

TEST(CorsOrigins, AreExactOriginsOrAll) {
  EXPECT_THAT(origins_of("https://teach.example"), ElementsAre("https://teach.example"));
  EXPECT_THAT(
      origins_of(" http://localhost:3000 , https://a-b.example:8443,http://[::1]:8080"),
      ElementsAre("http://localhost:3000", "https://a-b.example:8443", "http://[::1]:8080"));
  EXPECT_THAT(origins_of("*"), ElementsAre("*"));
}

struct Refused {
  const char* value;
  const char* why;
};

TEST(CorsOrigins, AreRefusedByOneLineThatSaysWhy) {
  for (const Refused& refused :
       {Refused{"teach.example", "teach.example: has to begin with http:// or https://"},
        Refused{"null", "null: has to begin with http:// or https://"},
        Refused{"https://a.example/", "without a path or a slash"},
        Refused{"https://a.example/x", "without a path or a slash"},
        Refused{"https://A.example", "browsers send it in small letters"},
        Refused{"https://a.example:443", "browsers leave out :443 there"},
        Refused{"http://a.example:80", "browsers leave out :80 there"},
        Refused{"https://", "has no valid host"}, Refused{"https://:1", "has no valid host"},
        Refused{"https://me@a.example", "has no valid host"},
        Refused{"https://*.example", "has no valid host"},
        Refused{"https://[]", "has no valid host"},
        Refused{"https://a.example:", "has no valid port"},
        Refused{"https://a.example:0", "has no valid port"},
        Refused{"https://a.example:65536", "has no valid port"},
        Refused{"https://a.example:08", "has no valid port"},
        Refused{"*,https://a.example", "* beside other origins"},
        Refused{",", "names no origin"}}) {
    std::string error = refusal({{"PLAYGROUND_CORS_ORIGINS", refused.value}});
    EXPECT_NE(error.find(refused.why), std::string::npos) << refused.value << ": " << error;
    EXPECT_NE(error.find("PLAYGROUND_CORS_ORIGINS"), std::string::npos) << error;
    EXPECT_NE(error.find("or * alone"), std::string::npos) << error;
  }
}

}  // namespace
}  // namespace playground::app
