from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perfdesk.amounts import MoneyUnit
from perfdesk.errors import UserError
from perfdesk.model import Answer, FundRow, Indicator, ListRow, Record, Section
from perfdesk.store import Store, schema
from tests.store.folders import names

Form = Callable[..., Record]

ODD_TEXTS = {
    "rare characters": "䶮㛃𬭎𠮷𰻝",
    "text like a formula": "=100%",
    "newlines": "一\n二\r\n三\r四\u2028五",
    "blanks": "  前后有空格\t\u3000",
    "lone high surrogate": "半个字\ud800在此",
    "lone low surrogate": "\udfff",
    "surrogates the wrong way round": "\udc00\ud83d",
    "a pair as two halves": "\ud83d\ude00",
    "NUL": "前\x00后",
    "only NUL": "\x00",
    "long": "长" * 40_000,
    "control and bidi": "\x07\x1b\u202e\ufeff\ufffe",
    "looks like a number": "007.10",
    "quotes": "'\"; DROP TABLE record; --",
    "percent and colon": "%s :name ?",
}

TEXT = st.one_of(st.text(st.characters(), max_size=12), st.sampled_from(list(ODD_TEXTS.values())))
FIELDS = st.dictionaries(TEXT, TEXT, max_size=6)


def rows_of(kind: type[FundRow | Indicator]) -> st.SearchStrategy[tuple[FundRow | Indicator, ...]]:
    row: st.SearchStrategy[Any] = st.builds(kind, **{field.name: TEXT for field in fields(kind)})
    return st.lists(row, max_size=4).map(tuple)


RECORDS = st.builds(
    Record,
    id=st.just("one"),
    template_id=TEXT,
    year=st.integers(-(2**63), 2**63 - 1),
    unit=st.sampled_from(MoneyUnit),
    bureau=TEXT,
    values=FIELDS,
    funds=rows_of(FundRow),
    indicators=rows_of(Indicator),
    stated=FIELDS,
    extra=TEXT,
    rows=st.lists(FIELDS.map(ListRow.of), max_size=4).map(tuple),
    sections=st.lists(
        st.builds(Section, st.integers(1, 3), TEXT, st.lists(TEXT, max_size=3).map(tuple)), max_size=3
    ).map(tuple),
    answers=st.lists(st.builds(Answer, *[TEXT] * 5), max_size=3).map(tuple),
)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store.open(tmp_path_factory.mktemp("shared") / "a.db", now=lambda: datetime(2026, 1, 1))  # noqa: DTZ001


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(first=RECORDS, second=RECORDS)
def test_what_was_saved_last_comes_back_exactly(shared: Store, first: Record, second: Record) -> None:
    shared.save(first)
    assert shared.load("one") == first
    shared.save(second)
    assert shared.load("one") == second
    assert shared.load_all() == (second,)
    (entry,) = shared.entries()
    assert entry.project_name == second.value("project_name")
    assert entry.bureau == second.bureau


@pytest.mark.parametrize("text", ODD_TEXTS.values(), ids=ODD_TEXTS)
def test_odd_text_survives_in_every_place_and_over_a_restart(path: Path, text: str) -> None:
    record = Record(
        id=f"id {text[:9]}",
        template_id=text,
        year=2024,
        bureau=text,
        values={text: text, "project_name": text, "next": "好"},
        funds=(FundRow("总额"), FundRow(*[text] * 7)),
        indicators=(Indicator(*[text] * 11), Indicator(name="办案数")),
        stated={text: text},
        extra=text,
    )
    with Store.open(path, now=datetime.now) as store:
        store.save(record)
        store.trash(record.id)
        store.restore(record.id)
    with Store.open(path, now=datetime.now, read_only=True) as store:
        assert store.load(record.id) == record
        assert store.load_year(2024) == (record,)
        assert store.entries()[0].project_name == text


def test_the_columns_are_the_fields() -> None:
    for kind, table in ((FundRow, schema.fund), (Indicator, schema.indicator)):
        columns = [column.name for column in table.c][2:]
        assert columns == [field.name for field in fields(kind)][: len(columns)]


REPORT = Record(
    "report",
    "lingling-2022-report",
    2022,
    values={"title": "2022年度整体支出绩效自评报告"},
    sections=(
        Section(1, "一、基本情况"),
        Section(2, "（一）职能", ("全年支出 {{部门·执行数|12.5}} 万元。", "半个字\ud83d\ude00 与 \x00")),
    ),
)
GOALS = Record(
    "goals",
    "zhijiang-2024-project-goal",
    2024,
    funds=(FundRow("项目资金", "8", interim_executed="3", expected_executed="8"), FundRow("其他")),
    indicators=(
        Indicator("产出指标", "", "数量指标", "", "案件数", indicator_type="≥", target_value="70", measure_unit="件"),
        Indicator("产出指标", "", "质量指标"),
        Indicator(name="知晓率", causes="经费、人员", likelihood="有可能", deduction="1.5分"),
    ),
    rows=(ListRow.of({"agency": "甲局", "面积 \ud800": "9"}), ListRow(), ListRow.of({"remark": "后"})),
)


@pytest.mark.parametrize("record", [REPORT, GOALS], ids=lambda record: record.id)
def test_every_kind_of_form_comes_back(store: Store, record: Record) -> None:
    first = store.save(record)
    assert store.load(record.id) == record
    assert store.load_all() == (record,)
    assert store.save(record) == first  # nothing differs, nothing is written
    assert store.twins([replace(record, id="other")]) == (record.id,)


@pytest.mark.parametrize(
    ("record", "changes"),
    [
        (GOALS, {"answers": (Answer("unit-missing", "案件数", "measure_unit", "95", "按比率填"),)}),
        (REPORT, {"sections": REPORT.sections[1:]}),
        (REPORT, {"sections": (replace(REPORT.sections[0], level=2), REPORT.sections[1])}),
        (GOALS, {"rows": GOALS.rows[:1]}),
        (GOALS, {"rows": (ListRow(), *GOALS.rows)}),
        (GOALS, {"indicators": GOALS.indicators[1:]}),
        (GOALS, {"funds": (FundRow("项目资金", "8", expected_executed="9"), FundRow("其他"))}),
    ],
)
def test_what_is_taken_out_is_gone(store: Store, record: Record, changes: dict[str, Any]) -> None:
    first = store.save(record)
    after = replace(record, **changes)
    assert store.save(after) > first
    assert store.load(record.id) == after


def test_a_report_is_listed_by_its_title(store: Store) -> None:
    store.save(REPORT)
    (entry,) = store.entries()
    assert (entry.project_name, entry.title) == ("", "2022年度整体支出绩效自评报告")


def test_list_stands_by_year_then_in_the_order_of_entry(store: Store, form: Form) -> None:
    store.save_many([form(1, year=2023), form(2, year=2024), form(3, year=2023), form(4, year=2025)])
    assert [(entry.year, entry.id) for entry in store.entries()] == [
        (2025, "form-4"),
        (2024, "form-2"),
        (2023, "form-1"),
        (2023, "form-3"),
    ]
    assert [entry.id for entry in store.entries(year=2023)] == ["form-1", "form-3"]
    assert [record.id for record in store.load_year(2023)] == ["form-1", "form-3"]
    assert [record.id for record in store.load_all()] == ["form-4", "form-2", "form-1", "form-3"]
    assert store.entries(year=1999) == ()
    assert store.load_year(1999) == ()


def test_twins_are_the_same_word_for_word_stored_or_earlier_in_the_list(store: Store, form: Form) -> None:
    store.save_many([form(1, year=2023), form(2, year=2024)])
    stored = store.load("form-1")
    copy, changed = replace(stored, id="new"), replace(stored, id="other", bureau="另一个司法局")
    found = store.twins([copy, changed, replace(changed, id="third"), replace(stored, year=2022)])
    assert found == ("form-1", "", "other", "")
    store.trash("form-1")
    assert store.twins([copy]) == ("",)
    assert store.twins([]) == ()


def test_an_entry_says_what_the_list_shows(store: Store, form: Form) -> None:
    saved = store.save(replace(form(1), unit=MoneyUnit.YUAN))
    (entry,) = store.entries()
    assert entry.project_name == "法律援助工作经费1"
    assert (entry.title, entry.bureau, entry.unit) == ("项目支出绩效自评表", "某县司法局", MoneyUnit.YUAN)
    assert (entry.template_id, entry.changed, entry.trashed_at) == ("national-2020-project-self", saved, None)


def test_a_form_without_name_or_title_is_listed_too(store: Store) -> None:
    store.save(Record("bare", "t", 2024))
    assert [(entry.project_name, entry.title) for entry in store.entries()] == [("", "")]


@pytest.mark.parametrize(
    "change",
    [
        {"bureau": "另一局"},
        {"unit": MoneyUnit.YUAN},
        {"year": 2025},
        {"values": {"project_name": "改了"}},
        {"values": {}},
        {"funds": ()},
        {"indicators": (Indicator(name="只剩一行"),)},
        {"stated": {"total_score": "1", "total_weight": "2"}},
        {"extra": ""},
        {"template_id": "qiannan-2024-project-self"},
    ],
    ids=lambda change: str(*change),
)
def test_a_change_is_saved_with_its_moment_and_no_change_keeps_the_old_one(
    store: Store, form: Form, change: dict[str, object]
) -> None:
    first = store.save(form(1))
    assert store.save(form(1)) == first
    changed = replace(form(1), **change)  # type: ignore[arg-type]
    moment = store.save(changed)
    assert moment > first
    assert store.entries()[0].changed == moment
    assert store.load("form-1") == changed


def test_a_moment_with_a_time_zone_comes_back(path: Path, form: Form) -> None:
    moment = datetime.fromisoformat("2026-03-18T09:12:00.000007+08:00")
    with Store.open(path, now=lambda: moment) as store:
        assert store.save(form(1)) == moment
        assert store.entries()[0].changed == moment


def test_the_bin(store: Store, form: Form) -> None:
    store.save_many([form(1), form(2), form(3)])
    store.trash("form-1")
    store.trash("form-3")
    assert [entry.id for entry in store.entries()] == ["form-2"]
    assert [record.id for record in store.load_all()] == ["form-2"]
    latest, earlier = store.trashed()
    assert (latest.id, earlier.id) == ("form-3", "form-1")
    assert latest.trashed_at is not None
    assert earlier.trashed_at is not None
    assert latest.trashed_at - earlier.trashed_at == timedelta(minutes=1)
    assert store.load("form-1") == form(1)
    store.restore("form-1")
    assert [entry.id for entry in store.entries()] == ["form-1", "form-2"]
    store.save(form(3))
    assert store.trashed() == ()


@pytest.mark.parametrize("verb", ["load", "trash", "restore"])
def test_a_form_that_is_not_there_is_named(store: Store, verb: str) -> None:
    with pytest.raises(UserError, match="没有编号为“nobody”的表"):
        getattr(store, verb)("nobody")


def test_an_import_is_all_or_nothing(store: Store, form: Form) -> None:
    store.save(form(1))
    broken = replace(form(3), year=2**63)  # SQLite cannot hold this number
    with pytest.raises(OverflowError):
        store.save_many([replace(form(1), bureau="改"), form(2), broken])
    assert store.load_all() == (form(1),)


def test_trouble_while_reading_the_forms_is_not_laid_at_the_stores_door(store: Store, form: Form) -> None:
    def reading() -> object:
        yield form(1)
        raise FileNotFoundError(2, "gone", "import.json")

    with pytest.raises(FileNotFoundError):
        store.save_many(reading())  # type: ignore[arg-type]
    assert store.entries() == ()


def test_saving_from_several_threads(store: Store, form: Form) -> None:
    threads = [threading.Thread(target=store.save, args=(form(number),)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {record.id: record for record in store.load_all()} == {f"form-{n}": form(n) for n in range(6)}


def test_a_closed_store_is_closed(path: Path, store: Store, form: Form) -> None:
    store.close()
    store.close()
    with pytest.raises(RuntimeError, match="closed"):
        store.save(form(1))
    assert names(path.parent) == ["perfdesk.db"]


def test_folder_and_file_are_made_and_kept(path: Path, clock: Callable[[], datetime], form: Form) -> None:
    assert not path.parent.exists()
    with Store.open(path, now=clock) as store:
        assert (store.path, store.read_only) == (path, False)
        store.save(form(1))
    with Store.open(path, now=clock) as store:
        assert store.load_all() == (form(1),)


@pytest.mark.parametrize("name", ["100% #1?.db", "引号'\".db", "perfdesk", "𬭎.db", "a&mode=memory.db"])
def test_any_file_name_will_do(tmp_path: Path, name: str, form: Form) -> None:
    with Store.open(tmp_path / name, now=datetime.now) as store:
        store.save(form(1))
    assert names(tmp_path) == [name]
    with Store.open(tmp_path / name, now=datetime.now, read_only=True) as store:
        assert store.load_all() == (form(1),)
