#include "app/spare_memory.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstring>
#include <fstream>
#include <memory>
#include <vector>

#include "base/recycled.h"

namespace playground::app {
namespace {

constexpr std::size_t kMegabyte = 1024 * 1024;

// Under sanitizers the C library does not manage memory.
constexpr bool kManaged = FreePieces<int>::kMost > 0;

std::size_t resident_bytes() {
  std::size_t all = 0, resident = 0;
  std::ifstream("/proc/self/statm") >> all >> resident;
  return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

struct Block {
  explicit Block(std::size_t size) : bytes(new char[size]) { std::memset(bytes.get(), 1, size); }
  std::unique_ptr<char[]> bytes;
};

class Next final : public http::Handler {
 public:
  void handle(http::Request&&, http::Responder) override {}
  void on_exchange(const http::Exchange&) override { ++exchanges; }

  int exchanges = 0;
};

class SpareMemoryTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!kManaged) GTEST_SKIP() << "a sanitizer manages memory";
    keep_spare_memory();
  }

  uv::Loop loop_;
  Next next_;
};

TEST_F(SpareMemoryTest, IsKeptUntilAMomentAfterAnExchangeAndThenGoesBack) {
  constexpr std::size_t kCount = 64;
  SpareMemory spare(loop_, next_, milliseconds{1});
  std::vector<Block> replies;
  for (std::size_t i = 0; i < kCount; ++i) replies.emplace_back(kMegabyte);
  Block stays(kMegabyte);  // at the heap's end: it can't be cut off
  std::size_t used = resident_bytes();
  replies.clear();
  EXPECT_GT(resident_bytes() + kMegabyte, used);
  spare.on_exchange({});
  loop_.run();
  EXPECT_LT(resident_bytes() + kCount / 2 * kMegabyte, used);
}

TEST_F(SpareMemoryTest, IsUsedAgainByTheNextOfItsSize) {
  auto first = std::make_unique<Block>(kMegabyte);
  auto* place = first->bytes.get();
  first.reset();
  EXPECT_EQ(Block(kMegabyte).bytes.get(), place);
}

TEST_F(SpareMemoryTest, GoesBackAtOnceWhereABlockIsLargerThanUsual) {
  std::size_t before = resident_bytes();
  auto block = std::make_unique<Block>(4 * static_cast<std::size_t>(kLargeBlock));
  EXPECT_GT(resident_bytes(), before + kLargeBlock);
  block.reset();
  EXPECT_LT(resident_bytes(), before + kLargeBlock);
}

TEST_F(SpareMemoryTest, TellsOfEachExchange) {
  SpareMemory spare(loop_, next_);
  spare.on_exchange({});
  spare.on_exchange({});
  EXPECT_EQ(next_.exchanges, 2);
}

}  // namespace
}  // namespace playground::app
