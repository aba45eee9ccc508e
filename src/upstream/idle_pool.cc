#include "upstream/idle_pool.h"

#include <algorithm>
#include <utility>

namespace playground::upstream {
namespace {

constexpr milliseconds kExpiryInterval{1000};

}  // namespace

IdlePool::IdlePool(uv::Loop& loop, const dns::Name& name, const Options& options)
    : name_(name), options_(options), expiry_(uv::Timer::create(loop, [this] { expire(); })) {}

std::unique_ptr<Connection> IdlePool::get(Connection::Owner& owner) {
  if (idle_.empty()) return nullptr;
  auto connection = std::move(idle_.back().connection);
  idle_.pop_back();
  connection->set_owner(owner);
  return connection;
}

void IdlePool::put(std::unique_ptr<Connection> connection) {
  TimePoint now = Clock::now();
  bool keep = connection->reusable() && now - connection->opened_at() < options_.max_age &&
              !moved(*connection);
  if (!keep || idle_.size() >= options_.max_idle) return;
  connection->set_owner(*this);
  idle_.push_back({std::move(connection), now});
  if (!expiry_->active()) expiry_->repeat(kExpiryInterval);
}

void IdlePool::drop_moved() {
  std::erase_if(idle_, [&](const Entry& entry) { return moved(*entry.connection); });
}

bool IdlePool::moved(const Connection& connection) const {
  return !dns::holds(name_.addresses(), connection.address());
}

void IdlePool::drop(Connection& connection) {
  auto entry = std::find_if(idle_.begin(), idle_.end(),
                            [&](const Entry& e) { return e.connection.get() == &connection; });
  if (entry != idle_.end()) idle_.erase(entry);
}

void IdlePool::expire() {
  TimePoint now = Clock::now();
  std::erase_if(idle_, [&](const Entry& entry) {
    return now - entry.since >= options_.max_idle_time ||
           now - entry.connection->opened_at() >= options_.max_age;
  });
  if (idle_.empty()) expiry_->stop();
}

}  // namespace playground::upstream
