#include "exec/call_names.h"

#include <gtest/gtest.h>
#include <linux/audit.h>

namespace playground::exec {
namespace {

TEST(CallNames, BelongToAnArchitecture) {
  EXPECT_EQ(call_name(AUDIT_ARCH_X86_64, 59), "execve");
  EXPECT_EQ(call_name(AUDIT_ARCH_AARCH64, 221), "execve");
  EXPECT_EQ(call_name(AUDIT_ARCH_AARCH64, 59), "pipe2");
}

TEST(CallNames, NumbersStandForWhatHasNone) {
  EXPECT_EQ(call_name(AUDIT_ARCH_X86_64, 999'999), "call 999999");
  EXPECT_EQ(call_name(AUDIT_ARCH_X86_64, -1), "call -1");
  EXPECT_EQ(call_name(1, 59), "call 59");
}

}  // namespace
}  // namespace playground::exec
