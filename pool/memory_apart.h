// Memory apart from all other, in huge pages of its own. A fork copies such a page by one entry of
// a page table as long as no worker writes to it, and by 512 where one does.
#pragma once

namespace playground::pool {

// In the zygote: what Python allocates between the two lies apart, what it has allocated before and
// will allocate afterwards does not. Where the interpreter can't be told to there is no difference.
void begin_memory_apart();
void end_memory_apart();

}  // namespace playground::pool
