#include "uv/resolver.h"

#include <cstring>
#include <string>
#include <utility>

namespace playground::uv {

struct Lookup::Request {
  uv_getaddrinfo_t raw{};
  Lookup* owner = nullptr;
  Callback on_done;
  std::string host;

  static void done(uv_getaddrinfo_t* raw, int status, addrinfo* list) {
    std::unique_ptr<Request> request(static_cast<Request*>(raw->data));
    std::unique_ptr<addrinfo, decltype(&uv_freeaddrinfo)> results(list, &uv_freeaddrinfo);
    if (request->owner == nullptr) return;
    request->owner->request_ = nullptr;
    request->on_done(collect(request->host, status, list));
  }

  static Result<Addresses> collect(const std::string& host, int status, const addrinfo* list) {
    if (status != 0)
      return unexpected("can't resolve " + host + ": " + uv_strerror(status), status);
    Addresses addresses;
    for (; list != nullptr; list = list->ai_next) {
      sockaddr_storage address{};
      std::memcpy(&address, list->ai_addr,
                  std::min<std::size_t>(list->ai_addrlen, sizeof(address)));
      addresses.push_back(address);
    }
    if (addresses.empty()) return unexpected("can't resolve " + host + ": no address");
    return addresses;
  }
};

std::unique_ptr<Lookup> Lookup::start(Loop& loop, const Endpoint& endpoint, Callback on_done) {
  auto* request = new Request();
  request->raw.data = request;
  request->on_done = std::move(on_done);
  request->host = endpoint.host;
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  std::string port = std::to_string(endpoint.port);
  std::unique_ptr<Lookup> lookup(new Lookup(request));
  request->owner = lookup.get();
  // Fails only for names that are too long, which the configuration has refused, and for want of
  // memory.
  int failed = uv_getaddrinfo(loop.raw(), &request->raw, &Request::done, endpoint.host.c_str(),
                              port.c_str(), &hints);
  PLAYGROUND_CHECK(failed == 0);
  return lookup;
}

Lookup::~Lookup() {
  if (request_ == nullptr) return;
  request_->owner = nullptr;
  uv_cancel(reinterpret_cast<uv_req_t*>(&request_->raw));
}

}  // namespace playground::uv
