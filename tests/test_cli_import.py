"""``perfdesk import`` with Word and Excel files: what is understood is saved with its origin, everything else is named."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from perfdesk import places
from perfdesk.arriving import notes_of
from perfdesk.cli import main
from perfdesk.exchange.exchange import read_records
from perfdesk.model import Binding, Block, Record
from perfdesk.store import Store
from perfdesk.template import Filled, Template
from tests.house_styles.corpus import Case, samples
from tests.house_styles.equality import compare
from tests.house_styles.files import WRITERS
from tests.house_styles.making import make
from tests.house_styles.style import BEFORE, STYLES

Said = pytest.CaptureFixture[str]
Draw = Callable[..., Path]
SELF = "sample-national-2021-project-self"


@pytest.fixture(autouse=True)
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of its own: no test sees the one of whoever runs it."""
    folder = tmp_path / "本机"
    monkeypatch.setattr(places, "data_folder", lambda: folder)
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "填报.db"


@pytest.fixture
def case(templates: Mapping[str, Template]) -> Case:
    return next(one for one in samples(templates) if one.name == SELF)


@pytest.fixture
def draw(case: Case, tmp_path: Path) -> Draw:
    """Write the form in a house style, with other texts where told."""

    def write(style: str, kind: str, name: str = "2024年自评表", **values: str) -> Path:
        record = replace(case.form.record, values={**case.form.record.values, **values})
        chosen = next(one for one in STYLES if one.name == style)
        return WRITERS[kind](make((Filled(case.form.template, record),), chosen, name), tmp_path)

    return write


def call(*arguments: object) -> int:
    return main([str(one) for one in arguments])


def kept(store: Path) -> tuple[Record, ...]:
    with Store.open(store, now=lambda: datetime.now(UTC), read_only=True) as opened:
        return tuple(opened.load_all())


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_a_form_of_another_bureau_is_saved_with_the_cells_it_came_from(
    draw: Draw, store: Path, case: Case, kind: str
) -> None:
    path = draw("torn", kind)
    call("import", path, "--store", store)
    (record,) = kept(store)
    found = replace(record, values={**record.values, "annex": case.form.record.value("annex")})
    assert compare(case.form, found).differences == ()
    with Store.open(store, now=lambda: datetime.now(UTC), read_only=True) as opened:
        ((_, origin),) = opened.origins.of(record.id)
    traced = origin.of(record, Binding(Block.VALUES, "project_name"))
    assert origin.file == path.name
    assert traced is not None
    assert traced.where


def test_what_belongs_to_no_field_is_named_with_its_place_and_kept(draw: Draw, store: Path, capsys: Said) -> None:
    assert call("import", draw("stacked", "docx"), "--store", store) == 1
    said = capsys.readouterr().out
    assert f"没有看懂的文字（第 1 段）：“{BEFORE}”" in said
    assert "已收进  2024" in said
    assert any(BEFORE in one for one in notes_of(kept(store)[0]))


def test_preview_shows_what_would_be_read_and_writes_nothing(draw: Draw, store: Path, capsys: Said) -> None:
    before = sorted(store.parent.iterdir())
    path = draw("printed", "xlsx")
    call("import", path, "--preview", "--store", store)
    said = capsys.readouterr().out
    assert "读出" in said
    assert sorted(store.parent.iterdir()) == sorted([*before, path])


def test_what_was_read_can_be_written_as_a_data_file(
    draw: Draw, store: Path, case: Case, templates: Mapping[str, Template], capsys: Said
) -> None:
    target = store.with_name("读出.json")
    call("import", draw("printed", "docx"), "--json", target, "--store", store)
    assert not store.exists()
    (record,) = read_records(target, templates).records
    assert compare(case.form, record).differences == ()
    assert "没有收进数据文件" in capsys.readouterr().out


def test_the_same_file_is_not_taken_in_twice(draw: Draw, store: Path, capsys: Said) -> None:
    path = draw("stacked", "docx")
    call("import", path, "--store", store)
    capsys.readouterr()
    assert call("import", path, "--store", store) == 0  # nothing came in, so there is nothing to look at
    said = capsys.readouterr().out
    assert "已经有  2024" in said
    assert BEFORE not in said
    assert len(kept(store)) == 1


@pytest.mark.parametrize(
    ("same", "word", "forms", "goal"),
    [
        ("new", "另收一张", 2, ""),
        ("skip", "已经有", 1, "旧的目标"),
        ("update", "已更新", 1, "新的目标"),
        ("version", "存为版本", 1, "旧的目标"),
    ],
)
def test_a_form_that_is_there_with_other_texts_goes_the_way_that_was_said(
    draw: Draw, store: Path, capsys: Said, same: str, word: str, forms: int, goal: str
) -> None:
    call("import", draw("printed", "docx", "旧", goal_expected="旧的目标"), "--store", store)
    capsys.readouterr()
    call("import", draw("printed", "docx", "新", goal_expected="新的目标"), "--same", same, "--store", store)
    assert f"{word}  2024" in capsys.readouterr().out
    found = [one.value("goal_expected") for one in kept(store)]
    assert len(found) == forms
    assert goal in {*found, ""}


def test_one_file_that_cannot_be_used_does_not_hold_up_the_others(draw: Draw, store: Path, capsys: Said) -> None:
    letter = store.with_name("通知.docx")
    letter.write_bytes(b"")
    assert call("import", letter, store.with_name("没有.xlsx"), draw("printed", "docx"), "--store", store) == 2
    said = capsys.readouterr()
    assert "通知.docx" in said.err
    assert "没有.xlsx" in said.err
    assert len(kept(store)) == 1


def test_a_file_without_any_form_is_refused(store: Path, capsys: Said) -> None:
    from docx import Document

    letter = Document()
    letter.add_paragraph("关于召开会议的通知")
    letter.save(str(store.with_name("通知.docx")))
    assert call("import", store.with_name("通知.docx"), "--store", store) == 2
    assert "“通知.docx”里没有认出绩效表" in capsys.readouterr().err
    assert not store.exists()
