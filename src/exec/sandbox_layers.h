// SandboxLayers: what a zygote says of its sandbox, layer by layer, and whether that is enough.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pool/protocol.h"

namespace playground::exec {

struct SandboxLayer {
  std::string tier;   // "T0": the tier that needs it
  std::string name;   // "landlock"
  std::string state;  // "on, ABI 7", "missing: unshare: Operation not permitted", "off: WHY"

  bool on() const { return state.starts_with("on"); }
  // Without it, its tier isn't reached; "not told: …" is the state of one that may be absent.
  bool lacks() const { return !on() && !state.starts_with("not told"); }
  bool missing() const { return state.starts_with("missing"); }
};

struct Sandbox {
  protocol::Tier tier = protocol::Tier::none;
  std::vector<SandboxLayer> layers;  // those of lower tiers first
  std::string layout;                // no layer: whether the interpreter's memory is flattened
};

// From Hello.layers: a line for each, with its parts separated by tabs; and those that are the
// server's own.
Sandbox read_sandbox(const protocol::Hello& hello, const std::vector<SandboxLayer>& own = {});

// Why `sandbox` is less than `least`, in one line that names the first layer that is missing, or
// else the first that is off; empty when it isn't.
std::string shortfall(const Sandbox& sandbox, protocol::Tier least);

}  // namespace playground::exec
