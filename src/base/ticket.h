// Ticket: the right to something that its Owner keeps under a number. Dropping it gives it back, by
// Owner::cancel(id); an Owner outlives its tickets.
#pragma once

#include <cstdint>
#include <utility>

namespace playground {

template <typename Owner>
class Ticket {
 public:
  // To nothing.
  Ticket() = default;
  Ticket(Owner* owner, std::uint64_t id) : owner_(owner), id_(id) {}
  Ticket(Ticket&& other) noexcept : owner_(std::exchange(other.owner_, nullptr)), id_(other.id_) {}
  Ticket& operator=(Ticket&& other) noexcept {
    if (this != &other) {
      cancel();
      owner_ = std::exchange(other.owner_, nullptr);
      id_ = other.id_;
    }
    return *this;
  }
  ~Ticket() { cancel(); }

 protected:
  Owner* owner() const { return owner_; }
  std::uint64_t id() const { return id_; }

 private:
  void cancel() {
    if (Owner* owner = std::exchange(owner_, nullptr)) owner->cancel(id_);
  }

  Owner* owner_ = nullptr;
  std::uint64_t id_ = 0;
};

}  // namespace playground
