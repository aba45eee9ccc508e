// Assembles classic BPF for seccomp: "load, compare, answer", with forward jumps.
#pragma once

#include <linux/filter.h>
#include <linux/seccomp.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iterator>

namespace playground::pool {

class Bpf {
 public:
  void load_number() { load(offsetof(seccomp_data, nr)); }

  // The kernel reads pids, commands and options as 32 bits: on little-endian machines the first
  // half.
  void load_argument(unsigned index) {
    static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__);
    load(offsetof(seccomp_data, args) + index * sizeof(std::uint64_t));
  }

  void answer(std::uint32_t action) { add(BPF_STMT(BPF_RET | BPF_K, action)); }

  void answer_if_equal(std::uint32_t value, std::uint32_t action) {
    add(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1));
    answer(action);
  }

  void answer_if_above(std::uint32_t value, std::uint32_t action) {
    add(BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, value, 0, 1));
    answer(action);
  }

  void answer_if_any_bit(std::uint32_t mask, std::uint32_t action) {
    add(BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, mask, 0, 1));
    answer(action);
  }

  // Jumps whose target land() sets, at most 255 instructions further on.
  std::size_t jump_unless_equal(std::uint32_t value) {
    add(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, kUnset));
    return length_ - 1U;
  }
  std::size_t jump_if_equal(std::uint32_t value) {
    add(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, kUnset, 0));
    return length_ - 1U;
  }
  void land(std::size_t from) {
    sock_filter& jump = code_[from];
    (jump.jt == kUnset ? jump.jt : jump.jf) = static_cast<std::uint8_t>(length_ - from - 1);
  }

  sock_fprog program() { return {length_, code_}; }

 private:
  static constexpr std::uint8_t kUnset = 0xFF;

  void load(std::size_t offset) {
    add(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset)));
  }

  // The limit keeps every jump within its eight bits.
  void add(sock_filter instruction) {
    if (length_ == std::size(code_)) std::abort();
    code_[length_++] = instruction;
  }

  sock_filter code_[250];
  unsigned short length_ = 0;
};

}  // namespace playground::pool
