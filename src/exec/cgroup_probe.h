// CgroupProbe: whether evaluations could have control groups of their own here, and what it would
// take.
#pragma once

#include <vector>

#include "base/cgroup.h"
#include "exec/sandbox_layers.h"

namespace playground::exec {

// The layers of T2, a row for each controller. Tried by making a group and moving a process there
// that does nothing else; both are gone afterwards, and so are groups of servers that were killed
// meanwhile. Nothing of the caller's own group is changed. Takes as long as the kernel does to move
// a process: microseconds, or some ten milliseconds where none was moved just before. The layers
// are never on: this version makes no groups for evaluations.
std::vector<SandboxLayer> probe_cgroups(protocol::Tier highest, const CgroupSources& sources = {});

}  // namespace playground::exec
