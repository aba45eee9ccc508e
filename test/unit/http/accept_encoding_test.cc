#include "http/accept_encoding.h"

#include <gtest/gtest.h>

namespace playground::http {
namespace {

Coding coding_for(std::initializer_list<const char*> fields, Codings available) {
  Headers headers;
  for (const char* value : fields) headers.add("accept-encoding", value);
  return preferred_coding(headers, available);
}

bool gzip_for(std::initializer_list<const char*> fields) {
  return coding_for(fields, {.gzip = true}) == Coding::kGzip;
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

TEST(AcceptEncoding, BrotliGoesBeforeGzipWhereItWeighsAsMuch) {
  auto both = [](const char* value) { return coding_for({value}, {.gzip = true, .brotli = true}); };
  for (const char* value : {"br", "BR", "gzip, deflate, br, zstd", "*", "br;q=0.5, gzip;q=0.5",
                            "gzip;q=0.5, br;q=0.6", "gzip;q=0, *", "identity;q=0.5, br;q=0.5"}) {
    EXPECT_EQ(both(value), Coding::kBrotli) << value;
  }
  for (const char* value : {"gzip", "br;q=0, gzip", "br;q=0.5, gzip", "gzip, *;q=0.5"}) {
    EXPECT_EQ(both(value), Coding::kGzip) << value;
  }
  for (const char* value : {"", "identity", "br;q=0.5, identity", "*;q=0"}) {
    EXPECT_EQ(both(value), Coding::kIdentity) << value;
  }
  EXPECT_EQ(coding_for({"br, gzip"}, {}), Coding::kIdentity);
}

TEST(AcceptEncoding, SeveralFieldsAreOneList) {
  EXPECT_TRUE(gzip_for({"br", "gzip"}));
  EXPECT_FALSE(gzip_for({"gzip;q=0.1", "identity"}));
}

}  // namespace
}  // namespace playground::http
