"""A store in a temporary folder, a clock that ticks a minute at each look, made-up forms, and a Python of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from perfdesk.model import FundRow, Indicator, Record
from perfdesk.store import Store

ROOT = Path(__file__).parents[2]
START = datetime(2026, 3, 18, 9, 12)  # noqa: DTZ001 - the clerk's own clock


@pytest.fixture
def start() -> Callable[..., subprocess.Popen[str]]:
    """Start a script in another process, with the program on its path."""

    def begin(code: str, *arguments: object) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", code, *map(str, arguments)]
        pipe = subprocess.PIPE
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
        return subprocess.Popen(command, stdin=pipe, stdout=pipe, env=environment, encoding="utf-8")

    return begin


@pytest.fixture
def run(start: Callable[..., subprocess.Popen[str]]) -> Callable[..., str]:
    """Run a script in another process to its end; what it printed."""

    def whole(code: str, *arguments: object) -> str:
        with start(code, *arguments) as process:
            out, _ = process.communicate(timeout=60)
        assert process.returncode == 0, out
        return out

    return whole


@pytest.fixture
def clock() -> Callable[[], datetime]:
    minutes = count()
    return lambda: START + timedelta(minutes=next(minutes))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "填报 数据" / "perfdesk.db"


@pytest.fixture
def store(path: Path, clock: Callable[[], datetime]) -> Iterator[Store]:
    with Store.open(path, now=clock) as opened:
        yield opened


def made_up(number: int, *, year: int = 2024, name: str = "法律援助工作经费", rows: int = 12) -> Record:
    return Record(
        id=f"form-{number}",
        template_id="national-2020-project-self",
        year=year,
        bureau="某县司法局",
        values={"project_name": f"{name}{number}", "title": "项目支出绩效自评表", "agency": "某县法律援助中心"},
        funds=(
            FundRow("年度资金总额", "30", "30.00", "29.539", "10", "98.46%", "9.85"),
            FundRow("其中：本级资金", "30"),
        ),
        indicators=tuple(
            Indicator("产出指标", "50", "数量指标", "", f"办理案件{row}", "≥70件", f"{number}件", "10", "10", "")
            for row in range(rows)
        ),
        stated={"total_score": "99.85"},
        extra='{"annex": "附件1"}',
    )


@pytest.fixture
def form() -> Callable[..., Record]:
    return made_up
