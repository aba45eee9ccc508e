#include "pool/slots.h"

#include <fcntl.h>
#include <sched.h>

#include <cerrno>
#include <new>

#include "pool/io.h"
#include "pool/namespaces.h"

namespace playground::pool {
namespace {

constexpr char kOwnMounts[] = "/proc/self/ns/mnt";

struct Slot {
  UniqueFd mounts;  // its mount namespace
  UniqueFd folder;  // the root of its tmpfs
};

Slot* g_slots = nullptr;
int g_count = 0;

// In a copy of the present mount namespace.
bool fill(Slot& slot, const protocol::Configure& configure, const char** step) {
  *step = "unshare";
  if (::unshare(CLONE_NEWNS) != 0) return false;
  *step = "mount";
  if (!mount_tmpfs(configure.mount, configure.scratch_bytes, configure.scratch_entries)) {
    return false;
  }
  *step = "open";
  slot.mounts.reset(::open(kOwnMounts, O_RDONLY | O_CLOEXEC));
  slot.folder.reset(::open(configure.mount, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return slot.mounts.get() >= 0 && slot.folder.get() >= 0;
}

}  // namespace

// After each slot back to where no slot is mounted: the next one would copy it.
int make_slots(const protocol::Configure& configure, const char** step) {
  const int count = static_cast<int>(configure.slots);
  *step = "open";
  const UniqueFd outside(::open(kOwnMounts, O_RDONLY | O_CLOEXEC));
  if (outside.get() < 0) return errno;
  Slot* const slots = new (std::nothrow) Slot[configure.slots];
  if (slots == nullptr) return ENOMEM;
  int error = 0;
  for (int i = 0; i < count && error == 0; ++i) {
    if (!fill(slots[i], configure, step)) error = errno;
    if (::setns(outside.get(), CLONE_NEWNS) != 0 && error == 0) {
      *step = "setns";
      error = errno;
    }
  }
  if (error != 0) {
    delete[] slots;
    return error;
  }
  g_slots = slots;
  g_count = count;
  return 0;
}

int slot_count() {
  return g_count;
}

int slot_folder(int slot) {
  if (slot >= 0 && slot < g_count) return g_slots[slot].folder.get();
  errno = EINVAL;
  return -1;
}

bool enter_slot(int slot) {
  return ::setns(g_slots[slot].mounts.get(), CLONE_NEWNS) == 0;
}

}  // namespace playground::pool
