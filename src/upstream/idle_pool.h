// IdlePool: connections to one backend that wait for their next request. The youngest is used
// first, so that what is not needed grows old and goes.
#pragma once

#include <deque>
#include <memory>

#include "upstream/connection.h"

namespace playground::upstream {

class IdlePool final : private Connection::Owner {
 public:
  struct Options {
    std::size_t max_idle = 1024;
    milliseconds max_idle_time{50'000};  // below the backend's own idle time-out
    milliseconds max_age{60'000};        // so that connections follow a roll-out
  };

  // The connections are to `name`, which outlives the pool.
  IdlePool(uv::Loop& loop, const dns::Name& name, const Options& options);

  // A connection that can be used at once, or none.
  std::unique_ptr<Connection> get(Connection::Owner& owner);
  // Keeps a connection that is reusable, or drops it.
  void put(std::unique_ptr<Connection> connection);

  // Drops those that lead to where the name no longer does.
  void drop_moved();

  std::size_t size() const { return idle_.size(); }

 private:
  struct Entry {
    std::unique_ptr<Connection> connection;
    TimePoint since;
  };

  void on_connected(Connection&) override {}
  void on_reply(Connection& connection, ReplyStart) override { drop(connection); }
  void on_body(Connection& connection, std::string, bool) override { drop(connection); }
  void on_failed(Connection& connection, Failure) override { drop(connection); }
  bool moved(const Connection& connection) const;
  void drop(Connection& connection);
  void expire();

  const dns::Name& name_;
  Options options_;
  std::deque<Entry> idle_;  // the longest idle first
  uv::Owned<uv::Timer> expiry_;
};

}  // namespace playground::upstream
