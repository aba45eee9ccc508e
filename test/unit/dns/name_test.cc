// What is kept of a name while its server answers, fails, and changes its mind. The times are the
// schedule's (schedule_test.cc); here they are only waited for.
#include "dns/name.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

#include "test/unit/dns/name_server.h"
#include "uv/tcp.h"

namespace playground::dns {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class NameTest : public ::testing::Test {
 protected:
  Name::Events events() {
    return {[this] { ++changes_; }, [this](const Error& error) { failures_.push_back(error); }};
  }
  std::unique_ptr<Name> open(const std::string& host) {
    return std::make_unique<Name>(loop_, resolver_, Endpoint{host, 80}, events());
  }
  template <class Condition>
  void run_until(Condition condition) {
    while (!condition()) loop_.run_once();
  }
  static std::vector<std::string> texts(const Name& name) {
    std::vector<std::string> out;
    for (const Address& address : name.addresses()) out.push_back(uv::address_text(address));
    return out;
  }

  uv::Loop loop_;
  NameServer server_{loop_};
  Resolver resolver_{loop_, {server_.address(), "/nonexistent"}};
  int changes_ = 0;
  std::vector<Error> failures_;
};

TEST_F(NameTest, NumbersAreKnownAtOnceAndNeverAskedFor) {
  auto name = open("10.0.0.1");
  EXPECT_THAT(texts(*name), ElementsAre("10.0.0.1:80"));
  name->doubt();
  loop_.run_once(false);
  EXPECT_TRUE(server_.asked.empty());
}

TEST_F(NameTest, AllWhoWaitAreToldByOneLookUp) {
  server_.records["a.test"] = {{"10.0.0.1"}};
  auto name = open("a.test");
  int told = 0;
  std::vector<std::unique_ptr<Waiter>> waiters;
  for (int i = 0; i < 3; ++i) {
    waiters.push_back(name->wait([&](Result<void> result) { told += result ? 1 : 0; }));
  }
  EXPECT_EQ(told, 0);
  run_until([&] { return told == 3; });
  EXPECT_EQ(server_.times_asked("a.test"), 2u);  // once for each family
}

TEST_F(NameTest, WhoWaitsIsToldOfTheFailure) {
  auto name = open("nowhere.test");
  std::optional<Result<void>> told;
  auto waiter = name->wait([&](Result<void> result) { told = std::move(result); });
  run_until([&] { return told.has_value(); });
  ASSERT_FALSE(*told);
  EXPECT_THAT(told->error().message, HasSubstr("nowhere.test"));
  EXPECT_EQ(failures_.size(), 1u);
}

TEST_F(NameTest, ANameThatAppearsLaterIsFound) {
  auto name = open("late.test");
  run_until([&] { return !failures_.empty(); });
  server_.records["late.test"] = {{"10.0.0.1"}};
  bool told = false;
  auto waiter = name->wait([&](Result<void> result) { told = result.has_value(); });
  run_until([&] { return told; });
  EXPECT_THAT(texts(*name), ElementsAre("10.0.0.1:80"));
}

TEST_F(NameTest, ADroppedWaiterIsNotTold) {
  server_.records["a.test"] = {{"10.0.0.1"}};
  auto name = open("a.test");
  std::unique_ptr<Waiter> second;
  int told = 0;
  auto first = name->wait([&](Result<void>) {
    ++told;
    second.reset();
  });
  second = name->wait([&](Result<void>) { told += 100; });
  run_until([&] { return told > 0; });
  loop_.run_once(false);
  EXPECT_EQ(told, 1);
}

TEST_F(NameTest, MayBeDroppedByWhoIsTold) {
  server_.records["a.test"] = {{"10.0.0.1"}};
  auto name = open("a.test");
  std::unique_ptr<Waiter> waiter;
  waiter = name->wait([&](Result<void>) {
    waiter.reset();
    name.reset();
  });
  run_until([&] { return name == nullptr; });
}

TEST_F(NameTest, FollowsItsTtl) {
  server_.records["a.test"] = {{"10.0.0.1", 1}};
  auto name = open("a.test");
  run_until([&] { return !name->addresses().empty(); });
  server_.records["a.test"] = {{"10.0.0.2", 300}};
  run_until([&] { return changes_ > 0; });
  EXPECT_THAT(texts(*name), ElementsAre("10.0.0.2:80"));
}

TEST_F(NameTest, TheSameAddressesInAnotherOrderAreNoChange) {
  server_.records["a.test"] = {{"10.0.0.1", 1}, {"10.0.0.2", 1}};
  auto name = open("a.test");
  run_until([&] { return !name->addresses().empty(); });
  server_.records["a.test"] = {{"10.0.0.2", 300}, {"10.0.0.1", 300}};
  run_until([&] { return texts(*name).front() == "10.0.0.2:80"; });
  EXPECT_EQ(changes_, 0);
}

TEST_F(NameTest, KeepsTheLastGoodAnswerWhenTheServerFails) {
  server_.records["a.test"] = {{"10.0.0.1", 1}};
  auto name = open("a.test");
  run_until([&] { return !name->addresses().empty(); });
  server_.failing = true;
  run_until([&] { return failures_.size() == 1; });
  EXPECT_THAT(texts(*name), ElementsAre("10.0.0.1:80"));
  EXPECT_THAT(name->failure(), HasSubstr("a.test"));
  server_.failing = false;
  server_.records["a.test"] = {{"10.0.0.2", 300}};
  run_until([&] { return changes_ > 0; });
  EXPECT_EQ(name->failure(), "");
}

TEST_F(NameTest, KeepsTheLastGoodAnswerWhenTheNameIsGone) {
  server_.records["a.test"] = {{"10.0.0.1", 1}};
  auto name = open("a.test");
  run_until([&] { return !name->addresses().empty(); });
  server_.records.clear();
  run_until([&] { return !failures_.empty(); });
  EXPECT_THAT(texts(*name), ElementsAre("10.0.0.1:80"));
}

TEST_F(NameTest, DoubtedItIsAskedForAgainLongBeforeItsTtl) {
  server_.records["a.test"] = {{"10.0.0.1", 300}};
  auto name = open("a.test");
  run_until([&] { return !name->addresses().empty(); });
  server_.records["a.test"] = {{"10.0.0.2", 300}};
  for (int i = 0; i < 100; ++i) name->doubt();
  run_until([&] { return changes_ > 0; });
  EXPECT_EQ(server_.times_asked("a.test"), 4u);  // two look-ups, however often it was doubted
}

}  // namespace
}  // namespace playground::dns
