#include "base/base64.h"

#include <gtest/gtest.h>

namespace playground {
namespace {

struct Pair {
  std::string bytes, text;
};

class Base64 : public ::testing::TestWithParam<Pair> {};

TEST_P(Base64, GoesBothWays) {
  EXPECT_EQ(encode_base64(GetParam().bytes), GetParam().text);
  EXPECT_EQ(decode_base64(GetParam().text), GetParam().bytes);
}

// The first seven are those of RFC 4648, section 10.
INSTANTIATE_TEST_SUITE_P(Vectors, Base64,
                         ::testing::Values(Pair{"", ""}, Pair{"f", "Zg=="}, Pair{"fo", "Zm8="},
                                           Pair{"foo", "Zm9v"}, Pair{"foob", "Zm9vYg=="},
                                           Pair{"fooba", "Zm9vYmE="}, Pair{"foobar", "Zm9vYmFy"},
                                           Pair{std::string("\0\xFF\xFE", 3), "AP/+"}));

TEST(Base64Refuses, WhatIsNotExactlyIt) {
  for (const char* text :
       {"Z", "Zg", "Zg=", "Zg===", "=", "====", "Zg==Zg==", "Z===", "Zm9v\n", " Zm9v", "Zm9v    ",
        "Zm 9", "Zm-_", "Zm9*", "Zm\xC3\xA4", "Z=g=", "Zh==", "Zm9=", "Zm9vYm=="}) {
    EXPECT_EQ(decode_base64(text), std::nullopt) << text;
  }
  EXPECT_EQ(decode_base64(std::string_view("Zm\0v", 4)), std::nullopt);
}

TEST(Base64, KeepsLongTextsAndEveryByte) {
  std::string bytes;
  for (int i = 0; i < 100'000; ++i) bytes += static_cast<char>(i * 7 + i / 256);
  for (std::size_t cut : {0u, 1u, 2u}) {
    std::string part = bytes.substr(cut);
    EXPECT_EQ(decode_base64(encode_base64(part)), part);
  }
}

}  // namespace
}  // namespace playground
