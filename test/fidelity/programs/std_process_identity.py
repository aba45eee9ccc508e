# What a program may ask about its process without the answer being its own business.
import os
import platform
import resource
import sys
import sysconfig

print(os.getpid() == os.getpid(), os.getcwd() == os.path.dirname(os.path.abspath(__file__)), os.path.isabs(__file__), oct(os.umask(0o22)), os.nice(0))
print(os.name, os.sep, os.linesep, os.supports_fd == set() or len(os.supports_fd) > 3, os.cpu_count() == len(os.sched_getaffinity(0)))
print(platform.system(), platform.python_version(), platform.python_implementation(), platform.machine(), platform.python_compiler(), platform.libc_ver())
print(sysconfig.get_paths()["stdlib"], sysconfig.get_platform(), sysconfig.get_python_version(), sys.executable)
print(resource.getrlimit(resource.RLIMIT_STACK)[0], resource.getrlimit(resource.RLIMIT_CPU), resource.getpagesize(), os.sysconf("SC_PAGESIZE"))
print(os.getenv("HOME") == os.getcwd(), os.getpriority(os.PRIO_PROCESS, 0), os.sched_getscheduler(0), os.get_exec_path())
print(os.times().children_user, os.WIFEXITED(0), os.waitstatus_to_exitcode(256), os.strerror(13))
os.waitpid(-1, 0)
