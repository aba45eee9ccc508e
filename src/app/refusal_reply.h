// RefusalReply: what callers are told of a program that the pool has not run.
#pragma once

#include "app/api_error.h"
#include "exec/program.h"
#include "http/message.h"

namespace playground::app {

ApiError error_of(exec::Refusal refusal);

// Whether nothing of it ran, so that it may be sent again.
bool never_started(exec::Refusal refusal);

http::Response to_response(exec::Refusal refusal);

}  // namespace playground::app
