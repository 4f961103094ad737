"""``perfdesk fill``: a form of the data file into a blank workbook, what is said, and what is never changed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from openpyxl import load_workbook

from perfdesk import places
from perfdesk.cli import main
from perfdesk.template import Template
from tests.exchange.blank_books import system_book

SAMPLES = Path(__file__).parent / "samples"
AID = "法律援助工作经费"
NAMES = ("受理法律援助案件数量", "法律援助宣传次数")


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """Return the options that name a data file with the sample forms."""
    monkeypatch.setattr(places, "data_folder", lambda: tmp_path / "本机")
    path = tmp_path / "填报.db"
    assert main(["import", *map(str, sorted(SAMPLES.glob("*.json"))), "--store", str(path)]) == 0
    return "--store", str(path)


@pytest.fixture
def blank(tmp_path: Path, templates: Mapping[str, Template]) -> Path:
    del templates
    path = tmp_path / "导入模板.xlsx"
    path.write_bytes(system_book(NAMES))
    return path


def test_a_blank_is_filled_beside_itself(
    office: tuple[str, str], blank: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = blank.read_bytes()
    assert main(["fill", str(blank), "--form", AID, "--year", "2024", *office]) == 1  # some indicators have no row
    said = capsys.readouterr().out
    assert "处没有填：" in said
    assert "表里没有这个名称的三级指标" in said
    assert f"已写出 {blank.with_name('导入模板-已填.xlsx')}；“导入模板.xlsx”没有动。" in said
    sheet = load_workbook(blank.with_name("导入模板-已填.xlsx")).active
    assert sheet["E4"].value == "75件"
    assert blank.read_bytes() == before


def test_a_form_is_named_by_its_id_where_two_have_its_name(
    office: tuple[str, str], blank: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["fill", str(blank), "--form", AID, *office]) == 2
    said = capsys.readouterr().err
    assert f"有 2 张表叫“{AID}”。请写编号：" in said
    id_2024 = next(line.split()[0] for line in said.splitlines() if " 2024 " in line)
    target = tmp_path / "交上去.xlsx"
    assert main(["fill", str(blank), "--form", id_2024, "--to", str(target), *office]) == 1
    assert target.exists()
    assert main(["fill", str(blank), "--form", "没有这张", *office]) == 2
    assert "没有“没有这张”这张表" in capsys.readouterr().err


def test_what_fits_nowhere_writes_no_file(
    office: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "别的表.xlsx"
    path.write_bytes(system_book(("别的指标", "再别的指标")))
    filled_once = tmp_path / "有名字.xlsx"
    book = load_workbook(path)
    book.active["B2"] = "别的项目"
    book.save(filled_once)
    assert main(["fill", str(filled_once), "--form", AID, "--year", "2024", *office]) == 1
    assert "没有一格填进去，文件没有写出。" in capsys.readouterr().err
    assert not list(tmp_path.glob("*-已填*"))
