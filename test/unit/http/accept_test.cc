#include "http/accept.h"

#include <gtest/gtest.h>

namespace playground::http {
namespace {

bool lines_for(std::initializer_list<const char*> fields) {
  Headers headers;
  for (const char* value : fields) headers.add("Accept", value);
  return asks_for(headers, "application/x-ndjson", "application/json");
}

TEST(Accept, ByItsNameAndWithNoLessWeight) {
  for (const char* value :
       {"application/x-ndjson", "Application/X-NDJSON", "application/x-ndjson, */*",
        "application/json, application/x-ndjson", "application/x-ndjson;charset=utf-8",
        "application/x-ndjson; q=0.5, application/json;q=0.5",
        "text/html, application/x-ndjson;q=0.1",
        "*/*;q=0.9, application/json;q=0.1, application/x-ndjson;q=0.2",
        "application/*;q=0.1, */*, application/x-ndjson;q=0.2", ",application/x-ndjson ,"}) {
    EXPECT_TRUE(lines_for({value})) << value;
  }
  EXPECT_TRUE(lines_for({"text/html", "application/x-ndjson"}));
}

TEST(Accept, ElseTheUsualForm) {
  for (const char* value :
       {"", "*/*", "application/*", "application/json", "application/x-ndjson;q=0",
        "application/x-ndjson;q=0.4, application/json", "application/x-ndjson;q=0.4, */*;q=0.5",
        "application/x-ndjson;q=0.4, application/*", "application/x-ndjsonx", "x-ndjson",
        "application/x-ndjson;q=2", "application/x-ndjson;", "application/x-ndjson;q=1;a=b"}) {
    EXPECT_FALSE(lines_for({value})) << value;
  }
  EXPECT_FALSE(lines_for({}));
}

}  // namespace
}  // namespace playground::http
