#include "pool/uncollected.h"

#include <cstdint>

#include "pool/python.h"

namespace playground::pool {
namespace {

// CPython's PyGC_Head, from 3.8 on: stands before each object that the collector tracks, and links
// it into a ring. The lowest bits are flags.
struct Head {
  std::uintptr_t next;
  std::uintptr_t previous;
};
constexpr std::uintptr_t kFlags = 3;

Head* head_of(PyObject* object) {
  return reinterpret_cast<Head*>(object) - 1;
}

std::uintptr_t link_to(const Head* head) {
  return reinterpret_cast<std::uintptr_t>(head);
}

Head* linked(std::uintptr_t link) {
  return reinterpret_cast<Head*>(link & ~kFlags);  // NOLINT(performance-no-int-to-ptr)
}

void relink(std::uintptr_t& link, const Head* target) {
  link = link_to(target) | (link & kFlags);
}

// Whether the objects are neighbours, in this order.
bool are_linked(PyObject* objects) {
  const Py_ssize_t count = PyList_Size(objects);
  for (Py_ssize_t i = 1; i < count; ++i) {
    Head* const one = head_of(PyList_GetItem(objects, i - 1));
    Head* const other = head_of(PyList_GetItem(objects, i));
    if (linked(one->next) != other || linked(other->previous) != one) return false;
  }
  return count > 0;
}

Head g_ring{};

// From the ring that they are in, a generation's, into one that the collector does not know.
void move_to_own_ring(Head* first, Head* last) {
  Head* const before = linked(first->previous);
  Head* const after = linked(last->next);
  relink(before->next, after);
  relink(after->previous, before);
  g_ring = {link_to(first), link_to(last)};
  relink(first->previous, &g_ring);
  relink(last->next, &g_ring);
}

// All that the collector knows, after a collection of everything.
void set_apart(PyObject* gc) {
  constexpr int kOldest = 2;
  const Ref objects(PyObject_CallMethod(gc, "get_objects", "i", kOldest));
  if (!objects || !are_linked(objects.get())) return;
  PyObject* const last = PyList_GetItem(objects.get(), PyList_Size(objects.get()) - 1);
  move_to_own_ring(head_of(PyList_GetItem(objects.get(), 0)), head_of(last));
}

}  // namespace

void begin_uncollected() {
  const Ref gc = import_unseen("gc");
  if (gc) Ref(PyObject_CallMethod(gc.get(), "freeze", nullptr));
  PyErr_Clear();
}

void end_uncollected() {
  PyGC_Collect();
  const Ref gc = import_unseen("gc");
  if (gc) {
    set_apart(gc.get());
    PyErr_Clear();
    Ref(PyObject_CallMethod(gc.get(), "unfreeze", nullptr));
  }
  PyErr_Clear();
}

}  // namespace playground::pool
