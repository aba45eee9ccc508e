#include "exec/call_names.h"

#include <seccomp.h>

#include <cstdlib>
#include <memory>

namespace playground::exec {

std::string call_name(std::uint32_t arch, int number) {
  struct Free {
    void operator()(char* text) const { std::free(text); }
  };
  std::unique_ptr<char, Free> name(::seccomp_syscall_resolve_num_arch(arch, number));
  return name != nullptr ? std::string(name.get()) : "call " + std::to_string(number);
}

}  // namespace playground::exec
