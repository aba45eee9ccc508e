// Ways for a process to come to own pages that it has shared with its parent since the fork. Which
// is the fastest differs: a call costs by the page, too, and what an exception costs is the
// processor's matter, and the hypervisor's.
#pragma once

#include <sys/uio.h>

#include <cstddef>

#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23  // Linux 5.14
#endif

namespace playground::pool {

// Stands for a descriptor of the calling process: PIDFD_SELF_THREAD_GROUP of <linux/pidfd.h>, Linux
// 6.14.
constexpr int kPidfdSelf = -10001;

// In the zygote: tries in children which way takes the least CPU time for these ranges, all of
// which can be written to. Until then, and where none can be tried, it is that of one call for
// each.
void choose_way(const iovec* ranges, std::size_t count);

// In a worker. What can't be had now is copied when it is written to.
void populate(const iovec* ranges, std::size_t count);

}  // namespace playground::pool
