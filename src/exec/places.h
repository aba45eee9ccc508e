// Places: a working directory for every worker: a folder of the scratch folder, or, where the
// zygote has slots (tier T1), one of these, over and over.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/unique_fd.h"
#include "exec/scratch.h"
#include "exec/worker.h"
#include "uv/async.h"

namespace playground::exec {

class Places {
 public:
  // `on_free` comes after take() had none to give, when there is one again.
  Places(uv::Loop& loop, Scratch& scratch, std::function<void()> on_free);
  ~Places();
  Places(const Places&) = delete;
  Places& operator=(const Places&) = delete;

  // Makes the folder that zygotes mount slots on. Errors: the volume is full.
  Result<std::string> make_mount();

  // Another zygote, with so many slots, all of them empty; those of the one before are not given
  // any more.
  void renew(std::size_t slots);

  // An empty place; nullopt while all slots are in use. Errors: the volume is full.
  Result<std::optional<WorkerPlace>> take();

  // Where the place is, as its program sees it: of a slot, where slots are mounted.
  const std::string& path_of(const WorkerPlace& place) const {
    return place.slot == protocol::kNoSlot ? place.folder : mount_;
  }

  // Takes back a place whose worker never was.
  void give_back(const WorkerPlace& place);
  // Takes back a used place, which will be emptied. `generation` is what generation() was when it
  // was taken.
  void give_back(const WorkerPlace& place, UniqueFd folder, std::uint64_t generation);

  std::uint64_t generation() const { return generation_; }

 private:
  void collect();

  Scratch& scratch_;
  std::string mount_;
  bool slotted_ = false;
  std::uint64_t generation_ = 0;
  std::vector<int> free_;
  std::function<void()> on_free_;
  uv::Owned<uv::Async> emptied_;
};

}  // namespace playground::exec
