// What came of each layer of the sandbox: text for people, and the tier that it amounts to.
#pragma once

#include <cstddef>

#include "pool/protocol.h"

namespace playground::pool {

class SandboxReport {
 public:
  // `tier` is always the lowest that needs the layer. "on[, DETAIL]".
  void on(protocol::Tier tier, const char* layer, const char* detail = "");
  // "missing: STEP: strerror(error)"; nothing from `tier` on can be reached any more.
  void missing(protocol::Tier tier, const char* layer, const char* step, int error);
  // "off: WHY": not wanted. The tier is bounded likewise.
  void off(protocol::Tier tier, const char* layer, const char* why);

  // "not told: STEP: strerror(error)": the layer `layer` of T0 does without, and the tier stays.
  void untold(const char* layer, const char* step, int error);

  protocol::Tier tier() const { return tier_; }
  const char* lines() const { return lines_; }

 private:
  void bound(protocol::Tier tier);
  template <typename... Arguments>
  void add(const char* format, Arguments... arguments);

  protocol::Tier tier_ = protocol::Tier::t1;
  char lines_[sizeof protocol::Hello::layers] = {};
  std::size_t used_ = 0;
};

}  // namespace playground::pool
