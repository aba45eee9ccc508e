// Pages that every worker writes to before and while it runs a program. Copying them one fault at a
// time is most of what a fork costs; since they are the same in every worker, they are learnt once.
#pragma once

#include <cstdint>

namespace playground::pool {

// In the zygote, as its last act before the first worker: has a throw-away copy of itself call
// `rehearse`, as every worker does, then run a short program, and notes which pages that copy came
// to own. On any failure there is just nothing to prefault. Returns how much data that copy had
// mapped before its program, in bytes; 0 when it can't be told.
std::uint64_t learn_pages(bool (*rehearse)());

// In a worker, before anything else: makes these pages its own. One that is `patient` lets others
// have the processor meanwhile.
void populate_pages(bool patient);

}  // namespace playground::pool
