// The garbage collector as a program finds it: an interpreter that has just started has collected
// a few times, and what it made meanwhile lies in the middle generation.
#pragma once

namespace playground::pool {

// In the zygote, before anything is imported for programs. False with a Python exception.
bool note_collector();

// In the zygote, after freeze_heap() and prepare_surroundings(): makes __main__ as old as it is in
// an interpreter that has just started, which shows in the order in which finalizers run and in
// gc.get_referrers(). False with a Python exception.
bool restore_collector();

}  // namespace playground::pool
