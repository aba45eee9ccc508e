#include "upstream/shared_state.h"

namespace playground::upstream {
namespace {

std::vector<unsigned> weights_of(const std::vector<Backend>& backends) {
  std::vector<unsigned> weights;
  for (const Backend& backend : backends) weights.push_back(backend.weight);
  return weights;
}

}  // namespace

SharedState::SharedState(const std::vector<Backend>& backends, std::size_t loops)
    : rotation_(weights_of(backends)), active_(backends.size()), loops_(loops) {}

}  // namespace playground::upstream
