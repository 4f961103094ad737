from __future__ import annotations

import json
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine

from perfdesk import __version__
from perfdesk.errors import UserError
from perfdesk.model import Binding, Block, FundRow, Indicator, ListRow, Origin, Record, Section, Traced, VersionKind
from perfdesk.store import Arrival, Store, backup, engine, migrations, schema
from perfdesk.store.backups import found
from perfdesk.store.backupstate import folder_of
from tests.store.folders import names

Form = Callable[..., Record]
Run = Callable[..., str]

OLD = Path(__file__).parents[1] / "old_databases"
ROOT = Path(__file__).parents[2]

HEAD = "import sqlalchemy as sa\nfrom alembic import op\nrevision = '0005'\ndown_revision = '0004'\ndef upgrade():\n"
REBUILD = """
    with op.batch_alter_table("record", recreate="always") as table:
        table.add_column(sa.Column("locked_at", sa.Text))
    op.create_table("later", sa.Column("id", sa.Text, primary_key=True))
    op.execute("UPDATE record SET bureau = bureau || '（改）'")
"""


GUARDS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"


def content(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def tables(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """The shape of a file: columns, indices and links of each table, and whether it has row ids."""
    with closing(sqlite3.connect(path)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: [
                row
                for what in ("table_info", "foreign_key_list", "table_list")
                for row in connection.execute(f"PRAGMA {what}({name})")
            ]
            + sorted(row[1:] for row in connection.execute(f"PRAGMA index_list({name})"))  # made in any order
            for name in sorted(names)
        } | {"guards": connection.execute(GUARDS).fetchall()}


@pytest.fixture
def old(path: Path, form: Form) -> Path:
    with Store.open(path, now=datetime.now) as store:
        store.save_many(form(number) for number in range(3))
    return path


@pytest.fixture
def step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Pretend that the next release has one more step."""
    scripts = tmp_path / "scripts"
    shutil.copytree(migrations.SCRIPTS / "versions", scripts / "versions")

    def write(body: str) -> None:
        (scripts / "versions" / "r0005_next.py").write_text(HEAD + body, "utf-8")

    monkeypatch.setattr(migrations, "SCRIPTS", scripts)
    monkeypatch.setattr(schema, "REVISION", "0005")
    monkeypatch.setattr(migrations, "program_version", lambda: "3.2")
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    return write


# ------------------------------------------------------------------------------------------- files of released versions


@pytest.mark.parametrize("file", sorted(OLD.glob("*.db")), ids=lambda file: file.stem)
def test_a_file_of_each_release_opens_and_reads(file: Path, tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    shutil.copy(file, path)
    expected = json.loads(file.with_suffix(".json").read_text("utf-8"))
    with Store.open(path, now=datetime.now) as store:
        forms = [*store.load_all(), *(store.load(entry.id) for entry in store.trashed())]
        assert [asdict_of(record) for record in forms] == [told(one) for one in expected]
        store.save(Record("new", "t", 2030))
        assert store.entries()[0].id == "new"


def asdict_of(record: Record) -> dict[str, object]:
    plain = {name: getattr(record, name) for name in ("id", "template_id", "year", "bureau", "extra")}
    parts = {name: [asdict(row) for row in getattr(record, name)] for name in ("funds", "indicators", "sections")}
    rows = [dict(row.cells) for row in record.rows]
    maps = {"values": dict(record.values), "stated": dict(record.stated)}
    return told({**plain, "unit": str(record.unit), **maps, **parts, "rows": rows})


def told(form: dict[str, Any]) -> dict[str, object]:
    """A form as JSON has it, without what is blank: later releases know more texts than an old file could hold."""
    content: dict[str, Any] = json.loads(json.dumps(form))
    for part in ("funds", "indicators"):
        content[part] = [{key: text for key, text in row.items() if text} for row in content[part]]
    return {key: one for key, one in content.items() if one or key not in ("rows", "sections")}


def test_the_versions_of_a_released_file_read_back(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    shutil.copy(OLD / "0003.db", path)
    with Store.open(path, now=datetime.now) as store:
        kept = store.versions.of("0f6a52c1")
        assert [(one.name, one.note) for one in kept] == [
            ("退回补充", ""),
            ("上报版", ""),
            ("送审稿", "分值合计 110 \ud800"),
        ]
        assert all(store.versions.record_of(one.id) == store.load("0f6a52c1") for one in kept)
        assert [one.code for one in kept] == ["AQY5-P0YG-A313"] * 3
        assert list(store.versions.submitted()) == ["5e11"]
        (report,) = store.versions.of("5e11")
        assert store.versions.record_of(report.id) == store.load("5e11")


def test_every_released_schema_has_its_file() -> None:
    steps = [file.stem[1:5] for file in sorted(migrations.SCRIPTS.glob("versions/r*.py"))]
    assert [file.stem for file in sorted(OLD.glob("*.db"))] == steps
    assert steps[-1] == schema.REVISION


def test_the_steps_lead_to_the_tables_a_new_file_gets(path: Path, tmp_path: Path) -> None:
    Store.open(path, now=datetime.now).close()
    stepped = tmp_path / "stepped.db"
    made = create_engine(f"sqlite:///{stepped}")
    with made.begin() as connection:
        migrations.run_steps(connection, target=schema.REVISION)
    made.dispose()
    assert tables(stepped) == tables(path)
    assert len(tables(path)["guards"]) == 4


# ------------------------------------------------------------------------------------------------------- one more step


def test_an_older_file_is_copied_then_migrated(
    old: Path, step: Callable[[str], None], clock: Callable[[], datetime], form: Form
) -> None:
    step(REBUILD)
    before, bytes_before = content(old), old.read_bytes()
    with Store.open(old, now=clock) as store:
        forms = store.load_all()
        assert [record.bureau for record in forms] == ["某县司法局（改）"] * 3
        assert [record.indicators for record in forms] == [form(number).indicators for number in range(3)]
        assert [record.values for record in forms] == [form(number).values for number in range(3)]
        store.save(form(9))
    with closing(sqlite3.connect(old)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("0005",)]
        assert connection.execute("SELECT value FROM store WHERE key = 'program'").fetchall() == [("3.2",)]
        assert connection.execute("SELECT count(*) FROM later").fetchone() == (0,)
        assert connection.execute("PRAGMA foreign_key_list(value)").fetchone()[2:5] == ("record", "record_id", "id")
    (copy,) = found(old)
    assert copy.path.name == "perfdesk-20260318-0913-000001-升级前.db"
    assert names(old.parent) == [old.name, "备份"]
    assert content(copy.path) == before
    assert copy.size == len(bytes_before)


def test_a_copy_from_before_is_never_written_over(
    old: Path, step: Callable[[str], None], clock: Callable[[], datetime]
) -> None:
    step(REBUILD)
    older = folder_of(old) / "perfdesk-20260318-0912-000007-升级前.db"
    older.parent.mkdir()
    older.write_bytes(b"older copy")
    assert migrations.migrate(old, moment=clock()).name == "perfdesk-20260318-0912-000008-升级前.db"
    assert older.read_bytes() == b"older copy"


BROKEN = {
    "a mistake in the step": ("    raise ZeroDivisionError('step 0005')\n", ZeroDivisionError, "step 0005"),
    "a full disk": (
        "    import sqlite3\n    error = sqlite3.OperationalError('full')\n    error.sqlite_errorcode = 13\n    raise error\n",
        UserError,
        "磁盘已满",
    ),
    "rows left hanging": ("    op.execute(\"DELETE FROM record WHERE id = 'form-1'\")\n", UserError, "已损坏"),
}


@pytest.mark.parametrize(("ending", "kind", "said"), BROKEN.values(), ids=BROKEN)
def test_a_step_that_breaks_changes_nothing(
    old: Path,
    step: Callable[[str], None],
    ending: str,
    kind: type[Exception],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    step(REBUILD + ending)
    before, bytes_before = content(old), old.read_bytes()
    with pytest.raises(kind, match=said):
        Store.open(old, now=datetime.now)
    assert content(old) == before
    assert old.read_bytes() == bytes_before
    (copy,) = found(old)
    assert content(copy.path) == before
    monkeypatch.undo()
    with Store.open(old, now=datetime.now) as store:
        assert len(store.load_all()) == 3


def test_no_migration_without_a_copy(old: Path, step: Callable[[str], None], monkeypatch: pytest.MonkeyPatch) -> None:
    step(REBUILD)
    before = old.read_bytes()

    def refuse(_source: Path, _target: Path) -> None:
        raise UserError("磁盘已满")

    monkeypatch.setattr(backup, "copy_to", refuse)
    with pytest.raises(UserError, match="磁盘已满"):
        Store.open(old, now=datetime.now)
    assert old.read_bytes() == before


def test_an_older_file_cannot_be_migrated_while_looking(old: Path, step: Callable[[str], None]) -> None:
    step(REBUILD)
    before = old.read_bytes()
    with pytest.raises(UserError, match=r"由旧版本保存，要先升级才能看.*能写的文件夹"):
        Store.open(old, now=datetime.now, read_only=True)
    assert old.read_bytes() == before


# ---------------------------------------------------------------------------------------------- what is imported, where


NORMAL_USE = """
import sys
from datetime import datetime
from importlib import metadata
from pathlib import Path
from perfdesk.model import Record
from perfdesk.store import Store
for read_only in (False, False, True):
    with Store.open(Path(sys.argv[1]), now=datetime.now, read_only=read_only) as store:
        if not read_only:
            store.save(Record("a", "t", 2024))
        assert store.entries() and store.load_all()
print(sorted({name.split(".")[0] for name in sys.modules} & {"alembic", "mako", "PySide6", "shiboken6", "ui"}))
"""


def test_normal_use_imports_neither_alembic_nor_qt(path: Path, run: Run) -> None:
    assert run(NORMAL_USE, path).strip() == "[]"


MOVED = """
import os, sys
os.chdir("/")
sys.path.insert(0, sys.argv[1])
from sqlalchemy import create_engine, text
from perfdesk.store import migrations
assert str(migrations.SCRIPTS).startswith(sys.argv[1]), migrations.SCRIPTS
with create_engine("sqlite://").begin() as connection:
    migrations.run_steps(connection, target="0001")
    print(connection.execute(text("SELECT version_num FROM alembic_version")).scalar())
"""


def test_the_steps_are_found_wherever_the_program_lies(tmp_path: Path, run: Run) -> None:
    """As in a frozen program: another folder, with blanks and Chinese in its name, and no repository around it."""
    place = tmp_path / "绩效 (1)" / "_internal"
    shutil.copytree(ROOT / "perfdesk", place / "perfdesk", ignore=shutil.ignore_patterns("__pycache__"))
    assert run(MOVED, place).strip() == "0001"


def test_the_store_notes_the_version_of_the_program() -> None:
    assert engine.program_version() == __version__


def make_old_database(folder: Path) -> None:
    """Made once per released schema, with made-up data: ``python -c`` of the line in ``tests/old_databases/README.md``."""
    forms = (
        Record(
            "0f6a52c1",
            "national-2020-project-self",
            2024,
            bureau="青禾县司法局",
            values={"project_name": "法律援助工作经费", "title": "项目支出绩效自评表", "unknown": "=100%\n第二行\x00"},
            funds=(
                FundRow("年度资金总额", "30", "30.00", "29.539", "10", "98.46%", "9.85"),
                FundRow("其中：上级资金", "12"),
            ),
            indicators=(
                Indicator("产出指标", "50", "数量指标", "", "办理法律援助案件数", "≥70件", "72件", "10", "10"),
                Indicator(
                    "效益指标", "30", "社会效益指标", "", "群众知晓率 𬭎\ud800", "≥95%", "93%", "10", "9.79", "宣传不足"
                ),
            ),
            stated={"total_score": "99.64", "total_weight": "100"},
            extra='{"annex": "附件1"}',
        ),
        Record("7be0", "national-2020-project-self", 2023, values={"project_name": "人民调解经费"}),
        Record(
            "93bd",
            "zhijiang-2024-project-goal",
            2023,
            funds=(FundRow("项目资金", "8", interim_executed="3", expected_executed="8"),),
            indicators=(
                Indicator("产出指标", "", "数量指标", name="调解件数 \ud800", indicator_type="≥", target_value="70"),
                Indicator("产出指标", "", "质量指标"),
            ),
            rows=(ListRow.of({"agency": "青禾县司法局", "remark": "=1+1"}), ListRow()),
        ),
        Record(
            "5e11",
            "lingling-2022-report",
            2022,
            values={"title": "整体支出绩效自评报告"},
            sections=(
                Section(1, "一、基本情况"),
                Section(2, "（一）职能", ("支出 {{部门·执行数|12}} 万元。", "\ud83d")),
            ),
        ),
        Record("c4d9", "qiannan-2024-project-self", 2024, values={"project_name": "删掉的表"}),
    )
    with Store.open(folder / f"{schema.REVISION}.db", now=lambda: datetime(2026, 3, 18, 9, 12)) as store:  # noqa: DTZ001
        store.save_many(forms)
        store.versions.keep(forms[0], VersionKind.KEPT, note="分值合计 110 \ud800")
        store.versions.keep(forms[3], VersionKind.SUBMITTED)
        store.versions.keep(forms[0], VersionKind.SUBMITTED)
        store.versions.keep(forms[0], VersionKind.RETURNED, name="退回补充")
        place = Traced(Binding(Block.FUNDS, "executed", 0), "年度资金总额", "29.539", ("自评表!E8",))
        store.arrivals.take_in([Arrival(forms[1], Origin("2023年自评表 \ud800.xlsx", "xlsx", "0" * 64, (place,)))])
        store.trash("c4d9")
        content = json.dumps([asdict_of(record) for record in forms], indent=1)
    (folder / f"{schema.REVISION}.json").write_text(content + "\n", "utf-8")
