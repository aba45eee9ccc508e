#include "pool/raised.h"

namespace playground::pool {

Ref take_raised() {
  PyObject *type = nullptr, *value = nullptr, *traceback = nullptr;
  PyErr_Fetch(&type, &value, &traceback);
  const Ref owned_type(type), owned_value(value), owned_traceback(traceback);
  const Ref name(type != nullptr ? PyObject_GetAttrString(type, "__name__") : nullptr);
  const Ref text(value != nullptr ? PyObject_Str(value) : nullptr);
  const Ref line(PyUnicode_FromFormat("%V: %V", name.get(), "?", text.get(), "?"));
  Ref bytes(line ? PyUnicode_AsEncodedString(line.get(), "utf-8", "replace") : nullptr);
  PyErr_Clear();
  return bytes;
}

}  // namespace playground::pool
