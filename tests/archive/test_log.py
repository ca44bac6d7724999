"""The log's chain breaks wherever somebody touches it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.archive.log import BEGINNING, Entry, hash_of, parse_log, read_entry


def chain(count: int) -> list[bytes]:
    lines: list[bytes] = []
    previous = BEGINNING
    for number in range(1, count + 1):
        seal = {"tagmanifest-sha256.txt": f"{number:064}"}
        entry = Entry(
            number, f"2021-01-{number:02}T00:00:00Z", "added", "x", number, seal, previous=previous
        )
        lines.append(entry.line())
        previous = hash_of(lines[-1])
    return lines


def hints(lines: list[bytes]) -> list[str]:
    return [str(d.hint) for d in parse_log(b"".join(lines)).findings]


def test_a_chain_holds() -> None:
    log = parse_log(b"".join(chain(9)))
    assert log.findings == ()
    assert [entry.version for entry in log.entries] == list(range(1, 10))
    assert log.head == hash_of(chain(9)[-1])


def test_an_empty_log_holds() -> None:
    assert parse_log(b"").findings == ()


def test_an_entry_is_read_as_it_was_written() -> None:
    entry = read_entry(chain(1)[0])
    assert entry is not None
    assert entry.line() == chain(1)[0]


@given(st.integers(1, 6), st.data())
def test_any_change_of_a_line_but_the_last_is_noticed(count: int, data: st.DataObject) -> None:
    lines = chain(count + 1)
    index = data.draw(st.integers(0, count - 1))
    place = data.draw(st.integers(0, len(lines[index]) - 2))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != lines[index][place]))
    lines[index] = lines[index][:place] + bytes([byte]) + lines[index][place + 1 :]
    assert parse_log(b"".join(lines)).findings


@given(st.permutations(range(6)))
def test_any_other_order_is_noticed(order: list[int]) -> None:
    lines = chain(6)
    assert bool(hints([lines[index] for index in order])) == (order != sorted(order))


@given(st.sets(st.integers(0, 5), min_size=1, max_size=5))
def test_any_line_taken_out_is_noticed_unless_it_is_the_end(gone: set[int]) -> None:
    lines = [line for index, line in enumerate(chain(6)) if index not in gone]
    assert bool(hints(lines)) == (gone != set(range(6 - len(gone), 6)))


def test_a_time_that_goes_back_is_noticed() -> None:
    lines = chain(2)
    said = json.loads(lines[1])
    said["time"] = "2020-12-31T23:59:59Z"
    assert hints([lines[0], json.dumps(said).encode() + b"\n"]) == ["time"]


@pytest.mark.parametrize(
    "line", [b"{}", b"[]", b"nonsense", b'{"number": 1}', b"\xff\xfe", b'"x"', b"1"]
)
def test_a_line_that_is_no_entry_is_named(line: bytes) -> None:
    found = parse_log(chain(1)[0] + line + b"\n").findings
    assert [(d.values["line"], d.hint) for d in found] == [(2, "unreadable")]


def test_a_torn_line_is_named() -> None:
    assert hints([*chain(1), b'{"number":2,"ti']) == ["torn"]
