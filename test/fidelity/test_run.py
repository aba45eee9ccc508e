"""The command that compares any folder of programs: what it prints, and its exit code."""

import os
import subprocess
import sys
from pathlib import Path

COMMAND = Path(__file__).resolve().parent / "run.py"


def run(*words: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    # As make runs it: with the server that the tests are about.
    environment = dict(os.environ)
    if "PLAYGROUND_BINARY" in environment:
        environment["PLAYGROUND_BINARY"] = os.path.abspath(environment["PLAYGROUND_BINARY"])
    return subprocess.run([sys.executable, COMMAND, *map(str, words)], capture_output=True, text=True, timeout=120,
                          cwd=cwd, env=environment)


def test_differences_are_told_in_order_and_counted(tmp_path):
    # The sandbox refuses what the interpreter itself may do.
    (tmp_path / "a_differs.py").write_text("import os\nprint('same')\nprint(os.system('exit 5') == 5 << 8, end='')\n")
    (tmp_path / "b_equal.py").write_text('# stdin: "given"\nprint(input())\n')
    (tmp_path / "c_not_text.py").write_bytes(b"# \xff\n")
    (tmp_path / "d_differs.py").write_text("import os\nos._exit(os.system('exit 5') == 5 << 8)\n")
    (tmp_path / "notes.txt").write_text("no program")
    done = run("a_differs.py", ".", cwd=tmp_path)
    heads = [line for line in done.stdout.splitlines() if line.startswith("== ")]
    assert heads == ["== a_differs.py", "== a_differs.py", "== c_not_text.py", "== d_differs.py"], done
    assert " same\n-True⏎ missing\n+False⏎ missing" in done.stdout
    assert "can't be sent: " in done.stdout and "exit_code: expected 1, got 0" in done.stdout
    assert done.stdout.endswith("\n1 of 5 identical\n")
    assert (done.returncode, done.stderr) == (1, "")


def test_equal_programs_are_a_success(tmp_path):
    (tmp_path / "one.py").write_text("print(1)\n")
    done = run(tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "1 of 1 identical\n", "")


def test_bad_directory_is_named(tmp_path):
    missing = tmp_path / "missing"
    for path, told in ((missing, f"no such file or directory: {missing}"), (tmp_path, f"no *.py in the directory {tmp_path}")):
        done = run(path)
        assert (done.returncode, done.stdout, done.stderr) == (2, "", f"run.py: {told}\n")


def test_bad_options_are_named(tmp_path):
    (tmp_path / "one.py").write_text("print(1)\n")
    for words, told in ((("--jobs", "0"), "--jobs must be at least 1, not 0"), (("--url", "ftp://x"), "not an http URL: 'ftp://x'")):
        done = run(*words, tmp_path)
        assert (done.returncode, done.stdout, done.stderr) == (2, "", f"run.py: {told}\n")
