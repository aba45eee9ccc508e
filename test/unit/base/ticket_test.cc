#include "base/ticket.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace playground {
namespace {

struct Desk {
  std::vector<std::uint64_t> given_back;
  void cancel(std::uint64_t id) { given_back.push_back(id); }
};

TEST(Ticket, IsGivenBackOnceWhenDropped) {
  Desk desk;
  { Ticket<Desk> ticket(&desk, 7); }
  EXPECT_EQ(desk.given_back, std::vector<std::uint64_t>{7});
}

TEST(Ticket, MovesWithoutBeingGivenBack) {
  Desk desk;
  Ticket<Desk> first(&desk, 7);
  Ticket<Desk> second(std::move(first));
  EXPECT_TRUE(desk.given_back.empty());
  second = {};
  EXPECT_EQ(desk.given_back, std::vector<std::uint64_t>{7});
}

TEST(Ticket, GivesBackWhatAnotherReplaces) {
  Desk desk;
  Ticket<Desk> ticket(&desk, 7);
  ticket = Ticket<Desk>(&desk, 8);
  EXPECT_EQ(desk.given_back, std::vector<std::uint64_t>{7});
  ticket = {};
  EXPECT_EQ(desk.given_back, (std::vector<std::uint64_t>{7, 8}));
}

}  // namespace
}  // namespace playground
