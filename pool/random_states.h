// Random numbers that no two programs share: generators that preloaded modules keep were seeded in
// the zygote, and every worker inherits them as they are.
#pragma once

namespace playground::pool {

// In the zygote, before the heap is frozen: finds every random.Random, numpy.random.RandomState and
// numpy.random.BitGenerator. False with a Python exception.
bool find_random_states();

// In the worker: seeds those anew, from the kernel, whatever seed a module has given them.
void renew_random_states();

}  // namespace playground::pool
