// Proxy: sends each request to the backend whose turn it is and hands back its reply as it comes.
// What has not begun to be answered may be sent again, to another one (outcome.h).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/recycled.h"
#include "base/result.h"
#include "base/ticket.h"
#include "dns/resolver.h"
#include "upstream/balancer.h"
#include "upstream/reply_start.h"
#include "upstream/retry_budget.h"

namespace playground::upstream {

class Proxy {
 public:
  // What goes to the backend: a POST, or a question without a body.
  struct Request {
    std::string path;
    std::string body;
    http::ShortText type = "application/json";  // Content-Type; empty: none
    http::ShortText accept{};                   // the caller's Accept; empty: none
    std::string client{};  // the caller's address in numbers, for X-Forwarded-For; empty: none
    std::string caller{};  // who that is, where the address does not tell; empty: it does
    http::ShortText id{};  // for X-Request-Id; empty: none
    std::string_view method = "POST";  // static text
  };
  struct Reply {
    std::string backend;  // the name of the one that answered, or failed last; empty: none had room
    int retries = 0;      // how often the request was sent again
    Result<ReplyStart, Failure> start;
  };

  // Whoever waits for a reply: on_reply() comes exactly once, unless the Ticket is dropped before.
  // Where the reply it brings is not whole, on_body() follows until `last`, or on_broken(). Each
  // call may end with the Ticket dropped, and nothing comes after that.
  class Receiver {
   public:
    virtual void on_reply(Reply reply) = 0;
    virtual void on_body(std::string bytes, bool last) = 0;
    // The rest of a reply that has begun will not come.
    virtual void on_broken(Failure failure) = 0;

   protected:
    ~Receiver() = default;
  };

  // The right to a reply. Dropping it closes the connection, which ends the program at the backend.
  class Ticket : public playground::Ticket<Proxy> {
   public:
    using playground::Ticket<Proxy>::Ticket;

    // For a reply that comes faster than it can be passed on: on_body() rests until resume(), but
    // for what was read already.
    void pause();
    void resume();
  };

  // At least one backend. `shared`: with the proxies of other loops; null for none. It and the
  // observer outlive this.
  Proxy(uv::Loop& loop, std::vector<Backend> backends, const Upstream::Options& options,
        Observer& observer, dns::ResolverOptions resolver = {}, SharedState* shared = nullptr);
  ~Proxy();

  // Never calls back before it returns. The Proxy and the Receiver outlive the Ticket.
  Ticket send(Request request, Receiver& receiver);

  Balancer& balancer() { return balancer_; }

  struct Snapshot {
    std::vector<Upstream::Snapshot> backends;
    std::uint64_t retries = 0;          // how often a request was sent again
    std::uint64_t retries_refused = 0;  // … and was not, because the budget was used up
    std::uint64_t retry_budget = 0;     // what it grants in ten seconds, as of now
    std::uint64_t retry_budget_used = 0;
    std::uint64_t panics = 0;  // turns that were taken with no backend healthy
    std::uint64_t busy = 0;    // requests that no backend had room for
  };
  Snapshot snapshot();

 private:
  friend playground::Ticket<Proxy>;
  class Call;

  void cancel(std::uint64_t id);
  Call* find(std::uint64_t id);

  // Takes a call out that has come to its end: the Receiver may send another request, or drop its
  // Ticket.
  std::unique_ptr<Call> finish(std::uint64_t id);
  bool may_retry(Retry retry, TimePoint now);

  uv::Loop& loop_;
  Observer& observer_;
  std::unique_ptr<SharedState> own_;  // where none is shared
  SharedState& shared_;
  dns::Resolver resolver_;
  Balancer balancer_;
  RetryBudget budget_;
  std::uint64_t retries_ = 0;
  std::uint64_t retries_refused_ = 0;
  std::uint64_t busy_ = 0;
  RecycledHashMap<std::uint64_t, std::unique_ptr<Call>> calls_;
  std::uint64_t next_id_ = 1;
};

}  // namespace playground::upstream
