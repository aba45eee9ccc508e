// Help: the texts that the table makes: --help and docs/configuration.md.
#pragma once

#include <string>

namespace playground::app {

// For a terminal of 100 columns.
std::string help_text();

// The whole of docs/configuration.md.
std::string help_markdown();

}  // namespace playground::app
