#include "exec/zygote.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <utility>

#include "base/check.h"
#include "base/text.h"
#include "pool/bootstrap.h"

namespace playground::exec {
namespace {

// Records taken in one turn of the loop.
constexpr std::size_t kReadyBudget = 32;

// A worker is ready long before, and what its zygote has told is read then: nobody is woken up for
// it. An order that came to nothing is heard of so late.
constexpr milliseconds kLate{20};

// A library that floods stderr while it is imported shall not fill our memory.
constexpr std::size_t kMaxLine = 4096;

union Message {
  protocol::Kind kind;
  protocol::Hello hello;
  protocol::Spawned spawned;
  protocol::SpawnFailed failed;
  Message() : hello() {}
};

struct Pipe {
  UniqueFd read;
  UniqueFd write;
};

Result<Pipe> open_pipe() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return unexpected("no pipe: " + errno_text(errno), errno);
  return Pipe{UniqueFd(ends[0]), UniqueFd(ends[1])};
}

void set_nonblocking(int fd) {
  ::fcntl(fd, F_SETFL, O_NONBLOCK);
}

std::array<UniqueFd, protocol::kSpawnedFds> take_descriptors(msghdr& header) {
  std::array<UniqueFd, protocol::kSpawnedFds> taken;
  for (cmsghdr* item = CMSG_FIRSTHDR(&header); item != nullptr; item = CMSG_NXTHDR(&header, item)) {
    if (item->cmsg_level != SOL_SOCKET || item->cmsg_type != SCM_RIGHTS) continue;
    int fds[protocol::kSpawnedFds];
    std::size_t size = item->cmsg_len - CMSG_LEN(0);
    PLAYGROUND_CHECK(size <= sizeof(fds));
    std::memcpy(fds, CMSG_DATA(item), size);
    for (std::size_t i = 0; i < size / sizeof(int); ++i) taken[i].reset(fds[i]);
  }
  return taken;
}

}  // namespace

Result<std::unique_ptr<Zygote>> Zygote::start(uv::Loop& loop, const ZygoteOptions& options,
                                              Owner& owner) {
  int control[2];
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, control) != 0) {
    return unexpected("no control socket: " + errno_text(errno), errno);
  }
  UniqueFd ours(control[0]);
  UniqueFd theirs(control[1]);
  auto ready = open_pipe();
  if (!ready) return Unexpected<Error>{ready.error()};
  // Python sizes its buffers by what its streams are when it starts: pipes, as the workers' will
  // be.
  auto input = open_pipe();
  if (!input) return Unexpected<Error>{input.error()};
  auto log = open_pipe();
  if (!log) return Unexpected<Error>{log.error()};
  for (const UniqueFd* end : {&ours, &ready->read, &log->read}) set_nonblocking(end->get());

  std::unique_ptr<Zygote> zygote(
      new Zygote(std::move(ours), std::move(ready->read), std::move(log->read), owner));
  uv::Process::Options process;
  process.file = options.python;
  process.arguments = {options.python, "-c", protocol::kBootstrap, options.module};
  process.environment = {"PATH=/usr/bin:/bin", "LANG=C.UTF-8", "HOME=/", "TMPDIR=/",
                         protocol::kBindNow + std::string("=1")};
  process.descriptors = {input->read.get(), log->write.get(), log->write.get(), theirs.get(),
                         ready->write.get()};
  Zygote* raw = zygote.get();
  auto spawned = uv::Process::spawn(loop, process, [raw](uv::Exit exit) {
    raw->on_log();
    raw->owner_.on_zygote_ended(*raw, exit);
  });
  if (!spawned) return Unexpected<Error>{spawned.error()};
  zygote->process_ = std::move(*spawned);
  if (auto sent = zygote->configure(options); !sent) return Unexpected<Error>{sent.error()};
  zygote->watch(loop);
  return zygote;
}

Result<void> Zygote::configure(const ZygoteOptions& options) {
  protocol::Configure message;
  message.file_bytes = options.file_bytes;
  message.open_files = options.open_files;
  message.uid = options.uid;
  message.tier_max = options.sandbox_max;
  message.landlock_abi_max = options.landlock_abi_max;
  message.flatten = options.flatten ? 1 : 0;
  message.keep_stdlib = options.keep_stdlib ? 1 : 0;
  message.slots = options.mount.empty() ? 0 : static_cast<std::uint32_t>(options.slots);
  message.scratch_bytes = options.scratch_bytes;
  message.scratch_entries = options.scratch_entries;
  if (options.scratch.size() >= sizeof(message.scratch) ||
      options.mount.size() >= sizeof(message.mount))
    return unexpected("scratch path is too long");
  std::memcpy(message.scratch, options.scratch.data(), options.scratch.size());
  std::memcpy(message.mount, options.mount.data(), options.mount.size());
  if (options.home.size() >= sizeof(message.home))
    return unexpected("the zygote's home path is too long");
  std::memcpy(message.home, options.home.data(), options.home.size());
  if (options.preload.size() >= sizeof(message.preload))
    return unexpected("preload list is too long");
  std::memcpy(message.preload, options.preload.data(), options.preload.size());
  if (::send(control_.get(), &message, sizeof(message), MSG_NOSIGNAL) < 0) {
    return unexpected("can't configure the zygote: " + errno_text(errno), errno);
  }
  return {};
}

void Zygote::watch(uv::Loop& loop) {
  control_poll_ = uv::Poll::create(loop, control_.get(), [this](int) { on_control(); });
  control_poll_->start(UV_READABLE);
  late_ = uv::Timer::create(loop, [this] { take_answers(); });
  ready_poll_ = uv::Poll::create(loop, ready_.get(), [this](int) { on_ready(); });
  ready_poll_->start(UV_READABLE);
  log_poll_ = uv::Poll::create(loop, log_.get(), [this](int) { on_log(); });
  log_poll_->start(UV_READABLE);
}

bool Zygote::order(std::uint64_t id, const std::string& folder, int slot, bool patient) {
  protocol::Spawn message;
  message.slot = slot;
  message.id = id;
  message.patient = patient ? 1 : 0;
  PLAYGROUND_CHECK(folder.size() < sizeof(message.folder));
  std::memcpy(message.folder, folder.data(), folder.size());
  if (::send(control_.get(), &message, sizeof(message), MSG_NOSIGNAL) != sizeof(message)) {
    return false;
  }
  ++owed_;
  if (!late_->active()) late_->start(kLate);
  return true;
}

// Until it has said hello, and when a worker was ready before its zygote had told of it. Else what
// comes here is read when it is wanted.
void Zygote::on_control() {
  receive();
  if (early_.empty()) return;
  std::erase_if(early_, [this](const auto& ready) { return owner_.on_ready(*this, ready); });
  if (early_.empty() && control_poll_) control_poll_->stop();
}

void Zygote::take_answers() {
  // With the last answer that is due there is nothing more to ask the socket for.
  while (owed_ > 0 && receive()) {
  }
  if (owed_ > 0) late_->start(kLate);
}

void Zygote::on_ready() {
  protocol::Ready records[kReadyBudget];
  ssize_t size = ::read(ready_.get(), records, sizeof(records));
  if (size == 0) ready_poll_.reset();  // all are gone: the process's end tells
  for (ssize_t i = 0; i < size / static_cast<ssize_t>(sizeof(records[0])); ++i) {
    // Anything else in this pipe means that module and server are of two builds.
    PLAYGROUND_CHECK(records[i].magic == protocol::Ready::kMagic);
    take_ready(records[i]);
  }
}

void Zygote::take_ready(const protocol::Ready& ready) {
  while (!owner_.on_ready(*this, ready)) {
    if (receive()) continue;
    early_.push_back(ready);
    if (control_poll_) control_poll_->start(UV_READABLE);
    return;
  }
}

// Takes one message; false when there is no further one.
bool Zygote::receive() {
  Message message;
  alignas(cmsghdr) char ancillary[CMSG_SPACE(sizeof(int) * protocol::kSpawnedFds)];
  iovec part{&message, sizeof(message)};
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  header.msg_control = ancillary;
  header.msg_controllen = sizeof(ancillary);
  ssize_t size = ::recvmsg(control_.get(), &header, MSG_CMSG_CLOEXEC);
  if (size < 0 && (errno == EAGAIN || errno == EINTR)) return errno == EINTR;
  if (size <= 0) {  // it has closed or died: the process's end tells
    control_poll_.reset();
    return false;
  }
  auto fds = take_descriptors(header);
  switch (message.kind) {
    case protocol::Kind::hello:
      PLAYGROUND_CHECK(message.hello.version == protocol::kVersion);
      control_poll_->stop();
      owner_.on_zygote_ready(*this, message.hello, std::move(fds[0]));
      return true;
    case protocol::Kind::spawned:
      --owed_;
      owner_.on_spawned(*this, message.spawned.id,
                        WorkerParts{message.spawned.pid, std::move(fds[0]), std::move(fds[1]),
                                    std::move(fds[2]), std::move(fds[3]), std::move(fds[4])});
      return true;
    case protocol::Kind::spawn_failed:
      --owed_;
      owner_.on_spawn_failed(*this, message.failed.id, message.failed.error);
      return true;
    case protocol::Kind::configure:
    case protocol::Kind::spawn:
      break;
  }
  PLAYGROUND_CHECK(false);
  return false;
}

void Zygote::on_log() {
  char chunk[4096];
  ssize_t count = ::read(log_.get(), chunk, sizeof(chunk));
  if (count == 0) log_poll_.reset();
  for (ssize_t i = 0; i < count; ++i) {
    if (chunk[i] != '\n' && log_line_.size() < kMaxLine) {
      log_line_ += chunk[i];
      continue;
    }
    owner_.on_zygote_line(*this, std::exchange(log_line_, {}));
  }
}

}  // namespace playground::exec
