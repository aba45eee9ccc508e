// What tests of the pool share: small limits, a scratch folder of their own that has to be empty in
// the end, and ways to run a program and wait for it.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "exec/pool.h"
#include "uv/loop.h"

namespace playground::exec {

struct Answered {
  std::optional<Outcome> outcome;
  std::optional<Refusal> refusal;
};

class PoolFixture : public ::testing::Test {
 protected:
  PoolFixture() {
    char name[] = "/dev/shm/test-playground-XXXXXX";  // in memory, as by default
    directory_ = ::mkdtemp(name);
    options_.pythons = {{"one", TEST_PYTHON}};
    options_.zygote.module = TEST_MODULE;
    options_.zygote.file_bytes = 1 << 20;
    options_.zygote.open_files = 64;
    options_.scratch_directory = directory_;
    options_.workers = {2, 2};
    options_.max_running = 2;
    options_.queue_size = 100;
    options_.limits.memory_bytes = std::size_t{64} << 20;
    options_.limits.cpu = milliseconds{20'000};
    options_.limits.threads = 8;
    options_.limits.scratch_bytes = 1 << 20;
    options_.limits.scratch_entries = 100;
    options_.output_bytes = 64 * 1024;
    options_.limits.stream_bytes = 1 << 20;
  }

  ~PoolFixture() override {
    pool_.reset();
    EXPECT_TRUE(std::filesystem::is_empty(directory_)) << "scratch folders are left over";
    std::filesystem::remove_all(directory_);
  }

  Result<void> try_start() {
    auto pool = Pool::start(
        loop_, options_,
        [this](std::string_view python, std::string_view event, std::string_view detail) {
          events_ +=
              std::string(python) + " " + std::string(event) + " " + std::string(detail) + "\n";
        });
    if (!pool) return Unexpected<Error>{pool.error()};
    pool_ = std::move(*pool);
    return {};
  }

  void start() {
    auto started = try_start();
    ASSERT_TRUE(started.has_value()) << started.error().message;
  }

  void start_warm() {
    start();
    run_until([this] { return pool_->warm(); });
  }

  // Turns the loop until `done`; the test's own time-out bounds it.
  template <class Condition>
  void run_until(Condition done) {
    while (!done()) loop_.run_once();
  }

  static Program program(std::string code, milliseconds timeout = milliseconds{20'000}) {
    Program program;
    program.code = std::move(code);
    program.timeout = timeout;
    return program;
  }

  static Pool::OnDone keep(Answered& answered) {
    return [&answered](Pool::Answer answer, double) {
      if (answer) {
        answered.outcome = std::move(*answer);
      } else {
        answered.refusal = answer.error();
      }
    };
  }

  Outcome run(Program what) {
    Answered answered;
    auto ticket = pool_->submit(std::move(what), keep(answered));
    run_until([&] { return answered.outcome || answered.refusal; });
    EXPECT_TRUE(answered.outcome.has_value());
    return answered.outcome.value_or(Outcome{});
  }

  std::vector<InterpreterStats> interpreters() const { return pool_->stats().interpreters; }
  InterpreterStats interpreter() const { return interpreters().front(); }

  uv::Loop loop_;
  std::string directory_;
  PoolOptions options_;
  std::string events_;  // a line each: interpreter, event, detail
  std::unique_ptr<Pool> pool_;
};

}  // namespace playground::exec
