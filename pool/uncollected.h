// Objects that the garbage collector never looks at, though it frees them as it would any others
// when nothing refers to them: those of modules that most programs do not use. Where a program's
// end has to be the interpreter's own, which looks at every object, it would take twice as long.
#pragma once

namespace playground::pool {

// In the zygote, before anything is frozen: what is made between the two, and is still there, is
// left out of the collector's lists. Where these are not as they are known to be, nothing is.
void begin_uncollected();
void end_uncollected();

}  // namespace playground::pool
