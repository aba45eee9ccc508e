#include "test/unit/dns/name_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>

#include "base/check.h"

namespace playground::dns {
namespace {

constexpr std::size_t kHeader = 12;
constexpr std::uint16_t kA = 1;
constexpr std::uint16_t kCname = 5;
constexpr std::uint16_t kAaaa = 28;
constexpr std::uint16_t kIn = 1;

void put16(std::string& out, std::uint16_t value) {
  out += static_cast<char>(value >> 8);
  out += static_cast<char>(value & 0xff);
}

std::string labels(const std::string& name) {
  std::string out;
  std::size_t from = 0;
  while (from < name.size()) {
    std::size_t dot = std::min(name.find('.', from), name.size());
    out += static_cast<char>(dot - from);
    out += name.substr(from, dot - from);
    from = dot + 1;
  }
  return out + '\0';
}

// The name of a question, whose length in bytes goes to `size`.
std::string name_at(const std::string& message, std::size_t& size) {
  std::string name;
  std::size_t at = kHeader;
  while (message[at] != '\0') {
    auto length = static_cast<unsigned char>(message[at]);
    if (!name.empty()) name += '.';
    name += message.substr(at + 1, length);
    at += length + std::size_t{1};
  }
  size = at + 1 - kHeader;
  return name;
}

struct Data {
  std::uint16_t type;
  std::string bytes;
};

Data data_of(const std::string& value) {
  char bytes[16];
  if (inet_pton(AF_INET, value.c_str(), bytes) == 1) return {kA, std::string(bytes, 4)};
  if (inet_pton(AF_INET6, value.c_str(), bytes) == 1) return {kAaaa, std::string(bytes, 16)};
  return {kCname, labels(value)};
}

std::string resource(const std::string& name, const Data& data, std::uint32_t ttl) {
  std::string out = labels(name);
  put16(out, data.type);
  put16(out, kIn);
  put16(out, static_cast<std::uint16_t>(ttl >> 16));
  put16(out, static_cast<std::uint16_t>(ttl & 0xffff));
  put16(out, static_cast<std::uint16_t>(data.bytes.size()));
  return out + data.bytes;
}

}  // namespace

NameServer::NameServer(uv::Loop& loop)
    : socket_(::socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) {
  sockaddr_in any{};
  any.sin_family = AF_INET;
  any.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  PLAYGROUND_CHECK(::bind(socket_.get(), reinterpret_cast<sockaddr*>(&any), sizeof(any)) == 0);
  poll_ = uv::Poll::create(loop, socket_.get(), [this](int) { on_question(); });
  poll_->start(UV_READABLE);
}

std::string NameServer::address() const {
  sockaddr_in bound{};
  socklen_t size = sizeof(bound);
  PLAYGROUND_CHECK(::getsockname(socket_.get(), reinterpret_cast<sockaddr*>(&bound), &size) == 0);
  return "127.0.0.1:" + std::to_string(ntohs(bound.sin_port));
}

std::size_t NameServer::times_asked(const std::string& name) const {
  return static_cast<std::size_t>(std::count(asked.begin(), asked.end(), name));
}

void NameServer::on_question() {
  char bytes[512];
  sockaddr_in from{};
  socklen_t size = sizeof(from);
  auto* sender = reinterpret_cast<sockaddr*>(&from);
  ssize_t count = ::recvfrom(socket_.get(), bytes, sizeof(bytes), 0, sender, &size);
  if (count < static_cast<ssize_t>(kHeader)) return;
  auto answer = reply(std::string(bytes, static_cast<std::size_t>(count)));
  if (answer) ::sendto(socket_.get(), answer->data(), answer->size(), 0, sender, size);
}

// RFC 1035, 4.1: the question goes back with the answers behind it.
std::optional<std::string> NameServer::reply(const std::string& question) {
  std::size_t name_size = 0;
  std::string name = name_at(question, name_size);
  asked.push_back(name);
  if (silent) return std::nullopt;
  std::string type = question.substr(kHeader + name_size, 2);
  if (drops_v6 && static_cast<std::uint16_t>(type[1]) == kAaaa) return std::nullopt;
  auto found = records.find(name);
  std::string answers;
  std::uint16_t count = 0;
  while (found != records.end() && !failing) {
    std::string alias;
    for (const Record& record : found->second) {
      Data data = data_of(record.value);
      if (data.type == kCname) alias = record.value;
      bool wanted = data.type == kCname || static_cast<char>(data.type) == type[1];
      if (!wanted) continue;
      answers += resource(found->first, data, record.ttl);
      ++count;
    }
    if (alias.empty()) break;
    found = records.find(alias);
  }
  std::uint16_t code = failing ? 2 : records.contains(name) ? 0 : 3;
  std::string out = question.substr(0, 2);
  put16(out, static_cast<std::uint16_t>(0x8180 | code));
  put16(out, 1);
  put16(out, count);
  put16(out, 0);
  put16(out, 0);
  return out + question.substr(kHeader, name_size + 4) + answers;
}

}  // namespace playground::dns
