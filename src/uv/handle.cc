#include "uv/handle.h"

namespace playground::uv {

void Handle::close() {
  detach();
  raw()->data = this;
  uv_close(raw(), [](uv_handle_t* handle) { delete static_cast<Handle*>(handle->data); });
}

}  // namespace playground::uv
