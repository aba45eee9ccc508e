// The certificates of test/support/certificates.py, made once for a test program.
#pragma once

#include <memory>
#include <string>

#include "tls/context.h"

namespace playground::tls {

// The path of one of the files, as "good.pem".
std::string file(const std::string& name);

// A server that shows the certificate of that name.
std::unique_ptr<Context> server_with(const std::string& name);

// A client that trusts the test authority.
std::unique_ptr<Context> trusting_client();

}  // namespace playground::tls
