"""The header language: what it takes, what it refuses, and that every program of the corpus is written in it."""

import pytest

from header import NEEDS, Condition, HeaderError, load_all, parse

MINIMAL = "# attack: x\n# expect: status=ok\n"


def test_all_directives():
    program = parse("07_raw_calls", """\
# attack: a call
# expect: status=error|signal limit=none exit=1|2 stderr~Error
# expect: status=ok stdout=contained denied>=socket,connect truncated=stdout,stderr files=none
# request: {"timeout_ms": 300}
# use: helpers
# repeat: 2
# needs: uid landlock
# fence: pids
# machine: x86_64 aarch64

# not the header any more
pass
""", "helpers\n")
    assert (program.name, program.group, program.attack) == ("07_raw_calls", 7, "a call")
    assert program.source.startswith("helpers\n# attack: a call\n")
    assert program.expect[0][:2] == (Condition("status", "=", ("error", "signal")), Condition("limit", "=", ("none",)))
    assert program.expect[1][2] == Condition("denied", ">=", ("socket", "connect"))
    assert str(program.expect[1][3]) == "truncated=stdout,stderr"
    assert program.body() == {"code": program.source, "timeout_ms": 300}
    assert (program.repeat, program.needs, program.fence) == (2, {"uid", "landlock"}, {"pids"})


def test_request_may_replace_the_code():
    program = parse("11_a_b", MINIMAL + '# request: {"code": "\\ud800"}\n')
    assert program.body() == {"code": "\ud800"}


@pytest.mark.parametrize("name", ["1_a", "00_a", "12_a", "01-a", "01_", "01_A", "fork"])
def test_bad_name(name):
    with pytest.raises(HeaderError, match="a name is"):
        parse(name, MINIMAL)


@pytest.mark.parametrize("line, told", [
    ("# a remark", "not a directive"), ("#attack: x", "not a directive"), ("# attack: again", "given twice"),
    ("# wish: x", "unknown"), ("# expect: status", "not a condition"), ("# expect: status~ok", "not a condition"),
    ("# expect: denied=socket", "not a condition"), ("# expect: status=fine", "can't be"), ("# expect: limit=x", "can't be"),
    ("# expect: exit=a", "can't be"), ("# expect: http=ok", "can't be"), ("# expect: fresh=files", "can't be"), ("# expect: colour=red", "not a condition"),
    ("# needs: luck", "needs is of"), ("# fence: high", "fence is of"), ("# use: force", "use is of"),
    ("# machine: vax", "machine is of"), ("# repeat: 0", "repeat is"), ("# repeat: x", "repeat is"),
    ("# request: {", "request: "), ("# request: []", "JSON object"),
])
def test_bad_line(line, told):
    with pytest.raises(HeaderError, match=told):
        parse("01_a", MINIMAL + line + "\n")


@pytest.mark.parametrize("text", ["", "pass\n", "# attack: x\n", "# expect: status=ok\n", "\n" + MINIMAL])
def test_attack_and_expect_are_required(text):
    with pytest.raises(HeaderError, match="required"):
        parse("01_a", text)


def test_corpus_covers_every_group():
    programs = load_all()
    assert len(programs) >= 150
    for group in range(1, 12):
        assert sum(program.group == group for program in programs) >= 5, group
    assert set().union(*(program.needs for program in programs)) <= set(NEEDS)
