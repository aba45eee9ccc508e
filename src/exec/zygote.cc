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

// Messages taken in one turn of the loop.
constexpr int kMessageBudget = 32;

// A library that floods stderr while it is imported shall not fill our memory.
constexpr std::size_t kMaxLine = 4096;

union Message {
  protocol::Kind kind;
  protocol::Hello hello;
  protocol::Spawned spawned;
  protocol::SpawnFailed failed;
  Message() : hello() {}
};

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
  int input[2];
  int log[2];
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, control) != 0) {
    return unexpected("no control socket: " + errno_text(errno), errno);
  }
  UniqueFd ours(control[0]);
  UniqueFd theirs(control[1]);
  // Python sizes its buffers by what its streams are when it starts: pipes, as the workers' will
  // be.
  if (::pipe2(input, O_CLOEXEC) != 0) return unexpected("no pipe: " + errno_text(errno), errno);
  UniqueFd stdin_read(input[0]);
  UniqueFd stdin_write(input[1]);
  if (::pipe2(log, O_CLOEXEC) != 0) return unexpected("no pipe: " + errno_text(errno), errno);
  UniqueFd log_read(log[0]);
  UniqueFd log_write(log[1]);
  set_nonblocking(ours.get());
  set_nonblocking(log_read.get());

  std::unique_ptr<Zygote> zygote(new Zygote(std::move(ours), std::move(log_read), owner));
  uv::Process::Options process;
  process.file = options.python;
  process.arguments = {options.python, "-c", protocol::kBootstrap, options.module};
  process.environment = {"PATH=/usr/bin:/bin", "LANG=C.UTF-8", "HOME=/", "TMPDIR=/",
                         protocol::kBindNow + std::string("=1")};
  process.descriptors = {stdin_read.get(), log_write.get(), log_write.get(), theirs.get()};
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
  return true;
}

void Zygote::on_control() {
  for (int i = 0; i < kMessageBudget; ++i) {
    // With the last answer that is due there is nothing more to ask the socket for.
    if (!receive() || owed_ == 0) return;
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
