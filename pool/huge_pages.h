// Huge pages, whose size on x86 and with the usual pages of ARM is this.
#pragma once

#include <cstdint>

namespace playground::pool {

inline constexpr std::uintptr_t kHuge = std::uintptr_t{2} << 20;

// To where one begins.
constexpr std::uintptr_t round_down(std::uintptr_t address) {
  return address & ~(kHuge - 1);
}

constexpr std::uintptr_t round_up(std::uintptr_t address) {
  return round_down(address + kHuge - 1);
}

}  // namespace playground::pool
