#include "client.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <cerrno>

namespace playground::http {

Client::Client(uv::Loop& loop, const Endpoint& server)
    : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(server.port);
  ::inet_pton(AF_INET, server.host.c_str(), &address.sin_addr);
  EXPECT_EQ(::connect(fd_.get(), reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
  EXPECT_EQ(::fcntl(fd_.get(), F_SETFL, O_NONBLOCK), 0);
  poll_ = uv::Poll::create(loop, fd_.get(), [this](int events) { on_ready(events); });
  watch();
}

void Client::send(std::string_view bytes) {
  outbox_ += bytes;
  flush();
}

void Client::shutdown() {
  ::shutdown(fd_.get(), SHUT_WR);
}

void Client::reset() {
  linger hard{1, 0};
  ::setsockopt(fd_.get(), SOL_SOCKET, SO_LINGER, &hard, sizeof(hard));
  poll_.reset();
  fd_.reset();
}

void Client::pause() {
  reading_ = false;
  watch();
}

void Client::resume() {
  reading_ = true;
  watch();
}

std::size_t Client::count(std::string_view text) const {
  std::size_t count = 0;
  for (std::size_t at = received_.find(text); at != std::string::npos;
       at = received_.find(text, at + text.size())) {
    ++count;
  }
  return count;
}

void Client::on_ready(int events) {
  if ((events & UV_WRITABLE) != 0) flush();
  if ((events & UV_READABLE) == 0 || !reading_ || ended_) return;
  char buffer[65536];
  ssize_t count = ::recv(fd_.get(), buffer, sizeof(buffer), 0);
  if (count > 0) {
    received_.append(buffer, static_cast<std::size_t>(count));
  } else if (count == 0 || errno != EAGAIN) {
    ended_ = true;
    was_reset_ = count < 0;
    watch();
  }
}

void Client::flush() {
  while (!outbox_.empty()) {
    ssize_t count = ::send(fd_.get(), outbox_.data(), outbox_.size(), MSG_NOSIGNAL);
    if (count < 0) {
      if (errno == EAGAIN) break;
      cut_off_ = true;
      outbox_.clear();
      break;
    }
    outbox_.erase(0, static_cast<std::size_t>(count));
  }
  watch();
}

void Client::watch() {
  if (!poll_) return;
  int events = (reading_ && !ended_ ? UV_READABLE : 0) | (outbox_.empty() ? 0 : UV_WRITABLE);
  if (events == 0) {
    poll_->stop();
  } else {
    poll_->start(events);
  }
}

}  // namespace playground::http
