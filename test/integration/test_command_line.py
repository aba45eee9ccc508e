"""The command line and the environment: what is shown, what is refused, and who wins."""

import os
import re
import socket
import subprocess

import pytest

from observe import state
from support.playground import Playground, binary

TIMEOUT_SECONDS = 60.0  # a guard against hanging

OPTIONS = {
    "UI_LISTEN", "BACKEND_LISTEN", "ADMIN_LISTEN", "BACKENDS", "POOL_SIZE", "MAX_RUNNING", "QUEUE_SIZE",
    "QUEUE_TIMEOUT_MS", "PYTHON", "PRELOAD", "TIMEOUT_MS", "MEMORY_MB", "SCRATCH_MB", "OUTPUT_KB",
    "FILES_MB", "SCRATCH_DIR", "MAX_BODY_KB", "MAX_CONNECTIONS", "DRAIN_MS", "CONNECT_MS", "ANSWER_MS", "LOG_LEVEL",
    "LOG_FORMAT", "TLS_CERT", "TLS_KEY", "BACKEND_CA_FILE", "SANDBOX", "SANDBOX_MAX", "SANDBOX_UID", "LANDLOCK_ABI_MAX",
}
FREE_PORTS = {f"PLAYGROUND_{name}_LISTEN": "127.0.0.1:0" for name in ("UI", "BACKEND", "ADMIN")}


def run(*words: str, **variables: str) -> subprocess.CompletedProcess:
    """Runs the command to its end, with these PLAYGROUND_* variables (without the prefix) and no others."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PLAYGROUND_")}
    environment |= FREE_PORTS | {f"PLAYGROUND_{name}": value for name, value in variables.items()}
    return subprocess.run([binary(), *words], env=environment, stdin=subprocess.DEVNULL, text=True,
                          capture_output=True, timeout=TIMEOUT_SECONDS, check=False)


def assert_refused(result: subprocess.CompletedProcess, *parts: str) -> None:
    """Exit code 2, and one line on stderr that has each of `parts`."""
    assert result.returncode == 2, result
    assert result.stdout == "", result
    assert result.stderr.startswith("playground: ") and result.stderr.endswith("\n"), result
    assert result.stderr.count("\n") == 1, result
    for part in parts:
        assert part in result.stderr, result


def checked(result: subprocess.CompletedProcess) -> dict[str, tuple[str, str]]:
    """What `check` says of each option: its value and where that came from."""
    rows = re.findall(r"^ +PLAYGROUND_(\w+) +(.*?) +(default|environment|--[a-z-]+)$", result.stdout, re.M)
    return {name: (value, source) for name, value, source in rows}


# What is shown


@pytest.mark.parametrize("words", [["--help"], ["-h"], ["backend", "--help"]])
def test_help_names_each_command_and_option(words):
    result = run(*words)
    assert (result.returncode, result.stderr) == (0, "")
    for command in ("backend", "ui", "all", "check"):
        assert re.search(rf"^  {command} ", result.stdout, re.M)
    assert OPTIONS <= set(re.findall(r"\(PLAYGROUND_(\w+)\)", result.stdout))
    for option in OPTIONS:
        assert "--" + option.lower().replace("_", "-") + " " in result.stdout


def test_version_is_one_line():
    result = run("--version")
    assert (result.returncode, result.stderr) == (0, "")
    assert re.fullmatch(r"playground \d+\.\d+\.\d+\n", result.stdout)


def test_check_prints_each_option_and_what_was_tried():
    result = run("check")
    assert (result.returncode, result.stderr) == (0, ""), result
    options = checked(result)
    assert OPTIONS <= set(options)
    assert options["POOL_SIZE"] == ("8", "default")
    assert options["TIMEOUT_MS"] == ("10000 ms", "default")
    assert options["ADMIN_LISTEN"] == ("127.0.0.1:0", "environment")
    for topic in ("memory", "cpu", "processes", "scratch", "open files", "interpreter"):
        assert re.search(rf"^  (ok|warn) +{topic}: ", result.stdout, re.M), topic


def test_check_shows_each_layer_of_the_sandbox():
    result = run("check")
    assert re.search(r"^  T0 +landlock +on, ABI \d+$", result.stdout, re.M), result
    assert re.search(r"^  T0 +system call filter +on$", result.stdout, re.M), result
    assert re.search(r"^  reached: T[01]$", result.stdout, re.M), result


def test_too_little_sandbox_is_refused():
    assert_refused(run("backend", SANDBOX="T1", SANDBOX_MAX="T0"), "PLAYGROUND_SANDBOX=", "PLAYGROUND_SANDBOX_MAX")


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, who becomes somebody else")
def test_scratch_that_interpreters_cannot_reach_is_refused(tmp_path):
    tmp_path.chmod(0o700)
    assert_refused(run("backend", SCRATCH_DIR=str(tmp_path)), f"uid 65534 can't enter {tmp_path}: Permission denied")


def test_check_leaves_no_file(scratch_dir):
    assert run("check", SCRATCH_DIR=str(scratch_dir)).returncode == 0
    assert list(scratch_dir.iterdir()) == []


def test_check_fails_when_the_interpreter_is_none():
    result = run("check", PYTHON="/bin/true")
    assert result.returncode == 2
    assert re.search(r"^  FAILED +interpreter: ", result.stdout, re.M), result


def test_check_of_a_ui_needs_no_interpreter():
    result = run("check", "ui", PYTHON="/nowhere/python3")
    assert (result.returncode, result.stderr) == (0, ""), result
    assert "interpreter: " not in result.stdout and "memory: " not in result.stdout, result
    assert re.search(r"^  ok +open files: ", result.stdout, re.M), result


# What is refused


@pytest.mark.parametrize("name, value, allowed", [
    ("POOL_SIZE", "0", "1 to 1024"),
    ("POOL_SIZE", "-1", "1 to 1024"),
    ("POOL_SIZE", "many", "1 to 1024"),
    ("POOL_SIZE", "8 ", "1 to 1024"),
    ("POOL_SIZE", "1e2", "1 to 1024"),
    ("POOL_SIZE", "99999999999999999999999", "1 to 1024"),
    ("TIMEOUT_MS", "0", "1 to 3600000 ms"),
    ("MEMORY_MB", "1", "16 to "),
    ("OUTPUT_KB", "1.5", "1 to "),
    ("MAX_CONNECTIONS", "0", "1 to "),
    ("UI_LISTEN", "5000", "ADDRESS:PORT"),
    ("UI_LISTEN", "localhost:5000", "ADDRESS:PORT"),
    ("BACKEND_LISTEN", "127.0.0.1:65536", "ADDRESS:PORT"),
    ("BACKENDS", "http://127.0.0.1:6000", "NAME=http://HOST"),
    ("BACKENDS", "a=http://h:1,a=http://h:2", "NAME=http://HOST"),
    ("BACKENDS", "a=ftp://h", "NAME=http://HOST"),
    ("PRELOAD", "os;import sys", "names of modules"),
    ("LOG_LEVEL", "loud", "debug, info, warning or error"),
    ("LOG_FORMAT", "xml", "json or text"),
    ("PYTHON", "/nowhere/python3", "executable"),
    ("SCRATCH_DIR", "/nowhere", "directory"),
])
def test_invalid_value_is_refused_with_its_name_and_what_is_allowed(name, value, allowed):
    flag = "--" + name.lower().replace("_", "-")
    assert_refused(run("all", **{name: value}), f"PLAYGROUND_{name}", f'"{value}"', allowed)
    assert_refused(run("all", f"{flag}={value}"), f"PLAYGROUND_{name}", f'"{value}"', allowed, flag)
    assert_refused(run("check", **{name: value}), f"PLAYGROUND_{name}", f'"{value}"', allowed)


def test_value_with_line_breaks_is_refused_in_one_line():
    assert_refused(run("all", LOG_LEVEL="a\nb\x1b[0m"), "PLAYGROUND_LOG_LEVEL", r"a\nb\u001b[0m")


@pytest.mark.parametrize("words, parts", [
    ([], ["command", "--help"]),
    (["serve"], ['"serve"', "--help"]),
    (["all", "ui"], ['"ui"']),
    (["all", "extra"], ['"extra"']),
    (["all", "--pool-sise", "3"], ['"--pool-sise"', "--pool-size"]),
    (["all", "-x"], ['"-x"']),
    (["all", "--pool-size"], ["--pool-size", "value"]),
])
def test_words_that_mean_nothing_are_refused(words, parts):
    assert_refused(run(*words), *parts)


def test_more_scratch_than_the_volume_has_is_refused():
    assert_refused(run("backend", MAX_RUNNING="1024", SCRATCH_MB="1048576"), "PLAYGROUND_SCRATCH_MB")


@pytest.mark.parametrize("role, name", [("backend", "BACKEND"), ("ui", "UI"), ("all", "ADMIN")])
def test_port_in_use_is_refused_and_leaves_nothing(role, name, scratch_dir):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        server = Playground(role, environment={f"PLAYGROUND_{name}_LISTEN": address,
                                               "PLAYGROUND_SCRATCH_DIR": str(scratch_dir)})
        server.launch()
        code, left = server.wait(), server.leftover()
        server.kill()
    assert (code, left, list(scratch_dir.iterdir())) == (2, [], [])
    [line] = server.log()
    assert line.startswith("playground: ") and address in line


# Who wins


def test_flag_overrides_the_environment():
    result = run("check", "--pool-size", "7", "--log-level=error", POOL_SIZE="5", TIMEOUT_MS="1234")
    options = checked(result)
    assert options["POOL_SIZE"] == ("7", "--pool-size")
    assert options["LOG_LEVEL"] == ("error", "--log-level")
    assert options["TIMEOUT_MS"] == ("1234 ms", "environment")
    # Defaults that depend on others follow them.
    assert options["DRAIN_MS"] == ("6234 ms", "default")
    assert options["ANSWER_MS"] == ("33234 ms", "default")


def test_flag_is_valid_before_the_command_and_the_last_one_counts():
    result = run("--pool-size=2", "check", "--pool-size=3")
    assert checked(result)["POOL_SIZE"] == ("3", "--pool-size")


def test_empty_variable_counts_as_unset():
    assert checked(run("check", POOL_SIZE=""))["POOL_SIZE"] == ("8", "default")


def test_flag_reaches_the_server():
    with Playground("backend", "--pool-size", "2", environment={"PLAYGROUND_POOL_SIZE": "5"}) as server:
        assert state(server)["backend"]["pool"]["ready"] == 2


def test_unknown_variable_of_our_prefix_is_warned_about():
    with Playground("ui", environment={"PLAYGROUND_POLL_SIZE": "5",
                                       "PLAYGROUND_UI_SERVICE_HOST": "10.0.0.1"}) as server:
        [warning] = server.events("configuration")
        assert warning["level"] == "warning"
        assert "PLAYGROUND_POLL_SIZE" in warning["detail"] and "PLAYGROUND_POOL_SIZE" in warning["detail"]


def test_own_token_over_http_to_a_public_address_is_refused():
    refused = run("all", TOKENS="hush", BACKEND_LISTEN="203.0.113.7:6000")
    assert_refused(refused, "PLAYGROUND_BACKEND_LISTEN", "203.0.113.7:6000", "PLAYGROUND_TLS_CERT")
    assert "hush" not in refused.stderr


def test_ui_needs_no_interpreter():
    with Playground("ui", environment={"PLAYGROUND_PYTHON": "/nowhere/python3"}) as server:
        assert server.children() == []
