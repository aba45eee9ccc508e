// The resolver against a name server of our own, and the machine's hosts file.
#include "dns/resolver.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <fstream>
#include <optional>

#include "test/unit/dns/name_server.h"
#include "uv/tcp.h"

namespace playground::dns {
namespace {

using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

std::vector<std::string> texts(const Answer& answer) {
  std::vector<std::string> out;
  for (const Address& address : answer.addresses) out.push_back(uv::address_text(address));
  return out;
}

// A resolv.conf of the test's own.
class ConfigFile {
 public:
  explicit ConfigFile(const std::string& content) {
    int fd = ::mkstemp(path_);
    EXPECT_GE(fd, 0);
    ::close(fd);
    write(content);
  }
  ~ConfigFile() { ::unlink(path_); }
  void write(const std::string& content) { std::ofstream(path_) << content; }
  std::string path() const { return path_; }

 private:
  char path_[32] = "/tmp/resolv-conf-XXXXXX";
};

class ResolverTest : public ::testing::Test {
 protected:
  std::unique_ptr<Resolver> open() {
    return std::make_unique<Resolver>(loop_, ResolverOptions{server_.address(), config_.path()});
  }

  Result<Answer> resolve(Resolver& resolver, const std::string& host) {
    std::optional<Result<Answer>> outcome;
    auto lookup = resolver.look_up({host, 6000}, [&](Result<Answer> r) { outcome = std::move(r); });
    EXPECT_FALSE(outcome.has_value()) << "an answer before look_up() returned";
    while (!outcome) loop_.run_once();
    return std::move(*outcome);
  }

  uv::Loop loop_;
  NameServer server_{loop_};
  ConfigFile config_{"options ndots:1\n"};
};

TEST_F(ResolverTest, FindsBothFamiliesWithTheLeastTtl) {
  server_.records["two.test"] = {{"10.0.0.1", 40}, {"fd00::1", 20}};
  auto resolver = open();
  auto answer = resolve(*resolver, "two.test");
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_THAT(texts(*answer), UnorderedElementsAre("10.0.0.1:6000", "[fd00::1]:6000"));
  EXPECT_EQ(answer->ttl, seconds{20});
}

TEST_F(ResolverTest, TheTtlOfAnAliasCounts) {
  server_.records["alias.test"] = {{"real.test", 5}};
  server_.records["real.test"] = {{"10.0.0.7", 300}};
  auto resolver = open();
  auto answer = resolve(*resolver, "alias.test");
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_THAT(texts(*answer), ElementsAre("10.0.0.7:6000"));
  EXPECT_EQ(answer->ttl, seconds{5});
}

TEST_F(ResolverTest, OneFamilyIsEnough) {
  server_.records["six.test"] = {{"::1"}};
  auto resolver = open();
  auto answer = resolve(*resolver, "six.test");
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_THAT(texts(*answer), ElementsAre("[::1]:6000"));
}

TEST_F(ResolverTest, FindsLocalhostWithoutAsking) {
  auto resolver = open();
  auto answer = resolve(*resolver, "localhost");
  ASSERT_TRUE(answer) << answer.error().message;
  for (const std::string& text : texts(*answer)) {
    EXPECT_TRUE(Endpoint::parse(text)->is_loopback()) << text;
  }
  EXPECT_TRUE(server_.asked.empty());
}

// As a pod in Kubernetes is configured: a Service's short name is found by the search list.
TEST_F(ResolverTest, SearchesTheDomainsOfTheConfiguration) {
  config_.write("search shop.svc.cluster.local svc.cluster.local cluster.local\noptions ndots:5\n");
  server_.records["api.shop.svc.cluster.local"] = {{"10.96.0.1"}};
  server_.records["api.other.svc.cluster.local"] = {{"10.96.0.2"}};
  server_.records["www.example.org"] = {{"10.96.0.3"}};
  auto resolver = open();
  EXPECT_THAT(texts(*resolve(*resolver, "api")), ElementsAre("10.96.0.1:6000"));
  EXPECT_THAT(texts(*resolve(*resolver, "api.other")), ElementsAre("10.96.0.2:6000"));
  EXPECT_THAT(texts(*resolve(*resolver, "www.example.org")), ElementsAre("10.96.0.3:6000"));
}

// Two hosts must not be mixed: IPv4 of one domain, IPv6 of the next.
TEST_F(ResolverTest, TakesBothFamiliesOfTheSameDomainOnly) {
  config_.write("search one.test two.test\n");
  server_.records["host.one.test"] = {{"10.0.0.1"}};
  server_.records["host.two.test"] = {{"fd00::2"}};
  auto resolver = open();
  EXPECT_THAT(texts(*resolve(*resolver, "host")), ElementsAre("10.0.0.1:6000"));
}

TEST_F(ResolverTest, AnUnknownNameIsAnErrorThatNamesIt) {
  auto resolver = open();
  auto answer = resolve(*resolver, "nowhere.test");
  ASSERT_FALSE(answer);
  EXPECT_THAT(answer.error().message, HasSubstr("nowhere.test: Domain name not found"));
}

TEST_F(ResolverTest, ANameWithoutAddressesIsAnError) {
  server_.records["empty.test"] = {};
  auto resolver = open();
  auto answer = resolve(*resolver, "empty.test");
  ASSERT_FALSE(answer);
  EXPECT_THAT(answer.error().message, HasSubstr("empty.test"));
}

TEST_F(ResolverTest, AServerThatFailsIsAnError) {
  server_.failing = true;
  auto resolver = open();
  EXPECT_FALSE(resolve(*resolver, "a.test"));
}

TEST_F(ResolverTest, ALostQuestionIsAskedAgain) {
  server_.records["a.test"] = {{"10.0.0.1"}};
  server_.silent = true;
  auto resolver = open();
  std::optional<Result<Answer>> outcome;
  auto lookup =
      resolver->look_up({"a.test", 80}, [&](Result<Answer> r) { outcome = std::move(r); });
  while (server_.asked.size() < 2) loop_.run_once();
  server_.silent = false;
  while (!outcome) loop_.run_once();
  EXPECT_TRUE(outcome->has_value());
}

// As some name servers and firewalls do.
TEST_F(ResolverTest, AFamilyWithoutAnswerLeavesTheOther) {
  server_.records["a.test"] = {{"10.0.0.1"}, {"fd00::1"}};
  server_.drops_v6 = true;
  auto resolver = open();
  auto answer = resolve(*resolver, "a.test");
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_THAT(texts(*answer), ElementsAre("10.0.0.1:6000"));
}

TEST_F(ResolverTest, ServersThatCantBeReadAreAnErrorThatNamesThem) {
  Resolver resolver(loop_, {"ns.test", config_.path()});
  auto answer = resolve(resolver, "a.test");
  ASSERT_FALSE(answer);
  EXPECT_THAT(answer.error().message, HasSubstr("ns.test"));
}

TEST_F(ResolverTest, AChangedConfigurationIsReadAgain) {
  server_.records["host.new.test"] = {{"10.0.0.1"}};
  auto resolver = open();
  EXPECT_FALSE(resolve(*resolver, "host"));
  config_.write("search new.test\n");
  EXPECT_TRUE(resolve(*resolver, "host"));
}

TEST_F(ResolverTest, DroppedNeverCallsBack) {
  server_.records["a.test"] = {{"10.0.0.1"}};
  auto resolver = open();
  int calls = 0;
  auto dropped = resolver->look_up({"a.test", 80}, [&](Result<Answer>) { ++calls; });
  dropped.reset();
  EXPECT_TRUE(resolve(*resolver, "a.test"));
  EXPECT_EQ(calls, 0);
}

TEST_F(ResolverTest, MayBeDroppedByItsCallbackWithTheResolver) {
  auto resolver = open();
  bool called = false;
  std::unique_ptr<Lookup> lookup;
  lookup = resolver->look_up({"localhost", 80}, [&](Result<Answer>) {
    called = true;
    lookup.reset();
    resolver.reset();
  });
  while (!called) loop_.run_once();
  EXPECT_EQ(resolver, nullptr);
}

TEST_F(ResolverTest, MayBeDroppedWithQuestionsOpen) {
  server_.silent = true;
  auto resolver = open();
  auto lookup = resolver->look_up({"a.test", 80}, [](Result<Answer>) { FAIL(); });
  while (server_.asked.empty()) loop_.run_once();
  lookup.reset();
  resolver.reset();
}

}  // namespace
}  // namespace playground::dns
