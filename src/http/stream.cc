#include "http/stream.h"

#include <utility>

#include "http/connection.h"

namespace playground::http {

Stream& Stream::operator=(Stream&& other) noexcept {
  if (this == &other) return *this;
  // What this one owes is settled first.
  Stream old(std::move(*this));
  link_ = std::move(other.link_);
  return *this;
}

Stream::~Stream() {
  if (link_ == nullptr || link_->connection == nullptr) return;
  link_->connection->on_dropped();
}

bool Stream::write(std::string bytes) {
  if (link_ == nullptr || link_->connection == nullptr) return true;
  return link_->connection->on_piece(std::move(bytes));
}

Exchange* Stream::exchange() {
  return link_ != nullptr && link_->connection != nullptr ? &link_->connection->exchange_ : nullptr;
}

void Stream::end(std::string last, Then then) {
  auto link = std::move(link_);
  if (link == nullptr || link->connection == nullptr) return;
  link->connection->on_end(std::move(last), then == Then::close);
}

void Stream::on_drained(std::function<void()> callback) {
  if (link_ != nullptr) link_->drained = std::move(callback);
}

void Stream::on_gone(std::function<void()> callback) {
  if (link_ != nullptr) link_->gone = std::move(callback);
}

}  // namespace playground::http
