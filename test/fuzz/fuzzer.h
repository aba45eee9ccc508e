// What every fuzzer defines: one run over one input. It aborts where an invariant is broken.
// libFuzzer calls it, or replay_main.cc.
#pragma once

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
