#include "http/responder.h"

#include <utility>

#include "http/connection.h"
#include "http/stream.h"

namespace playground::http {

Responder::Responder(Connection& connection)
    : link_(std::make_unique<Link>()), since_(Clock::now()) {
  link_->connection = &connection;
  connection.link_ = link_.get();
}

Responder::Responder(Responder&&) noexcept = default;

Responder& Responder::operator=(Responder&& other) noexcept {
  if (this == &other) return *this;
  // What this one owes is settled first.
  Responder old(std::move(*this));
  link_ = std::move(other.link_);
  since_ = other.since_;
  return *this;
}

Responder::~Responder() {
  if (link_ == nullptr || link_->connection == nullptr) return;
  respond(Response::error(500, "internal", "the request was dropped without an answer"));
}

void Responder::respond(Response response) {
  auto link = std::move(link_);
  if (link != nullptr && link->connection != nullptr)
    link->connection->on_answer(std::move(response));
}

Stream Responder::begin(Response head, std::optional<std::uint64_t> length) {
  Connection* connection = link_ == nullptr ? nullptr : link_->connection;
  Stream stream(std::move(link_));
  if (connection != nullptr) connection->on_begin(std::move(head), length);
  return stream;
}

void Responder::on_gone(std::function<void()> callback) {
  if (link_ != nullptr) link_->gone = std::move(callback);
}

Exchange* Responder::exchange() {
  return link_ != nullptr && link_->connection != nullptr ? &link_->connection->exchange_ : nullptr;
}

bool Responder::answered() const {
  return link_ == nullptr;
}

}  // namespace playground::http
