// What an exception says that is pending.
#pragma once

#include "pool/python.h"

namespace playground::pool {

// "Type: message" in UTF-8 of the pending exception, which it clears; null when there is no memory
// for it.
Ref take_raised();

}  // namespace playground::pool
