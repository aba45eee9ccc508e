#include "pool/garbage_collector.h"

#include "pool/python.h"

namespace playground::pool {
namespace {

PyObject* g_collect = nullptr;  // gc.collect
long g_young_collections = 0;   // since the last one of the middle generation
long g_middle_collections = 0;  // since the last one of everything

bool collect(int generation, long times) {
  for (long i = 0; i < times; ++i) {
    if (!Ref(PyObject_CallFunction(g_collect, "i", generation))) return false;
  }
  return true;
}

}  // namespace

bool note_collector() {
  const Ref gc = import_unseen("gc");
  const Ref counts(gc ? PyObject_CallMethod(gc.get(), "get_count", nullptr) : nullptr);
  g_collect = gc ? PyObject_GetAttrString(gc.get(), "collect") : nullptr;
  if (!counts || g_collect == nullptr) return false;
  long objects = 0;
  return PyArg_ParseTuple(counts.get(), "lll", &objects, &g_young_collections,
                          &g_middle_collections) != 0;
}

bool restore_collector() {
  return collect(1, g_middle_collections) && collect(0, g_young_collections);
}

}  // namespace playground::pool
