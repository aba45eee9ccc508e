// Config: what the operator decided, as typed values. It comes from the environment and from flags,
// by the table in options.cc; nothing else of the program looks at the environment.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app/log.h"
#include "base/clock.h"
#include "base/endpoint.h"
#include "base/ip_address.h"
#include "base/result.h"
#include "pool/protocol.h"

namespace playground::app {

struct Backend {
  std::string name;
  Endpoint endpoint;
  // What the certificate has to be for, a host name or an address; empty for http.
  std::string certificate_name{};
  unsigned weight = 1;
};

// One that programs can be run by.
struct Python {
  std::string name;  // that requests ask for it by; empty: its version, once that is known
  std::string file;  // the interpreter's binary
};

// How much a caller may ask for: `burst` at once, and `count` in every `period` in the long run.
struct RateLimit {
  std::uint64_t count = 0;  // 0: there is no limit
  std::chrono::seconds period{1};
  std::uint64_t burst = 0;

  explicit operator bool() const { return count > 0; }
};

// Which requests get a line in the log.
enum class AccessLines { off, errors, all };

// The members' defaults stand in the table; a Config is made by load_config.
struct Config {
  Endpoint ui_listen;
  Endpoint backend_listen;
  Endpoint admin_listen;

  std::string tls_cert;  // of the ui's and the backend's listeners; plain HTTP when empty
  std::string tls_key;

  std::vector<Backend> backends;
  std::string backend_ca_file;  // the system's authorities when empty
  std::string dns_servers;      // "10.0.0.10,127.0.0.1:8600"; empty: those of resolv.conf
  milliseconds connect_timeout{};
  milliseconds answer_timeout{};
  std::size_t backend_concurrency = 0;
  milliseconds slow_start{};

  // Bearer tokens: what is demanded on /py/, what the ui sends (one or none), what the admin
  // listener demands of whoever changes something (one or none). Each may come from a file.
  std::vector<std::string> tokens;
  std::string tokens_file;
  std::vector<std::string> ui_tokens;  // what is demanded on the ui for running a program
  std::string ui_tokens_file;
  std::vector<std::string> backend_token;
  std::string backend_token_file;
  std::vector<std::string> admin_token;
  std::string admin_token_file;
  // Not an option: by it a ui is known to the backend in the same process. Empty: there is none.
  std::string own_token;

  std::vector<IpRange> trusted_proxies;  // whose X-Forwarded-For is believed
  RateLimit rate_limit;

  std::vector<Python> pythons;  // the default comes first; names are empty or different
  std::string preload;          // of each: module names, comma-separated
  std::size_t pool_size = 0;
  std::size_t pool_max = 0;
  std::size_t max_running = 0;
  std::size_t batch_items = 0;
  unsigned batch_share = 0;  // percent of max_running
  std::size_t queue_size = 0;
  milliseconds queue_timeout{};

  milliseconds timeout{};
  milliseconds cpu{};
  std::size_t memory_bytes = 0;
  std::size_t threads = 0;
  std::size_t scratch_bytes = 0;
  std::size_t files_bytes = 0;
  std::size_t output_bytes = 0;  // of each of the two streams
  std::size_t stream_bytes = 0;  // the same where they go to the client as they come
  std::string scratch_dir;

  protocol::Tier sandbox = protocol::Tier::none;      // the least to start with
  protocol::Tier sandbox_max = protocol::Tier::none;  // layers above it are left out
  std::uint32_t sandbox_uid = 0;                      // for interpreters of a server that is root
  std::uint32_t landlock_abi_max = 0;
  bool flatten = true;
  bool keep_stdlib = true;

  // Sites whose pages may read our replies: "https://teach.example"; "*" alone: all of them.
  std::vector<std::string> cors_origins;

  std::size_t loops = 1;
  std::size_t max_body_bytes = 0;
  std::size_t max_connections = 0;  // of each listener, over all loops
  milliseconds head_timeout{};
  milliseconds idle_timeout{};
  milliseconds body_timeout{};
  milliseconds write_timeout{};
  std::uint64_t min_rate = 0;  // bytes a second
  milliseconds drain_timeout{};

  log::Level log_level = log::Level::info;
  log::Format log_format = log::Format::json;
  AccessLines access_log = AccessLines::off;
};

// Which roles a process plays, or who reads an option: a sum of these.
enum Roles : unsigned { kBackend = 1, kUi = 2, kAllRoles = kBackend | kUi };

// What computed defaults depend on besides other options.
struct Machine {
  unsigned cores = 1;
  std::uint64_t open_files = 1024;  // the hard RLIMIT_NOFILE
  bool stderr_is_terminal = false;

  static Machine of_this_process();
};

enum class Source { standard, environment, flag };

// Variables by their full names, as PLAYGROUND_POOL_SIZE.
using Environment = std::map<std::string, std::string, std::less<>>;
// Flags by their options' names, as POOL_SIZE.
using Flags = std::map<std::string, std::string, std::less<>>;

struct LoadedConfig {
  Config config;
  std::vector<Source> sources;        // one for each entry of options(), in its order
  std::vector<std::string> warnings;  // one line each: variables that look like ours and are not
};

// Flags override the environment; a variable that is set to nothing counts as unset. Files are
// looked at only for options that `roles` use (the interpreter, the scratch folder). The error is
// one line that names the variable, where its value came from, the value, and what is allowed.
Result<LoadedConfig> load_config(const Environment& environment, const Flags& flags, unsigned roles,
                                 const Machine& machine);

}  // namespace playground::app
