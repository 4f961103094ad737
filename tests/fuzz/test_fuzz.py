"""A short run of the fuzzer: damaged files are read or refused, within time and memory, and the data file stays as it was."""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

import pytest

from perfdesk.exchange import opening
from tests.fuzz.child import made, once
from tests.fuzz.damage import damaged
from tests.fuzz.judging import Mistake, judge
from tests.fuzz.running import Result, run, write_input
from tests.fuzz.seeds import seeds

linux = pytest.mark.skipif(sys.platform != "linux", reason="memory is held and measured the Linux way")


def test_whole_files_are_read(tmp_path: Path) -> None:
    for one in seeds():
        path = tmp_path / one.name
        path.write_bytes(one.data)
        assert judge(path) in {"recognised", "read", "data", "package"} or one.name == "国标.json", one.name


@linux
def test_a_short_run_finds_nothing() -> None:
    total = Result()
    for one in run(160, seed=20_250_205, batch=160):
        total.add(one)
    assert total.mistakes == []
    assert total.count == 160
    assert total.outcomes["refused"] > 10
    assert total.outcomes["recognised"] > 10


def test_the_same_number_is_the_same_damage(tmp_path: Path) -> None:
    assert made(3, 5) == made(3, 5)
    assert made(3, 5) != made(3, 6)
    assert write_input(3, 5, tmp_path).read_bytes() == made(3, 5).data
    whole = seeds()[0].data
    assert any(damaged(whole, Random(number)) != whole for number in range(3))  # noqa: S311 - damage, not secrets


def test_a_mistake_would_be_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_path: Path) -> None:
        raise IndexError("甲")

    path = tmp_path / seeds()[0].name
    path.write_bytes(seeds()[0].data)
    monkeypatch.setattr(opening, "read", fail)
    with pytest.raises(IndexError):
        judge(path)
    word, told = once(tmp_path, seeds()[0])
    assert word == "mistake"
    assert "IndexError" in told


def test_a_sentence_that_is_none_would_be_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from perfdesk.errors import UserError

    def refuse(_path: Path) -> None:
        raise UserError("error 17")

    path = tmp_path / seeds()[0].name
    path.write_bytes(seeds()[0].data)
    monkeypatch.setattr(opening, "read", refuse)
    with pytest.raises(Mistake, match="error 17"):
        judge(path)
