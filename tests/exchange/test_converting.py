"""Old Word files: turned into .docx where LibreOffice is, else a sentence that says how to do it by hand."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from perfdesk.errors import UserError
from perfdesk.exchange import converting, opening
from perfdesk.source import SourceKind
from tests.exchange.office import convert, writer
from tests.exchange.test_guard import stream

posix = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for LibreOffice is a shell script")


def program(folder: Path, script: str) -> Path:
    """Put a stand-in for LibreOffice on the disk."""
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o700)
    return path


@pytest.mark.libreoffice
@writer
def test_an_old_word_file_is_read_through_libreoffice(tmp_path: Path) -> None:
    new, target = Document(), BytesIO()
    grid = new.add_table(2, 2, style="Table Grid")
    for number, text in enumerate(("项目名称", "法律援助工作经费", "主管部门", "某县司法局")):
        grid.cell(number // 2, number % 2).text = text
    new.add_paragraph("填表人：")
    new.save(target)
    path = tmp_path / "自评表.doc"
    path.write_bytes(convert(tmp_path, target.getvalue(), "doc:MS Word 97", source_kind="docx"))
    source = opening.read(path)
    assert [one.text for one in source.tables[0].cells] == ["项目名称", "法律援助工作经费", "主管部门", "某县司法局"]
    assert (source.name, source.kind) == ("自评表.doc", SourceKind.DOC)
    assert source.notes[0] == "旧版 Word 文件，已由电脑上的 LibreOffice 转成 .docx 来读，原文件没有动。"


def test_without_libreoffice_the_sentence_says_how(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(converting, "converter", lambda: None)
    with pytest.raises(UserError, match="按 F12 另存为"):
        opening.read_bytes(stream("WordDocument"), "旧.doc")


@posix
@pytest.mark.parametrize("script", ["exit 1", "exit 0", "sleep 30 & wait"])
def test_a_program_that_cannot_or_hangs_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    path = program(tmp_path, script)
    monkeypatch.setattr(converting, "converter", lambda: path)
    monkeypatch.setattr(converting, "TIMEOUT", 0.3)
    assert converting.to_docx(b"x", ".doc") is None


@posix
def test_what_it_wrote_is_taken_and_its_folder_is_the_users_alone_and_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = f"mkdir out; cp source.rtf out/source.docx; pwd > {tmp_path}/where; stat -c %a . >> {tmp_path}/where"
    path = program(tmp_path, script)
    monkeypatch.setattr(converting, "converter", lambda: path)
    assert converting.to_docx(b"abc", ".rtf") == b"abc"
    where, mode = (tmp_path / "where").read_text().split()
    assert mode == "700"
    assert not Path(where).exists()


def test_a_program_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(converting, "converter", lambda: tmp_path / "none")
    assert converting.to_docx(b"x", ".doc") is None


def test_where_libreoffice_is_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed = tmp_path / "LibreOffice" / "program" / "soffice.exe"
    monkeypatch.setattr(converting, "_PLACES", (f"{tmp_path}/opt/libreoffice*/soffice",))
    monkeypatch.setattr("shutil.which", lambda _name: None)
    monkeypatch.setenv("ProgramFiles", str(tmp_path))
    assert converting.converter() is None
    installed.parent.mkdir(parents=True)
    installed.touch()
    assert converting.converter() == installed
    installed.unlink()
    other = tmp_path / "opt" / "libreoffice24.8" / "soffice"
    other.parent.mkdir(parents=True)
    other.touch()
    assert converting.converter() == other
    monkeypatch.setattr("shutil.which", lambda name: f"/bin/{name}")
    assert converting.converter() == Path("/bin/soffice")
