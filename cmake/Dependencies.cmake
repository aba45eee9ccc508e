# Everything comes from Debian packages. What is missing is named together with the package that has it,
# all of it in one message.
set(missing "")

find_package(PkgConfig REQUIRED)

macro(need_pkg prefix module package)
  pkg_check_modules(${prefix} QUIET IMPORTED_TARGET ${module})
  if(NOT ${prefix}_FOUND)
    list(APPEND missing "${module} (package ${package})")
  endif()
endmacro()

macro(need_config name package)
  find_package(${name} CONFIG QUIET)
  if(NOT ${name}_FOUND)
    list(APPEND missing "${name} (package ${package})")
  endif()
endmacro()

need_pkg(UV libuv libuv1-dev)
need_pkg(CARES libcares libc-ares-dev)
need_pkg(SECCOMP libseccomp libseccomp-dev)
need_pkg(OPENSSL openssl libssl-dev)
need_pkg(SIMDJSON simdjson libsimdjson-dev)
need_config(spdlog libspdlog-dev)
need_config(CLI11 libcli11-dev)
need_config(prometheus-cpp prometheus-cpp-dev)
if(PLAYGROUND_TESTS)
  need_config(GTest libgtest-dev)
endif()
if(PLAYGROUND_BENCH)
  need_config(benchmark libbenchmark-dev)
endif()

# The pool's module is built against the limited API, so any CPython's headers from 3.9 on would do; the
# system's interpreter is named because another Python may stand first in PATH.
if(NOT Python3_EXECUTABLE)
  set(Python3_EXECUTABLE /usr/bin/python3)
endif()
find_package(Python3 3.9 QUIET COMPONENTS Interpreter Development.Module)
if(NOT Python3_Development.Module_FOUND)
  list(APPEND missing "Python.h (package python3-dev)")
endif()

set(LLHTTP_SOURCE_DIR /usr/share/llhttp CACHE PATH "Folder of llhttp's C sources")
set(LLHTTP_INCLUDE_DIR /usr/share/include/llhttp CACHE PATH "Folder of llhttp.h")
if(NOT EXISTS ${LLHTTP_SOURCE_DIR}/llhttp.c OR NOT EXISTS ${LLHTTP_INCLUDE_DIR}/llhttp.h)
  list(APPEND missing "llhttp's sources (package node-llhttp)")
endif()

if(missing)
  list(JOIN missing "\n  " lines)
  message(FATAL_ERROR "Missing dependencies; `make deps` installs them:\n  ${lines}\n")
endif()

# Strict mode is part of the interface: without it llhttp accepts heads that other servers frame differently.
add_library(llhttp STATIC ${LLHTTP_SOURCE_DIR}/api.c ${LLHTTP_SOURCE_DIR}/http.c
                          ${LLHTTP_SOURCE_DIR}/llhttp.c)
target_compile_definitions(llhttp PUBLIC LLHTTP_STRICT_MODE=1)
target_include_directories(llhttp SYSTEM PUBLIC ${LLHTTP_INCLUDE_DIR})
target_compile_options(llhttp PRIVATE -O2 -Wno-unused-parameter)
