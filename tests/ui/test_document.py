"""The open form: undo is identity, keystrokes of one session are one step, what was typed is saved by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perfdesk.editing import get_text, insert_row
from perfdesk.errors import UserError
from perfdesk.exchange.exchange import read_records
from perfdesk.model import Binding, Block, Fix, Record
from ui.document import AUTOSAVE_MS, Document

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from perfdesk.template import Template

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "tests" / "samples" / "changji-2020-legal-aid.json"
NOW = datetime(2025, 2, 5, 9, 30, tzinfo=UTC)
NAME = Binding(Block.VALUES, "project_name")
EXECUTED = Binding(Block.FUNDS, "executed", row=0)
RATE = Binding(Block.FUNDS, "execution_rate", row=0)


@dataclass
class Store:
    """Where the document saves; refuses while it is full."""

    records: list[Record] = field(default_factory=list)
    full: bool = False

    def save(self, record: Record) -> datetime:
        if self.full:
            raise UserError("磁盘已满，请腾出空间。")
        self.records.append(record)
        return NOW


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def sample(templates: Mapping[str, Template]) -> Record:
    return read_records(SAMPLE, templates, new_id=lambda: "1").records[0]


@pytest.fixture
def document(qapp: object, templates: Mapping[str, Template], sample: Record, store: Store) -> Document:
    return Document(templates[sample.template_id], sample, save=store.save)


@pytest.fixture
def fresh(qapp: object, templates: Mapping[str, Template], sample: Record, store: Store) -> Callable[[], Document]:
    def make() -> Document:
        return Document(templates[sample.template_id], sample, save=store.save)

    return make


def actual(row: int) -> Binding:
    return Binding(Block.INDICATORS, "actual", row=row)


# --------------------------------------------------------------------------------------------------------------- undo

Step = Callable[[Document], None]
texts = st.sampled_from(["", "1", "35件", "≥70件", "100%", "１２", "优"])
keys = st.sampled_from(["name", "target", "actual", "weight", "score", "level1", "reason"])
rows = st.integers(-1, 14)


def typed(key: str, row: int, text: str) -> Step:
    def step(document: Document) -> None:
        for end in range(1, len(text) + 1):
            document.edit(Binding(Block.INDICATORS, key, row=row), text[:end])
        document.edit(Binding(Block.INDICATORS, key, row=row), text)
        document.end_edit()

    return step


steps = st.one_of(
    st.builds(typed, keys, rows, texts),
    st.builds(lambda text: lambda d: d.edit(EXECUTED, text), texts),
    st.builds(lambda text: lambda d: d.edit(Binding(Block.STATED, "total_score"), text), texts),
    st.builds(lambda row: lambda d: d.insert_row(row), rows),
    st.builds(lambda row, count: lambda d: d.delete_rows(row, count), rows, st.integers(0, 3)),
    st.builds(lambda row: lambda d: d.duplicate_row(row), rows),
    st.builds(lambda row, to: lambda d: d.move_row(row, to), rows, rows),
    st.builds(lambda text: lambda d: d.apply_fix(Fix("改", ((NAME, text), (actual(0), text)))), texts),
    st.just(lambda d: d.cancel_edit()),
    st.just(lambda d: d.end_edit()),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(changes=st.lists(steps, max_size=12))
def test_undo_and_redo_are_identity(fresh: Callable[[], Document], changes: list[Step]) -> None:
    document = fresh()
    sample = document.record
    for change in changes:
        change(document)
    seen = [document.record]
    while document.undo_stack.canUndo():
        document.undo_stack.undo()
        assert document.record != seen[-1], "a step that changes nothing"
        seen.append(document.record)
    assert document.record == sample
    for record in seen[-2::-1]:
        document.undo_stack.redo()
        assert document.record == record
    assert document.derived.record == seen[0]
    assert not document.undo_stack.canRedo()


def test_keystrokes_of_one_session_are_one_step(document: Document, sample: Record) -> None:
    for text in ("2", "23", "231"):
        document.edit(actual(0), text)
    assert document.undo_stack.count() == 1
    assert document.undo_stack.undoText() == "填写"
    document.end_edit()
    document.edit(actual(0), "2319")
    assert document.undo_stack.count() == 2
    document.undo_stack.undo()
    assert get_text(document.record, actual(0)) == "231"
    document.undo_stack.undo()
    assert document.record == sample


def test_a_finished_change_is_told_once_with_what_it_followed(document: Document, sample: Record) -> None:
    told: list[tuple[Record, Record]] = []
    document.committed.connect(lambda after, before: told.append((after, before)))
    for text in ("法", "法律", "法律援助"):
        document.edit(NAME, text)
    assert told == []
    document.end_edit()
    document.end_edit()
    first = document.record
    assert told == [(first, sample)]
    document.insert_row(0)
    second = document.record
    document.undo_stack.undo()
    assert told[1:] == [(second, first), (first, second)]
    document.edit(NAME, "取消的")
    document.cancel_edit()
    assert told[3:] == []


def test_another_cell_is_another_step(document: Document) -> None:
    document.edit(actual(0), "231")
    document.edit(actual(1), "231")
    assert document.undo_stack.count() == 2


def test_what_is_typed_and_taken_back_leaves_no_step(document: Document, sample: Record) -> None:
    for text in ("2", "25", "253", "2534", get_text(sample, actual(0))):
        document.edit(actual(0), text)
    assert document.record == sample
    assert document.undo_stack.count() == 0
    assert document.is_saved


def test_a_blank_field_typed_and_cleared_leaves_no_trace(document: Document, sample: Record) -> None:
    for blank in (Binding(Block.INDICATORS, "remark", row=0), Binding(Block.VALUES, "conclusion")):
        for text in ("1", "", "2", ""):
            document.edit(blank, text)
    assert document.record == sample
    assert not document.undo_stack.canUndo()


def test_stated_figures_that_followed_come_back_with_the_old_text(document: Document, sample: Record) -> None:
    """An imported form states its scores; typing another actual value drops one, typing the old one again brings it back."""
    old = get_text(sample, EXECUTED)
    document.edit(EXECUTED, "1")
    assert get_text(document.record, RATE) == ""
    document.edit(EXECUTED, old)
    assert document.record == sample


# ---------------------------------------------------------------------------------------------------------------- esc


def test_esc_gives_up_what_was_typed_since_the_editor_opened(document: Document, sample: Record) -> None:
    for text in ("1", "12"):
        document.edit(EXECUTED, text)
    assert get_text(document.record, RATE) == ""
    document.cancel_edit()
    assert document.record == sample, "with the stated figures that had followed"
    assert not document.undo_stack.canUndo()
    assert not document.undo_stack.canRedo()


def test_esc_leaves_earlier_steps_alone(document: Document) -> None:
    document.edit(actual(0), "1")
    document.end_edit()
    document.cancel_edit()
    assert get_text(document.record, actual(0)) == "1"
    document.edit(actual(0), "2")
    document.cancel_edit()
    assert get_text(document.record, actual(0)) == "1"
    document.duplicate_row(0)
    count = len(document.record.indicators)
    document.cancel_edit()
    assert len(document.record.indicators) == count


# --------------------------------------------------------------------------------------------------------------- save


def test_a_change_is_saved_by_itself(document: Document, store: Store, qtbot: QtBot) -> None:
    states = [document.is_saved]
    with qtbot.waitSignal(document.record_saved, timeout=AUTOSAVE_MS * 4) as saved:
        document.edit(NAME, "新")
        states.append(document.is_saved)
        assert store.records == []
    assert saved.args == [NOW]
    assert store.records == [document.record]
    assert [*states, document.is_saved] == [True, False, True]


def test_steady_typing_does_not_put_saving_off(document: Document, store: Store, qtbot: QtBot) -> None:
    for number in range(AUTOSAVE_MS * 2 // 100):
        document.edit(NAME, str(number))
        qtbot.wait(100)
    assert store.records


def test_nothing_to_save_is_not_saved(document: Document, store: Store, qtbot: QtBot) -> None:
    document.edit(NAME, "新")
    document.undo_stack.undo()
    assert document.flush()
    qtbot.wait(AUTOSAVE_MS + 200)
    assert store.records == []


def test_flush_saves_at_once(document: Document, store: Store, qtbot: QtBot) -> None:
    document.edit(NAME, "新")
    assert document.flush()
    assert store.records == [document.record]
    qtbot.wait(AUTOSAVE_MS + 200)
    assert len(store.records) == 1


def test_a_full_disk_keeps_the_record_and_is_tried_again(document: Document, store: Store, qtbot: QtBot) -> None:
    store.full = True
    document.edit(NAME, "新")
    with qtbot.waitSignal(document.save_failed) as failed:
        assert not document.flush()
    assert failed.args == ["磁盘已满，请腾出空间。"]
    assert document.record.value("project_name") == "新"
    assert not document.is_saved
    store.full = False
    with qtbot.waitSignal(document.record_saved, timeout=AUTOSAVE_MS * 4):
        document.edit(NAME, "新的")
    assert store.records == [document.record]


def test_undo_is_saved_too(document: Document, store: Store, sample: Record) -> None:
    document.edit(NAME, "新")
    document.flush()
    document.undo_stack.undo()
    assert not document.is_saved
    document.flush()
    assert store.records[-1] == sample


# ------------------------------------------------------------------------------------------------------ what one sees


def test_everything_shown_follows(document: Document, qtbot: QtBot) -> None:
    with qtbot.waitSignal(document.derived_changed) as changed:
        document.edit(EXECUTED, "0")
    assert changed.args == [document.derived]
    assert document.derived.assessment.execution_rate == 0
    assert document.derived.record == document.record
    assert document.template is document.derived.template


def test_an_edit_that_changes_nothing_is_silent(document: Document, sample: Record, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(document.derived_changed):
        document.edit(NAME, sample.value("project_name"))
        document.change(sample, text="无")
        document.move_row(0, 99)
        document.apply_fix(Fix("改", ()))


def test_a_fix_is_one_step_by_its_own_name(document: Document, sample: Record) -> None:
    document.apply_fix(Fix("改为 ≥95%", ((actual(0), "95%"), (actual(1), "96%"))))
    assert document.undo_stack.undoText() == "改为 ≥95%"
    assert (get_text(document.record, actual(0)), get_text(document.record, actual(1))) == ("95%", "96%")
    document.undo_stack.undo()
    assert document.record == sample


def test_rows_by_name(document: Document, sample: Record) -> None:
    document.insert_row(1)
    assert document.record == insert_row(sample, Block.INDICATORS, 1)
    document.delete_rows(1)
    assert document.record.indicators == sample.indicators
    document.duplicate_row(0)
    document.move_row(0, 2)
    first, second = sample.indicators[:2]
    assert document.record.indicators[:3] == (first, second, first)
    assert [document.undo_stack.text(i) for i in range(4)] == ["插入指标", "删除行", "复制行", "移动行"]


def test_a_locked_form_refuses_and_says_so(
    qapp: object, templates: Mapping[str, Template], sample: Record, store: Store, qtbot: QtBot
) -> None:
    document = Document(templates[sample.template_id], sample, save=store.save, read_only=True)
    assert document.read_only
    tries: tuple[Step, ...] = (
        lambda d: d.edit(NAME, "新"),
        lambda d: d.insert_row(0),
        lambda d: d.delete_rows(0),
        lambda d: d.apply_fix(Fix("改", ((NAME, "新"),))),
        lambda d: d.change(replace(sample, year=1), text="改"),
    )
    for one in tries:
        with qtbot.waitSignal(document.editing_refused):
            one(document)
    assert document.record == sample
    assert document.undo_stack.count() == 0
    assert document.flush()
    assert store.records == []


def test_what_stands_around_the_page_follows_a_key_later_and_all_else_at_once(document: Document, qtbot: QtBot) -> None:
    with qtbot.waitSignal(document.settled) as settled:
        document.edit(EXECUTED, "0")
        assert not settled.signal_triggered
    assert settled.args == [document.derived]
    with qtbot.assertNotEmitted(document.settled):
        document.settle()
        document.end_edit()
    for act in (document.undo_stack.undo, document.undo_stack.redo, lambda: document.delete_rows(0)):
        with qtbot.waitSignal(document.settled, timeout=0):
            act()
    seen: list[object] = []
    document.settled.connect(seen.append)
    document.edit(NAME, "另一个项目")
    document.end_edit()
    assert seen == [document.derived]
