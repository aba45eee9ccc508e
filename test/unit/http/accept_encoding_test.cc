#include "http/accept_encoding.h"

#include <gtest/gtest.h>

namespace playground::http {
namespace {

bool gzip_for(std::initializer_list<const char*> fields) {
  Headers headers;
  for (const char* value : fields) headers.add("accept-encoding", value);
  return prefers_gzip(headers);
}

TEST(AcceptEncoding, GzipIsPreferredWhereItWeighsAtLeastAsMuch) {
  for (const char* value :
       {"gzip", "GZIP", "x-gzip", "br, gzip", "gzip, deflate, br, zstd", "*", "gzip;q=0.001",
        "gzip ; q=1.000", "gzip;Q=0.5", "gzip;q=1.", "identity;q=0.5, gzip;q=0.5",
        "identity;q=0, *;q=0.1", "gzip, *;q=0", "identity, gzip", ",, gzip ,"}) {
    EXPECT_TRUE(gzip_for({value})) << value;
  }
}

TEST(AcceptEncoding, ElseTheBodyStaysAsItIs) {
  for (const char* value :
       {"", "br", "identity", "gzip;q=0", "gzip;q=0.000", "*;q=0", "gzip;q=0, *",
        "gzip;q=0.4, identity", "gzip;q=0.4, *;q=0.5", "identity;q=0", "gzipped", "gzi p"}) {
    EXPECT_FALSE(gzip_for({value})) << value;
  }
  EXPECT_FALSE(gzip_for({}));
}

TEST(AcceptEncoding, WhatIsNotWellFormedCountsAsNotSent) {
  for (const char* value : {"gzip;q=", "gzip;q=2", "gzip;q=1.001", "gzip;q=0.0001", "gzip;q=-1",
                            "gzip;q=.5", "gzip;q=0,5;x", "gzip;level=9", "gzip;q=1;q=1", "gzip;"}) {
    EXPECT_FALSE(gzip_for({value})) << value;
  }
  EXPECT_TRUE(gzip_for({"identity;q=x, gzip"}));
}

TEST(AcceptEncoding, SeveralFieldsAreOneList) {
  EXPECT_TRUE(gzip_for({"br", "gzip"}));
  EXPECT_FALSE(gzip_for({"gzip;q=0.1", "identity"}));
}

}  // namespace
}  // namespace playground::http
