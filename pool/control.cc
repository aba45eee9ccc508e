#include "pool/control.h"

#include <sys/socket.h>

#include <cerrno>
#include <cstring>

#include "pool/protocol.h"

namespace playground::pool {
namespace {

void attach(msghdr& header, char* control, const int* fds, std::size_t bytes) {
  header.msg_control = control;
  header.msg_controllen = CMSG_SPACE(bytes);
  cmsghdr* const item = CMSG_FIRSTHDR(&header);
  item->cmsg_level = SOL_SOCKET;
  item->cmsg_type = SCM_RIGHTS;
  item->cmsg_len = CMSG_LEN(bytes);
  std::memcpy(CMSG_DATA(item), fds, bytes);
}

}  // namespace

bool send_message(const void* message, std::size_t size, const int* fds, std::size_t count) {
  iovec data{const_cast<void*>(message), size};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int) * protocol::kSpawnedFds)] = {};
  msghdr header{};
  header.msg_iov = &data;
  header.msg_iovlen = 1;
  if (count > 0) attach(header, control, fds, count * sizeof(int));
  ssize_t sent = 0;
  do {
    sent = ::sendmsg(protocol::kControlFd, &header, MSG_NOSIGNAL);
  } while (sent < 0 && errno == EINTR);
  return sent >= 0;
}

}  // namespace playground::pool
