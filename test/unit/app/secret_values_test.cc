#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "app/check.h"
#include "app/command_line.h"
#include "load.h"

namespace playground::app {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// A file with a secret in it, gone at the end.
class SecretFile {
 public:
  explicit SecretFile(const std::string& content)
      : path_(std::filesystem::temp_directory_path() /
              ("playground-secret-" + std::to_string(::getpid()))) {
    std::ofstream(path_) << content;
  }
  ~SecretFile() { std::filesystem::remove(path_); }
  std::string path() const { return path_; }

 private:
  std::filesystem::path path_;
};

TEST(Secrets, TokensAreAList) {
  EXPECT_THAT(config_of({{"PLAYGROUND_TOKENS", "one, t-2._~+/==,"}}).tokens,
              ElementsAre("one", "t-2._~+/=="));
  EXPECT_TRUE(config_of({}).tokens.empty());
  EXPECT_TRUE(config_of({{"PLAYGROUND_TOKENS", "one"}}, {{"TOKENS", ""}}).tokens.empty());
}

TEST(Secrets, ComeFromFilesToo) {
  SecretFile file("one\ntwo, three\n");
  EXPECT_THAT(config_of({{"PLAYGROUND_TOKENS_FILE", file.path()}}).tokens,
              ElementsAre("one", "two", "three"));
  SecretFile single("single\n");
  Config config = config_of({{"PLAYGROUND_BACKEND_TOKEN_FILE", single.path()},
                             {"PLAYGROUND_ADMIN_TOKEN_FILE", single.path()}});
  EXPECT_THAT(config.backend_token, ElementsAre("single"));
  EXPECT_THAT(config.admin_token, ElementsAre("single"));
}

TEST(Secrets, FilesAreReadOnlyByWhoUsesThem) {
  EXPECT_TRUE(load({{"PLAYGROUND_TOKENS_FILE", "/no/such/file"}}, {}, kUi).has_value());
  EXPECT_FALSE(load({{"PLAYGROUND_TOKENS_FILE", "/no/such/file"}}, {}, kBackend).has_value());
}

TEST(Secrets, BadFilesAreRefusedByOneLine) {
  EXPECT_EQ(refusal({{"PLAYGROUND_TOKENS_FILE", "/no/such/file"}}),
            "PLAYGROUND_TOKENS_FILE=\"/no/such/file\": No such file or directory; allowed: a file "
            "with tokens in it, one a line or separated by commas");
  SecretFile empty("\n");
  EXPECT_THAT(refusal({{"PLAYGROUND_TOKENS_FILE", empty.path()}}),
              HasSubstr(": there is no token in it; allowed: "));
  SecretFile two("hush-1\nhush-2");
  EXPECT_THAT(refusal({{"PLAYGROUND_BACKEND_TOKEN_FILE", two.path()}}),
              HasSubstr(": there is more than one token in it; allowed: "));
  SecretFile odd("hush me");
  std::string line = refusal({{"PLAYGROUND_TOKENS_FILE", odd.path()}});
  EXPECT_THAT(line, HasSubstr(": token 1 has a character that tokens can't have; allowed: "));
  EXPECT_THAT(line, Not(HasSubstr("hush")));
  SecretFile good("hush");
  EXPECT_THAT(
      refusal({{"PLAYGROUND_TOKENS_FILE", good.path()}, {"PLAYGROUND_TOKENS", "hush"}}),
      HasSubstr(": the variable without _FILE is set too; one of the two is enough; allowed: "));
}

TEST(Secrets, AreNotRepeatedByRefusals) {
  for (const char* name :
       {"PLAYGROUND_TOKENS", "PLAYGROUND_BACKEND_TOKEN", "PLAYGROUND_ADMIN_TOKEN"}) {
    for (const char* value : {"hush me", "hush\r\nX: y", "hush\"", "=hush", "hush=hush", "hushü"}) {
      std::string line = refusal({{name, value}});
      EXPECT_THAT(line, HasSubstr(std::string(name) + ": token ")) << value;
      EXPECT_THAT(line, Not(HasSubstr("hush"))) << value;
    }
  }
  EXPECT_EQ(refusal({}, {{"ADMIN_TOKEN", "hush,hush"}}),
            "PLAYGROUND_ADMIN_TOKEN (from --admin-token): there is more than one token in it; "
            "allowed: letters, digits and -._~+/= (RFC 6750, 2.1)");
}

TEST(Secrets, AreNotShownByCheck) {
  Command command;
  auto loaded =
      load({{"PLAYGROUND_TOKENS", "hush,hush-hush"}, {"PLAYGROUND_BACKEND_TOKEN", "hush"}});
  ASSERT_TRUE(loaded.has_value());
  command.config = loaded->config;
  command.sources = loaded->sources;
  std::string text = check(command, {}, {}, {}).text;
  EXPECT_THAT(text, Not(HasSubstr("hush")));
  EXPECT_THAT(text, HasSubstr("2 tokens"));
  EXPECT_THAT(text, HasSubstr("1 token "));
}

TEST(Secrets, TheBackendTokenStaysOffThePublicNetwork) {
  for (const char* url :
       {"http://127.0.0.1:6000", "http://localhost", "http://10.1.2.3", "http://172.31.0.1",
        "http://192.168.1.1", "http://[::1]", "http://[fd00::1]", "http://a.example",
        "https://20.0.0.2#b.example", "https://[2001:db8::1]:6000"}) {
    EXPECT_EQ(refusal({{"PLAYGROUND_BACKENDS", std::string("a=") + url},
                       {"PLAYGROUND_BACKEND_TOKEN", "hush"}}),
              "")
        << url;
  }
  for (const char* url : {"http://20.0.0.2", "http://172.32.0.1", "http://[2001:db8::1]"}) {
    std::string line = refusal({{"PLAYGROUND_BACKENDS", std::string("a=http://10.0.0.1,b=") + url},
                                {"PLAYGROUND_BACKEND_TOKEN", "hush"}});
    EXPECT_THAT(line, HasSubstr("\": b: PLAYGROUND_BACKEND_TOKEN is not sent over http:// to an "
                                "address that is neither loopback nor private; allowed: "))
        << url;
    EXPECT_EQ(refusal({{"PLAYGROUND_BACKENDS", std::string("b=") + url}}), "") << url;
  }
}

// `playground all` would send one of its tokens to its own listener.
TEST(OwnBackend, IsNotSentATokenInTheOpen) {
  auto refused = [](Environment environment, unsigned roles = kAllRoles) {
    environment.emplace("PLAYGROUND_TOKENS", "hush");
    auto loaded = load(environment, {}, roles);
    return loaded ? "" : loaded.error().message;
  };
  std::string line = refused({{"PLAYGROUND_BACKEND_LISTEN", "203.0.113.7:6000"}});
  EXPECT_THAT(line, StartsWith("PLAYGROUND_BACKEND_LISTEN=\"203.0.113.7:6000\": the ui of the same "
                               "process does not send its token over http:// to an address that is "
                               "neither loopback nor private"));
  EXPECT_THAT(line, Not(HasSubstr("hush")));
  EXPECT_NE(refused({{"PLAYGROUND_BACKEND_LISTEN", "[2001:db8::7]:6000"}}), "");
  for (const char* fine : {"0.0.0.0:6000", "[::]:6000", "127.0.0.1:6000", "10.0.0.7:6000"}) {
    EXPECT_EQ(refused({{"PLAYGROUND_BACKEND_LISTEN", fine}}), "") << fine;
  }
  // Others are asked, or nobody is.
  EXPECT_EQ(refused({{"PLAYGROUND_BACKEND_LISTEN", "203.0.113.7:6000"},
                     {"PLAYGROUND_BACKENDS", "a=http://10.0.0.1"}}),
            "");
  EXPECT_EQ(refused({{"PLAYGROUND_BACKEND_LISTEN", "203.0.113.7:6000"}}, kBackend), "");
  auto open = load({{"PLAYGROUND_BACKEND_LISTEN", "203.0.113.7:6000"}});
  EXPECT_TRUE(open.has_value()) << open.error().message;
}

}  // namespace
}  // namespace playground::app
