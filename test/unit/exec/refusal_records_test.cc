#include "exec/refusal_records.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace playground::exec {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(RefusalRecords, NameEachCallOnceInTheOrderOfItsFirstTime) {
  RefusalRecords records;
  for (const char* name : {"socket", "execve", "socket", "clone", "execve"}) records.add(7, name);
  RefusedCalls calls = records.take(7);
  EXPECT_THAT(calls.names, ElementsAre("socket", "execve", "clone"));
  EXPECT_EQ(calls.count, 5u);
}

TEST(RefusalRecords, KeepProcessesApartAndForgetWhatWasTaken) {
  RefusalRecords records;
  records.add(7, "socket");
  records.add(8, "execve");
  EXPECT_EQ(records.size(), 2u);
  EXPECT_THAT(records.take(7).names, ElementsAre("socket"));
  EXPECT_THAT(records.take(7).names, IsEmpty());
  EXPECT_THAT(records.take(8).names, ElementsAre("execve"));
  EXPECT_EQ(records.size(), 0u);
  EXPECT_EQ(records.take(9).count, 0u);
}

TEST(RefusalRecords, KeepABoundedNumberOfNames) {
  RefusalRecords records;
  for (std::size_t i = 0; i <= RefusalRecords::kMostNames; ++i) records.add(7, std::to_string(i));
  RefusedCalls calls = records.take(7);
  EXPECT_EQ(calls.names.size(), RefusalRecords::kMostNames);
  EXPECT_EQ(calls.names.back(), std::to_string(RefusalRecords::kMostNames - 1));
  EXPECT_EQ(calls.count, RefusalRecords::kMostNames + 1);
}

TEST(RefusalRecords, CallItAFloodAfterTheMostAndDeafAfterAFewMore) {
  RefusalRecords records;
  std::size_t flooded = 0, deaf = 0;
  for (std::size_t i = 1; deaf == 0; ++i) {
    const RefusedCalls& calls = records.add(7, "socket");
    if (calls.must_end() && flooded == 0) flooded = i;
    if (calls.must_end_at_once()) deaf = i;
  }
  EXPECT_EQ(flooded, RefusalRecords::kMostCalls + 1);
  EXPECT_EQ(deaf, flooded + RefusalRecords::kMoreCalls);
}

TEST(RefusalRecords, EndAtOnceWhatComesByAForeignEntry) {
  RefusalRecords records;
  EXPECT_FALSE(records.add(7, "getpid").must_end());
  EXPECT_TRUE(records.add(7, "getpid", true).must_end_at_once());
  EXPECT_TRUE(records.add(7, "socket").must_end());
}

}  // namespace
}  // namespace playground::exec
