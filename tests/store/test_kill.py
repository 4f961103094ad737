from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from perfdesk.model import FundRow, Indicator, Record
from perfdesk.store import Store
from tests.store.folders import names

Start = Callable[..., subprocess.Popen[str]]
ROUNDS = int(os.environ.get("PERFDESK_KILLS", "3"))

WRITER = """
import os, sys
from datetime import datetime
from pathlib import Path
from perfdesk.model import FundRow, Indicator, Record
from perfdesk.store import Store
path, number = Path(sys.argv[1]), int(sys.argv[2])
acknowledged = os.open(sys.argv[3], os.O_CREAT | os.O_WRONLY | os.O_APPEND)
with Store.open(path, now=datetime.now) as store:
    while True:
        number += 1
        text = f"{number} " + "长" * (number * 977 % 20_000)
        rows = tuple(Indicator(name=f"{number}", target=str(row), reason=text) for row in range(3 + number % 5))
        store.save(Record("form", "t", 2024, values={"number": f"{number}", "text": text}, funds=(FundRow(f"{number}"),),
                          indicators=rows, stated={"total_score": f"{number}"}))
        os.write(acknowledged, b"%d\\n" % number)
"""


def expected(number: int) -> Record:
    text = f"{number} " + "长" * (number * 977 % 20_000)
    return Record(
        "form",
        "t",
        2024,
        values={"number": f"{number}", "text": text},
        funds=(FundRow(f"{number}"),),
        indicators=tuple(Indicator(name=f"{number}", target=str(row), reason=text) for row in range(3 + number % 5)),
        stated={"total_score": f"{number}"},
    )


def wait_for_growth(path: Path, size: int, writer: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 60
    while not path.exists() or path.stat().st_size <= size:
        assert writer.poll() is None, "the writer ended by itself"
        assert time.monotonic() < deadline, "the writer never saved"
        time.sleep(0.005)


def test_kill_in_the_middle_of_saving(path: Path, tmp_path: Path, start: Start) -> None:
    acknowledged, last, chance = tmp_path / "acknowledged", 0, random.Random(20260318)  # noqa: S311 - moments, not secrets
    for _ in range(ROUNDS):
        size = acknowledged.stat().st_size if acknowledged.exists() else 0
        with start(WRITER, path, last, acknowledged) as writer:
            wait_for_growth(acknowledged, size, writer)
            time.sleep(chance.uniform(0.02, 0.25))
            writer.kill()
        known = int(acknowledged.read_text().split()[-1])
        with Store.open(path, now=datetime.now) as store:
            found = store.load("form")
            last = int(found.value("number"))
            assert last in {known, known + 1}, "an acknowledged save is lost, or one was invented"
            assert found == expected(last), "half of a save is in the file"
            with closing(sqlite3.connect(path)) as connection:
                assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            store.save(Record(f"after {last}", "t", 2023))  # a journal that never counted goes with the next save
        assert names(path.parent) == ["perfdesk.db"]


def test_kill_while_the_file_is_made(path: Path, start: Start, tmp_path: Path) -> None:
    for delay in (0.0, 0.01, 0.03):
        folder = path.parent
        with start(WRITER, path, 0, tmp_path / "acknowledged") as writer:
            deadline = time.monotonic() + 60
            while not folder.exists():
                assert time.monotonic() < deadline
                time.sleep(0.001)
            time.sleep(delay)
            writer.kill()
        with Store.open(path, now=datetime.now) as store:
            assert len(store.entries()) in {0, 1}
            store.save(Record("after", "t", 2023))
        assert names(folder) == ["perfdesk.db"]
        shutil.rmtree(folder)
