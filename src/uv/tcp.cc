#include "uv/tcp.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <utility>

#include "base/check.h"

namespace playground::uv {
namespace {

// What is only read; libuv's buffers do not tell reading from writing.
uv_buf_t buffer_of(std::string_view bytes) {
  return uv_buf_init(const_cast<char*>(bytes.data()), static_cast<unsigned>(bytes.size()));
}

}  // namespace

Owned<Tcp> Tcp::create(Loop& loop) {
  Owned<Tcp> tcp(new Tcp());
  PLAYGROUND_CHECK(uv_tcp_init(loop.raw(), &tcp->tcp_) == 0);
  tcp->tcp_.data = tcp.get();
  return tcp;
}

Owned<Tcp> Tcp::adopt(Loop& loop, UniqueFd socket) {
  Owned<Tcp> tcp = create(loop);
  if (uv_tcp_open(&tcp->tcp_, socket.get()) != 0) return nullptr;
  socket.release();
  return tcp;
}

Result<void> Tcp::connect(const sockaddr& address) {
  int failed = uv_tcp_connect(&connect_, &tcp_, &address, [](uv_connect_t* request, int status) {
    auto* tcp = static_cast<Tcp*>(request->handle->data);
    if (tcp->owner_ != nullptr) tcp->owner_->on_connected(status);
  });
  if (failed != 0) return unexpected(uv_strerror(failed), failed);
  return {};
}

void Tcp::start_reading() {
  if (reading_) return;
  reading_ = true;
  auto give_buffer = [](uv_handle_t* handle, std::size_t, uv_buf_t* buffer) {
    auto& scratch = Loop::of(handle->loop).read_buffer();
    *buffer = uv_buf_init(scratch.data(), static_cast<unsigned>(scratch.size()));
  };
  auto take_bytes = [](uv_stream_t* stream, ssize_t count, const uv_buf_t* buffer) {
    auto* tcp = static_cast<Tcp*>(stream->data);
    if (tcp->owner_ == nullptr || count == 0) return;  // 0 is libuv's EAGAIN
    if (count > 0) {
      tcp->owner_->on_read({buffer->base, static_cast<std::size_t>(count)});
      return;
    }
    tcp->stop_reading();
    tcp->owner_->on_read_end(count == UV_EOF ? 0 : static_cast<int>(count));
  };
  int failed = uv_read_start(stream(), give_buffer, take_bytes);
  PLAYGROUND_CHECK(failed == 0 || failed == UV_ENOTCONN);
}

void Tcp::stop_reading() {
  reading_ = false;
  uv_read_stop(stream());
}

bool Tcp::has_unread() const {
  uv_os_fd_t socket = -1;
  char byte = 0;
  return uv_fileno(reinterpret_cast<const uv_handle_t*>(&tcp_), &socket) == 0 &&
         ::recv(socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 1;
}

Tcp::Write Tcp::write(std::string_view head, std::string_view body) {
  std::size_t total = head.size() + body.size();
  if (total == 0) return Write::done;
  std::size_t sent = 0;
  if (queued_bytes_ == 0) {
    uv_buf_t buffers[2] = {buffer_of(head), buffer_of(body)};
    int count = uv_try_write(stream(), buffers, body.empty() ? 1 : 2);
    if (count < 0 && count != UV_EAGAIN) return Write::failed;
    sent = count < 0 ? 0 : static_cast<std::size_t>(count);
    if (sent == total) return Write::done;
  }
  queue(head.substr(std::min(sent, head.size())));
  queue(body.substr(sent > head.size() ? sent - head.size() : 0));
  return flush() ? Write::queued : Write::failed;
}

void Tcp::queue(std::string_view bytes) {
  if (bytes.empty()) return;
  queued_bytes_ += bytes.size();
  waiting_.emplace_back(bytes);
}

bool Tcp::flush() {
  if (!in_flight_.empty() || waiting_.empty()) return true;
  in_flight_ = std::exchange(waiting_, {});
  std::vector<uv_buf_t> buffers;
  for (const std::string& bytes : in_flight_) buffers.push_back(buffer_of(bytes));
  int failed = uv_write(&write_, stream(), buffers.data(), static_cast<unsigned>(buffers.size()),
                        [](uv_write_t* request, int status) {
                          static_cast<Tcp*>(request->handle->data)->on_flushed(status);
                        });
  return failed == 0;
}

void Tcp::on_flushed(int status) {
  for (const std::string& bytes : std::exchange(in_flight_, {})) queued_bytes_ -= bytes.size();
  if (owner_ == nullptr) return;
  if (status == 0 && !waiting_.empty()) {
    if (flush()) return;
    status = UV_EPIPE;
  }
  owner_->on_written(status);
}

std::size_t Tcp::unsent_bytes() const {
  std::size_t unsent = uv_stream_get_write_queue_size(reinterpret_cast<const uv_stream_t*>(&tcp_));
  for (const std::string& bytes : waiting_) unsent += bytes.size();
  return unsent;
}

void Tcp::shutdown_write() {
  if (std::exchange(shut_down_, true)) return;
  // The outcome does not matter: a peer that has gone needs no end of stream.
  uv_shutdown(&shutdown_, stream(), [](uv_shutdown_t*, int) {});
}

void Tcp::reset_on_close() {
  uv_os_fd_t socket = -1;
  linger hard{1, 0};
  if (uv_fileno(raw(), &socket) != 0) return;
  // The outcome does not matter: a socket that takes no option is broken already.
  (void)::setsockopt(socket, SOL_SOCKET, SO_LINGER, &hard, sizeof(hard));
}

std::string Tcp::peer() const {
  sockaddr_storage address{};
  int size = sizeof(address);
  if (uv_tcp_getpeername(&tcp_, reinterpret_cast<sockaddr*>(&address), &size) != 0) return {};
  return address_text(address);
}

std::string address_text(const sockaddr_storage& address) {
  char host[INET6_ADDRSTRLEN] = {};
  if (address.ss_family == AF_INET6) {
    const auto& v6 = reinterpret_cast<const sockaddr_in6&>(address);
    uv_ip6_name(&v6, host, sizeof(host));
    return "[" + std::string(host) + "]:" + std::to_string(ntohs(v6.sin6_port));
  }
  const auto& v4 = reinterpret_cast<const sockaddr_in&>(address);
  uv_ip4_name(&v4, host, sizeof(host));
  return std::string(host) + ":" + std::to_string(ntohs(v4.sin_port));
}

}  // namespace playground::uv
