// The figures of a program whose request asks for them.
#pragma once

namespace playground::pool {

// In the zygote: compiles what the workers run. False with a Python exception.
bool prepare_figures();

// Called in the folder, before the program: from now on what matplotlib.pyplot shows is written to
// protocol::kFiguresFolder. Imports nothing but what is built in. False with a Python exception.
bool keep_figures();

}  // namespace playground::pool
