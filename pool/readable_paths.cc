#include "pool/readable_paths.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "pool/python.h"

namespace playground::pool {
namespace {

using Found = void (*)(const char*, void*);

constexpr const char* kPaths[] = {
    // shared libraries, Python's own, and their data
    "/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/libx32", "/usr/local/lib", "/usr/local/lib64",
    "/etc/ld.so.cache", "/usr/share", "/usr/local/share/fonts", "/usr/local/share/ca-certificates",
    // time zones
    "/etc/localtime", "/etc/timezone",
    // certificates; not their keys, which lie beside them
    "/etc/ssl/certs", "/etc/ssl/openssl.cnf", "/etc/ssl/cert.pem", "/etc/ca-certificates",
    "/etc/pki/tls/certs", "/etc/pki/tls/cert.pem", "/etc/pki/tls/openssl.cnf", "/etc/pki/ca-trust",
    "/etc/crypto-policies",
    // fonts, plots, types
    "/etc/fonts", "/var/cache/fontconfig", "/etc/matplotlibrc", "/etc/mime.types",
    // devices; /dev/null has a rule of its own
    "/dev/zero", "/dev/full", "/dev/urandom", "/dev/random",
    // how big the machine is: OpenBLAS, glibc and others choose threads and buffers by it
    "/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/loadavg", "/proc/filesystems",
    "/proc/sys/vm/overcommit_memory", "/proc/sys/kernel/osrelease", "/sys/devices/system/cpu",
    "/sys/devices/system/node", "/sys/kernel/mm/transparent_hugepage"};

// Everything in these is of interest; those that the list above covers bring programs and other
// people's data with them.
bool is_covered(const char* prefix) {
  for (const char* covered : {"/", "/usr", "/usr/local"}) {
    if (std::strcmp(prefix, covered) == 0) return true;
  }
  return false;
}

// A path as bytes; empty, with no exception set, when it is none.
Ref path_bytes(PyObject* text) {
  Ref bytes(text != nullptr && PyUnicode_Check(text) ? PyUnicode_EncodeFSDefault(text) : nullptr);
  PyErr_Clear();
  return bytes;
}

void list_path(PyObject* text, Found found, void* context) {
  const Ref bytes = path_bytes(text);
  const char* const path = bytes ? PyBytes_AsString(bytes.get()) : "";
  if (path[0] == '/' && !is_covered(path)) found(path, context);
}

void list_import_path(Found found, void* context) {
  PyObject* const path = PySys_GetObject("path");
  const Py_ssize_t count = path != nullptr && PyList_Check(path) ? PyList_Size(path) : 0;
  for (Py_ssize_t i = 0; i < count; ++i) list_path(PyList_GetItem(path, i), found, context);
}

// Debian's sitecustomize.py, for one, is a link there.
void list_system_settings(Found found, void* context) {
  const char* const version = Py_GetVersion();
  const char* const dot = std::strchr(version, '.');
  if (dot == nullptr) return;
  const int minor = std::atoi(dot + 1);
  char path[64];
  std::snprintf(path, sizeof path, "/etc/python3.%d", minor);
  found(path, context);
}

}  // namespace

void list_readable_paths(Found found, void* context) {
  for (const char* path : kPaths) found(path, context);
  // platform.libc_ver() reads the interpreter's own file.
  for (const char* name : {"prefix", "base_prefix", "exec_prefix", "base_exec_prefix", "executable",
                           "_base_executable"}) {
    list_path(PySys_GetObject(name), found, context);
  }
  list_import_path(found, context);
  list_system_settings(found, context);
}

}  // namespace playground::pool
