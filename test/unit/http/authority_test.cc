#include "http/authority.h"

#include <gtest/gtest.h>

namespace playground::http {
namespace {

TEST(Authority, IsAHostAndPerhapsAPort) {
  for (const char* text :
       {"a", "localhost:5000", "example.org", "example.org.", "under_score", "127.0.0.1",
        "127.0.0.1:0", "a:", "a:65535", "a:00080", "[::1]", "[::1]:80", "[::1]:", "a%41b",
        "a-._~!$&'()*+,;=b", "[::ffff:127.0.0.1]:1"}) {
    EXPECT_TRUE(is_authority(text)) << text;
  }
}

TEST(Authority, IsNothingElse) {
  for (const char* text : {"",
                           ":",
                           ":80",
                           "a:65536",
                           "a:99999999999999999999",
                           "a:-1",
                           "a:+1",
                           "a:8a",
                           "a: 80",
                           "a:80:80",
                           "u@a",
                           "u:p@a",
                           "a b",
                           "a/b",
                           "a?b",
                           "a#b",
                           "a\\b",
                           "a,b c",
                           "\"a\"",
                           "<a>",
                           "a|b",
                           "a^b",
                           "[",
                           "]",
                           "[]",
                           "[::1",
                           "::1",
                           "::1]",
                           "[::1]x",
                           "[::1]80",
                           "[:::]",
                           "[127.0.0.1]",
                           "[fe80::1%25eth0]",
                           "[v1.a]",
                           "[[::1]]",
                           "%",
                           "%4",
                           "%zz",
                           "a%",
                           "\xC3\xA9",
                           "a\x7f"}) {
    EXPECT_FALSE(is_authority(text)) << text;
  }
  EXPECT_FALSE(is_authority(std::string_view("a\0b", 3)));
}

}  // namespace
}  // namespace playground::http
