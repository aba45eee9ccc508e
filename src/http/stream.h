// Stream: a reply under way, of which the head has been given. Dropped without end() it breaks the
// connection, so that the client can't take what it has for the whole.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "http/responder.h"

namespace playground::http {

class Stream {
 public:
  enum class Then { keep, close };

  Stream() = default;  // none
  Stream(Stream&&) noexcept = default;
  Stream& operator=(Stream&&) noexcept;
  ~Stream();

  // There is a reply that waits for its end. Also true when the client has gone.
  bool open() const { return link_ != nullptr; }

  // Sends the next bytes of the body, or keeps them until the client takes them. Returns whether
  // more may be written now: where the client is slow, at 64 KiB that have not left, on_drained()
  // tells when. Nothing happens when the client has gone. Calls nobody back.
  bool write(std::string bytes);

  // As Responder::exchange(), until the end.
  Exchange* exchange();

  // The body is whole with these bytes; at most once. `close` ends the connection behind it. Where
  // the head had declared more, this breaks the connection.
  void end(std::string last = {}, Then then = Then::keep);

  // Called each time that write() may go on after it had said no.
  void on_drained(std::function<void()> callback);

  // Called at most once, when the client leaves before the end, or does not take what was written
  // within the server's write time-out. Replaces Responder::on_gone(). May drop the Stream.
  void on_gone(std::function<void()> callback);

 private:
  friend class Responder;
  explicit Stream(std::unique_ptr<Responder::Link> link) : link_(std::move(link)) {}

  std::unique_ptr<Responder::Link> link_;
};

}  // namespace playground::http
