"""``perfdesk verify``: same content, other content, no code."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from perfdesk import places
from perfdesk.cli import main
from perfdesk.model import VersionKind
from perfdesk.store import Store

SAMPLES = Path(__file__).parent / "samples"
FORM = SAMPLES / "qiannan-2024-legal-aid.json"
NAME = "2024-2024年度法律援助工作经费"

Said = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of its own: no test sees the one of whoever runs it."""
    folder = tmp_path / "本机"
    monkeypatch.setattr(places, "data_folder", lambda: folder)
    return folder


@pytest.fixture
def written(tmp_path: Path, capsys: Said) -> dict[str, Path]:
    """The form in every format, with its code."""
    assert call("export", FORM, "--to", "pdf,xlsx,docx,json", "--out", tmp_path / "报", "--code") == 0
    capsys.readouterr()
    return {path.suffix[1:]: path for path in (tmp_path / "报").iterdir()}


def call(*arguments: object) -> int:
    return main([str(one) for one in arguments])


def test_paper_and_files_of_one_form_are_the_same(written: dict[str, Path], capsys: Said) -> None:
    assert call("verify", *written.values()) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 5
    assert all("内容没有改过。" in line for line in lines[:4])
    assert lines[-1] == "4 份内容相同。"


@pytest.mark.parametrize("kind", ["pdf", "xlsx", "docx"])
def test_a_file_without_a_code(kind: str, tmp_path: Path, capsys: Said) -> None:
    call("export", FORM, "--to", kind, "--out", tmp_path / "稿")
    capsys.readouterr()
    (path,) = (tmp_path / "稿").iterdir()
    assert call("verify", path) == 1
    assert capsys.readouterr().out == f"“{path.name}”没有校验码。\n"


def test_a_record_file_without_a_code_is_computed(written: dict[str, Path], capsys: Said) -> None:
    assert call("verify", FORM, written["pdf"]) == 0
    said = capsys.readouterr().out
    assert "是按内容算得的" in said
    assert "2 份内容相同。" in said


def test_a_changed_record_file_is_other_content(written: dict[str, Path], capsys: Said) -> None:
    content = json.loads(written["json"].read_text("utf-8"))
    content["funds"][0]["executed"] = "1"
    written["json"].write_text(json.dumps(content), "utf-8")
    assert call("verify", written["json"], written["pdf"]) == 1
    said = capsys.readouterr().out
    assert "内容不同：写着校验码" in said
    assert "它们不是同一份内容。" in said


def test_a_changed_workbook_is_other_content(written: dict[str, Path], capsys: Said) -> None:
    book = openpyxl.load_workbook(BytesIO(written["xlsx"].read_bytes()))
    book.worksheets[0]["A1"].value = "另一个标题"
    book.save(written["xlsx"])
    assert call("verify", written["xlsx"], written["pdf"]) == 1
    said = capsys.readouterr().out
    assert "内容不同：印着校验码" in said
    assert "份内容相同" not in said


def test_the_form_of_the_data_file_is_named(written: dict[str, Path], tmp_path: Path, capsys: Said) -> None:
    store = tmp_path / "填报.db"
    call("import", FORM, "--store", store)
    capsys.readouterr()
    assert call("verify", written["pdf"], "--store", store) == 0
    assert "数据文件里是“" in capsys.readouterr().out


def test_content_that_the_data_file_does_not_hold(written: dict[str, Path], tmp_path: Path, capsys: Said) -> None:
    store = tmp_path / "填报.db"
    call("import", SAMPLES / "changji-2020-legal-aid.json", "--store", store)
    capsys.readouterr()
    assert call("verify", written["pdf"], "--store", store) == 1
    assert f"“{store}”里没有与它内容相同的表。" in capsys.readouterr().out


def test_files_that_cannot_be_read(tmp_path: Path, written: dict[str, Path], capsys: Said) -> None:
    (tmp_path / "坏.pdf").write_bytes(b"%PDF")
    assert call("verify", tmp_path / "没有.pdf", tmp_path / "坏.pdf", tmp_path, written["pdf"]) == 2
    said = capsys.readouterr()
    assert "“没有.pdf”打不开（文件不在那里）" in said.err
    assert "“坏.pdf”读不出，可能已经损坏" in said.err
    assert "内容没有改过。" in said.out


def test_a_data_file_that_cannot_be_opened_stops_nothing(written: dict[str, Path], office: Path, capsys: Said) -> None:
    office.mkdir(exist_ok=True)
    places.default_store().write_bytes(b"no data file")
    assert call("verify", written["pdf"]) == 0
    assert str(places.default_store()) in capsys.readouterr().err
    assert call("verify", written["pdf"], "--store", places.default_store()) == 2


def test_a_pdf_without_its_properties_is_not_believed(
    written: dict[str, Path], monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    from perfdesk.exchange import pdf_printed

    read = pdf_printed.read_printed
    monkeypatch.setattr(pdf_printed, "read_printed", lambda data: ("", read(data)[1]))
    assert call("verify", written["pdf"]) == 1
    assert "改没改过看不出" in capsys.readouterr().out


def test_a_form_that_was_handed_in_carries_its_code_and_is_found_again(tmp_path: Path, capsys: Said) -> None:
    path = tmp_path / "填报.db"
    call("import", FORM, "--store", path)
    with Store.open(path, now=lambda: datetime(2025, 2, 5, 9, 30)) as store:  # noqa: DTZ001 - the clerk's own clock
        (record,) = store.load_all()
        store.versions.keep(record, VersionKind.SUBMITTED)
    assert call("export", "--year", "2024", "--to", "pdf,json", "--out", tmp_path / "报", "--store", path) == 0
    capsys.readouterr()
    files = sorted((tmp_path / "报").iterdir())
    assert call("verify", *files, "--store", path) == 0
    assert capsys.readouterr().out.count("的上报版 2025-02-05。") == 2
    with Store.open(path, now=lambda: datetime(2025, 3, 1, 9, 30)) as store:  # noqa: DTZ001 - the clerk's own clock
        store.versions.keep(record, VersionKind.RETURNED)
        store.save(replace(record, bureau="别的局"))
    assert call("verify", files[1], "--store", path) == 0
    assert "财政退回修改 2025-03-01" in capsys.readouterr().out
