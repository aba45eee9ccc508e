#include "exec/verdict.h"

#include <gtest/gtest.h>
#include <signal.h>

namespace playground::exec {
namespace {

uv::Exit exited(int code) {
  return {code, 0, {}};
}
uv::Exit killed(int number) {
  return {0, number, {}};
}

TEST(Verdict, AnExitCodeIsTheProgramsOwn) {
  Verdict fine = judge(exited(0), Cause::none);
  EXPECT_EQ(fine.status, Status::ok);
  EXPECT_EQ(fine.exit_code, 0);
  EXPECT_EQ(fine.signal, 0);
  Verdict failed = judge(exited(120), Cause::none);
  EXPECT_EQ(failed.status, Status::error);
  EXPECT_EQ(failed.limit, Limit::none);
  EXPECT_EQ(failed.exit_code, 120);
}

TEST(Verdict, ASignalLeavesNoExitCode) {
  Verdict crashed = judge(killed(SIGSEGV), Cause::none);
  EXPECT_EQ(crashed.status, Status::signal);
  EXPECT_EQ(crashed.signal, SIGSEGV);
  EXPECT_FALSE(crashed.exit_code.has_value());
}

TEST(Verdict, OverItsTimeItIsATimeoutHoweverItEnded) {
  for (const uv::Exit& exit : {exited(0), exited(1), killed(SIGKILL)}) {
    Verdict late = judge(exit, Cause::wall);
    EXPECT_EQ(late.status, Status::timeout);
    EXPECT_EQ(late.limit, Limit::wall);
    EXPECT_EQ(late.signal, SIGKILL);
    EXPECT_FALSE(late.exit_code.has_value());
  }
}

TEST(Verdict, OverTheOutputLimitTheLimitIsNamed) {
  Verdict verdict = judge(killed(SIGKILL), Cause::output);
  EXPECT_EQ(verdict.status, Status::output);
  EXPECT_EQ(verdict.limit, Limit::output);
}

TEST(Verdict, WhatThePolicyEndedIsDenied) {
  Verdict flooded = judge(killed(SIGKILL), Cause::denied);
  EXPECT_EQ(flooded.status, Status::denied);
  EXPECT_EQ(flooded.limit, Limit::none);
  EXPECT_EQ(flooded.signal, SIGKILL);
  EXPECT_FALSE(flooded.exit_code.has_value());
}

TEST(Verdict, TheSignalOfARefusedCallDoesNotProveOne) {
  EXPECT_EQ(judge(killed(SIGSYS), Cause::none).status, Status::signal);
}

TEST(Verdict, SignalsHaveTheirNames) {
  EXPECT_EQ(signal_name(SIGSEGV), "SIGSEGV");
  EXPECT_EQ(signal_name(SIGRTMIN), "SIGRTMIN");
  EXPECT_EQ(signal_name(SIGRTMIN + 3), "SIGRTMIN+3");
  EXPECT_EQ(signal_name(99), "signal 99");
}

TEST(Verdict, EveryStatusAndLimitHasAName) {
  for (int i = 0; i <= static_cast<int>(Status::denied); ++i) {
    EXPECT_FALSE(to_string(static_cast<Status>(i)).empty());
  }
  EXPECT_EQ(to_string(Limit::none), "");
  for (int i = 1; i <= static_cast<int>(Limit::threads); ++i) {
    EXPECT_FALSE(to_string(static_cast<Limit>(i)).empty());
  }
}

}  // namespace
}  // namespace playground::exec
