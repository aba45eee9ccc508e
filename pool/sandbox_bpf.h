// Assembles classic BPF for seccomp: "load, compare, answer", with forward jumps to labels.
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
  // A place in the program; kNext is the instruction that follows.
  using Label = std::uint8_t;
  static constexpr Label kNext = 0;

  Label label() {
    if (labels_ == std::size(places_)) std::abort();
    return static_cast<Label>(labels_++);
  }
  void place(Label label) { places_[label] = length_; }

  void load_number() { load(offsetof(seccomp_data, nr)); }

  // The kernel reads pids, commands and options as 32 bits: on little-endian machines the first
  // half.
  void load_argument(unsigned index) {
    static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__);
    load(offsetof(seccomp_data, args) + index * sizeof(std::uint64_t));
  }

  // Goes on at `yes` or at `no`, which are placed further on.
  void if_equal(std::uint32_t value, Label yes, Label no) { branch(BPF_JEQ, value, yes, no); }
  void if_above(std::uint32_t value, Label yes, Label no) { branch(BPF_JGT, value, yes, no); }
  void if_at_least(std::uint32_t value, Label yes, Label no) { branch(BPF_JGE, value, yes, no); }
  void if_any_bit(std::uint32_t mask, Label yes, Label no) { branch(BPF_JSET, mask, yes, no); }

  void answer(std::uint32_t action) { add(BPF_STMT(BPF_RET | BPF_K, action), kNext, kNext); }

  // Once all labels are placed.
  sock_fprog program() {
    for (unsigned short at = 0; at < length_; ++at) {
      code_[at].jt = distance(at, targets_[at].yes);
      code_[at].jf = distance(at, targets_[at].no);
    }
    return {length_, code_};
  }

 private:
  struct Targets {
    Label yes, no;
  };

  void load(std::size_t offset) {
    add(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset)), kNext, kNext);
  }

  void branch(unsigned compare, std::uint32_t value, Label yes, Label no) {
    add(BPF_STMT(static_cast<std::uint16_t>(BPF_JMP | compare | BPF_K), value), yes, no);
  }

  void add(sock_filter instruction, Label yes, Label no) {
    if (length_ == std::size(code_)) std::abort();
    targets_[length_] = {yes, no};
    code_[length_++] = instruction;
  }

  std::uint8_t distance(unsigned short from, Label label) const {
    return label == kNext ? 0 : static_cast<std::uint8_t>(places_[label] - from - 1);
  }

  // The limit keeps every jump within its eight bits.
  sock_filter code_[250];
  Targets targets_[250];
  unsigned short places_[64];
  unsigned short length_ = 0;
  unsigned short labels_ = 1;
};

}  // namespace playground::pool
