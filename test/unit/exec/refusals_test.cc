// With a child of the test's own, whose filter refuses getppid.
#include "exec/refusals.h"

#include <errno.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstddef>
#include <cstring>

#include "pool/protocol.h"

namespace playground::exec {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// What a child does to be refused; each returns its exit code.
int refused_once() {
  return ::syscall(SYS_getppid) == -1 && errno == EPERM ? 0 : 1;
}
int refused_nothing() {
  return 0;
}
int refused_for_ever() {
  ::signal(protocol::kFlushSignal, SIG_IGN);
  while (true) ::syscall(SYS_getppid);
}
int refused_for_ever_and_hears() {
  while (true) ::syscall(SYS_getppid);
}
int names_another() {
  return ::syscall(SYS_prctl, protocol::kRefusedOption, SYS_kill, 0, 0, 0) == -1 ? 0 : 1;
}

int install_filter() {
  sock_filter code[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_getppid, 3, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_prctl, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF),
  };
  sock_fprog program{static_cast<unsigned short>(std::size(code)), code};
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -1;
  return static_cast<int>(
      ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program));
}

void send_fd(int socket, int fd) {
  char byte = 0;
  iovec part{&byte, 1};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  header.msg_control = control;
  header.msg_controllen = sizeof(control);
  cmsghdr* item = CMSG_FIRSTHDR(&header);
  item->cmsg_level = SOL_SOCKET;
  item->cmsg_type = SCM_RIGHTS;
  item->cmsg_len = CMSG_LEN(sizeof(int));
  std::memcpy(CMSG_DATA(item), &fd, sizeof(fd));
  ::sendmsg(socket, &header, 0);
}

UniqueFd receive_fd(int socket) {
  char byte = 0;
  iovec part{&byte, 1};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  header.msg_control = control;
  header.msg_controllen = sizeof(control);
  if (::recvmsg(socket, &header, MSG_CMSG_CLOEXEC) <= 0) return UniqueFd();
  cmsghdr* item = CMSG_FIRSTHDR(&header);
  int fd = -1;
  if (item != nullptr) std::memcpy(&fd, CMSG_DATA(item), sizeof(fd));
  return UniqueFd(fd);
}

class RefusalsTest : public ::testing::Test {
 protected:
  // Runs `body` in a child whose refused calls are served; returns its pid and how it ended.
  struct Child {
    int pid = 0;
    int status = 0;
  };
  Child run(int (*body)(), bool as_zygote = false) {
    int ends[2];
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
    UniqueFd ours(ends[0]);
    UniqueFd theirs(ends[1]);
    Child child;
    child.pid = ::fork();
    if (child.pid == 0) {
      int listener = install_filter();
      send_fd(theirs.get(), listener);
      ::close(listener);
      ::_exit(body());
    }
    UniqueFd listener = receive_fd(ours.get());
    EXPECT_TRUE(listener) << "no user notification to be had";
    EXPECT_TRUE(refusals_.serve(std::move(listener), as_zygote ? child.pid : 0));
    ::waitpid(child.pid, &child.status, 0);
    return child;
  }

  Refusals refusals_;
};

TEST_F(RefusalsTest, AnswersEpermAndRecordsTheName) {
  Child child = run(refused_once);
  EXPECT_EQ(child.status, 0);
  EXPECT_THAT(refusals_.take(child.pid).names, ElementsAre("getppid"));
  EXPECT_THAT(refusals_.take(child.pid).names, IsEmpty());
}

TEST_F(RefusalsTest, HasNothingOfAProcessThatWasRefusedNothing) {
  Child other = run(refused_once);
  Child child = run(refused_nothing);
  EXPECT_THAT(refusals_.take(child.pid).names, IsEmpty());
  EXPECT_THAT(refusals_.take(other.pid).names, ElementsAre("getppid"));
}

TEST_F(RefusalsTest, TakesTheNameFromTheMarker) {
  Child child = run(names_another);
  EXPECT_EQ(child.status, 0);
  EXPECT_THAT(refusals_.take(child.pid).names, ElementsAre("kill"));
}

TEST_F(RefusalsTest, RecordsNothingOfTheZygoteItself) {
  Child child = run(refused_once, true);
  EXPECT_EQ(child.status, 0);
  EXPECT_EQ(refusals_.take(child.pid).count, 0u);
}

TEST_F(RefusalsTest, LetsAFloodingProcessFlushItsStreams) {
  Child child = run(refused_for_ever_and_hears);
  EXPECT_EQ(WTERMSIG(child.status), protocol::kFlushSignal);
  EXPECT_TRUE(refusals_.take(child.pid).must_end());
}

TEST_F(RefusalsTest, KillsAFloodingProcessThatIgnoresIt) {
  Child child = run(refused_for_ever);
  EXPECT_EQ(WTERMSIG(child.status), SIGKILL);
  RefusedCalls calls = refusals_.take(child.pid);
  EXPECT_TRUE(calls.must_end_at_once());
  EXPECT_THAT(calls.names, ElementsAre("getppid"));
}

}  // namespace
}  // namespace playground::exec
