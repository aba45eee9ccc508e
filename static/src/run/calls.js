// System calls that the sandbox refuses, by what a program wanted of them.

const PURPOSES = [
  ["the network can't be reached from here", /^(socket|connect|bind|listen|accept4?|sendto|sendmsg|sendmmsg|recvfrom|recvmsg|shutdown|[gs]etsockopt|getsockname|getpeername)$/],
  ["other programs can't be started", /^(execve|execveat|fork|vfork|clone3?)$/],
  ["other processes can't be touched", /^(kill|tkill|tgkill|ptrace|process_vm_.*|process_madvise|pidfd_.*|rt_.*sigqueueinfo|kcmp|prlimit64|sched_.*|setpriority|ioprio_.*)$/],
  ["files' owners, modes and times stay as they are", /^(f?chmod(at)?|l?f?chown(at)?|fchownat|fchmodat2?|utime.*|futimesat|l?f?(set|remove)xattr)$/],
  ["file systems and namespaces stay as they are", /^(u?mount2?|pivot_root|chroot|unshare|setns|fsopen|fsmount|move_mount|open_tree)$/],
  ["files can't be watched", /^(inotify|fanotify)_.*/],
];

/** @param {string[]} names @returns {string} "connect, socket: the network can't be reached from here; bpf: not needed by programs" */
export function explainCalls(names) {
  const reasons = new Map();
  for (const name of names) {
    const [reason] = PURPOSES.find(([, pattern]) => pattern.test(name)) ?? ["not open to programs here"];
    reasons.set(reason, [...(reasons.get(reason) ?? []), name]);
  }
  return [...reasons].map(([reason, calls]) => `${reason} (${calls.join(", ")})`).join("; ");
}
