// Landlock: which files can be opened, and where files can be made. Two layers, both of which must
// agree: the zygote's, which costs its workers nothing, says what can be read and that writing
// happens below the scratch root; each worker's narrows writing to its own folder.
#pragma once

#include <cstdint>

namespace playground::pool {

struct LandlockState {
  int abi = 0;            // in use; 0: none
  int error = 0;          // why there is none
  const char* step = "";  // what failed
};

// The zygote's layer. `scratch` is the folder that all workers' folders lie in; at most `abi_max`
// of the kernel's ABI is used. PR_SET_NO_NEW_PRIVS must be set, modules must have been imported.
LandlockState restrict_zygote(const char* scratch, std::uint32_t abi_max);

// The worker's own layer: its working directory. Does nothing where the zygote has none. False with
// errno.
bool restrict_worker();

}  // namespace playground::pool
