// A certificate of our own, made when the process starts: one in a file would have its last day.
#pragma once

#include <memory>

#include "tls/context.h"

namespace playground::fuzz {

// A listener's, for "fuzz.example". Leaves no file behind.
std::unique_ptr<tls::Context> make_server_context();

}  // namespace playground::fuzz
