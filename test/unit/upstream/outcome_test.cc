#include "upstream/outcome.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace playground::upstream {
namespace {

using Blame = Health::Blame;

struct Row {
  Outcome outcome;
  const char* name;
  Blame blame;
  Retry retry;
  bool failure;
};

constexpr Row kRows[] = {
    {Outcome::answered, "answered", Blame::none, Retry::never, false},
    {Outcome::server_error, "server_error", Blame::reply, Retry::budgeted, true},
    {Outcome::full, "full", Blame::none, Retry::free, false},
    {Outcome::unauthorized, "unauthorized", Blame::reply, Retry::free, true},
    {Outcome::connect, "connect", Blame::connect, Retry::free, true},
    {Outcome::stale, "stale", Blame::none, Retry::budgeted, false},
    {Outcome::broken, "broken", Blame::reply, Retry::budgeted, true},
    {Outcome::cut, "cut", Blame::reply, Retry::budgeted, true},
    {Outcome::invalid, "invalid", Blame::reply, Retry::budgeted, true},
    {Outcome::timeout, "timeout", Blame::none, Retry::never, true},
    {Outcome::cancelled, "cancelled", Blame::none, Retry::never, false},
};

TEST(Outcome, HasItsConsequence) {
  for (const Row& row : kRows) {
    EXPECT_EQ(to_string(row.outcome), row.name);
    EXPECT_EQ(consequence_of(row.outcome).blame, row.blame) << row.name;
    EXPECT_EQ(consequence_of(row.outcome).retry, row.retry) << row.name;
    EXPECT_EQ(is_failure(row.outcome), row.failure) << row.name;
  }
}

TEST(Outcome, IsInTheTableAboveWhateverItIs) {
  EXPECT_EQ(std::size(kRows), kOutcomes);
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < kOutcomes; ++i) names.insert(to_string(static_cast<Outcome>(i)));
  EXPECT_EQ(names.size(), kOutcomes);
}

}  // namespace
}  // namespace playground::upstream
