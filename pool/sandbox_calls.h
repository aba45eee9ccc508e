// The lists of sandbox_seccomp.cc: which system calls there are for a program, by name, so that one
// list serves all architectures and any age of kernel headers. Names that the architecture or
// libseccomp don't know are skipped; what is in no list is refused with EPERM.
#pragma once

namespace playground::pool {

// A list ends with null.
extern const char* const kAllowedCalls[];

// Answered as by a kernel that lacks them, because callers then fall back to what is allowed.
extern const char* const kUnknownCalls[];

// Mode, owner and times of files, which Landlock does not cover. Where the interpreters have a user
// of their own, all that these reach is files of programs, whose names can't be guessed. Where they
// share the server's, they succeed and do nothing: libraries call them on their own files and break
// when they fail.
extern const char* const kOwnFileCalls[];

// Refused as what is in no list, where another filter, a container runtime's, would refuse them
// first with an error that is not told: they are trapped (sandbox_trap.h). None that a library
// calls in passing, because a call that is trapped while SIGSYS is blocked ends the program.
extern const char* const kTrappedCalls[];

// Extended attributes, answered as by a file system without them: copying a file then goes on.
extern const char* const kUnsupportedCalls[];

}  // namespace playground::pool
