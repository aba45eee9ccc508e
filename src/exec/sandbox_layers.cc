#include "exec/sandbox_layers.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace playground::exec {

Sandbox read_sandbox(const protocol::Hello& hello, const std::vector<SandboxLayer>& own) {
  Sandbox sandbox;
  sandbox.tier = hello.tier;
  sandbox.layout = hello.layout;
  for (std::string_view line : split_list(hello.layers, '\n')) {
    auto parts = split_list(line, '\t');
    if (parts.size() != 3) continue;
    sandbox.layers.push_back({std::string(parts[0]), std::string(parts[1]), std::string(parts[2])});
  }
  sandbox.layers.insert(sandbox.layers.end(), own.begin(), own.end());
  std::stable_sort(sandbox.layers.begin(), sandbox.layers.end(),
                   [](const SandboxLayer& a, const SandboxLayer& b) { return a.tier < b.tier; });
  return sandbox;
}

std::string shortfall(const Sandbox& sandbox, protocol::Tier least) {
  if (sandbox.tier >= least) return "";
  std::string text = std::string("the sandbox reaches ") + protocol::name_of(sandbox.tier) +
                     " and PLAYGROUND_SANDBOX demands " + protocol::name_of(least);
  // A layer that is missing is why others are off.
  auto missing = std::find_if(sandbox.layers.begin(), sandbox.layers.end(),
                              [](const SandboxLayer& layer) { return layer.missing(); });
  if (missing == sandbox.layers.end()) {
    missing = std::find_if(sandbox.layers.begin(), sandbox.layers.end(),
                           [](const SandboxLayer& layer) { return layer.lacks(); });
  }
  if (missing != sandbox.layers.end()) text += "; " + missing->name + ": " + missing->state;
  return text;
}

}  // namespace playground::exec
