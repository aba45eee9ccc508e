// Names of system calls, for people.
#pragma once

#include <cstdint>
#include <string>

namespace playground::exec {

// "execve". `arch` is an AUDIT_ARCH_ token of linux/audit.h, as the kernel gives it with a number.
// "call 4711" where there is no name.
std::string call_name(std::uint32_t arch, int number);

}  // namespace playground::exec
