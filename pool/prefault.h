// Pages that every worker writes to before and while it runs a program. Copying them one fault at a
// time is most of what a fork costs; since they are the same in every worker, they are learnt once.
#pragma once

#include <cstdint>

#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23  // Linux 5.14
#endif

namespace playground::pool {

// Stands for a descriptor of the calling process: PIDFD_SELF_THREAD_GROUP of <linux/pidfd.h>, Linux
// 6.14.
constexpr int kPidfdSelf = -10001;

// In the zygote, as its last act before the first worker: has a throw-away copy of itself call
// `rehearse`, as every worker does, then run a short program, and notes which pages that copy came
// to own. On any failure there is just nothing to prefault. Returns how much data that copy had
// mapped before its program, in bytes; 0 when it can't be told.
std::uint64_t learn_pages(bool (*rehearse)());

// In a worker, before anything else: makes these pages its own in a few calls. One that is
// `patient` lets others have the processor meanwhile.
void populate_pages(bool patient);

}  // namespace playground::pool
