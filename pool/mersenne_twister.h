// The generator below numpy.random's functions, reached without Python: numpy's own way to a new
// seed takes 100 µs and a hundred pages that every worker would have to copy.
#pragma once

#include "pool/python.h"

namespace playground::pool {

// In the zygote: that generator, for good, where it is loaded, is a Mersenne Twister, and has in
// memory what it says of its state; otherwise null, and it has to be renewed by numpy. Without an
// exception.
PyObject* find_twister();

// In the worker: gives it a new state, from the kernel, where one was found.
void renew_twister();

}  // namespace playground::pool
