"""A damaged data file: set aside, and every form that can be had stands in a new one, with the place it came from."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from perfdesk.errors import UserError
from perfdesk.model import Answer, ListRow, Record, Section, VersionKind
from perfdesk.store import Reason, Store, StoreBusy, StoreDamaged, copy_to
from perfdesk.store.changelog import Break, Deed
from perfdesk.store.ownfiles import OwnFile
from perfdesk.store.salvage import PART_NAME, Salvaged, salvage
from perfdesk.store.sources import Source

Form = Callable[..., Record]
Clock = Callable[[], datetime]
Harm = Callable[[bytearray, int, random.Random], None]
COUNT = 40


def changed(record: Record, text: str) -> Record:
    return replace(record, values={**record.values, "agency": text})


@pytest.fixture
def forms(form: Form) -> tuple[Record, ...]:
    """Forms with something of everything in them."""
    made = [form(number, year=2020 + number // 10) for number in range(COUNT)]
    answer = Answer("weights", "分值合计", "", "100", "已与财政局核对")
    made[3] = replace(made[3], rows=(ListRow.of({"a": "1", "b": "2"}), ListRow.of({})), answers=(answer,))
    made[4] = replace(made[4], sections=(Section(1, "一、基本情况", ("全年办理 {{cases|312}} 件。", "")),))
    return tuple(made)


@pytest.fixture
def office(path: Path, clock: Clock, forms: tuple[Record, ...]) -> Path:
    """A data file with forms, versions, a form in the 回收站 and one that was deleted; closed properly."""
    with Store.open(path, now=clock) as store:
        store.save_many(forms)
        store.versions.keep(forms[0], VersionKind.SUBMITTED)
        store.versions.keep(forms[1], VersionKind.KEPT, name="送审稿")
        store.trash(forms[2].id)
    return path


def without_journal(path: Path) -> None:
    path.with_name(f"{path.name}.edits").unlink(missing_ok=True)


def pages_of(path: Path, *tables: str) -> list[int]:
    """Return the numbers of the leaf pages of tables, found by the names that stand on them."""
    with closing(sqlite3.connect(path)) as connection:
        (roots,) = (
            [
                row[0]
                for row in connection.execute("SELECT rootpage, name FROM sqlite_master WHERE rootpage")
                if row[1] in tables
            ],
        )
    content, found = path.read_bytes(), []
    for root in roots:
        found += _leaves(content, root)
    return found


def _leaves(content: bytes, page: int) -> list[int]:
    start = (page - 1) * 4096 + (100 if page == 1 else 0)
    kind, count = content[start], int.from_bytes(content[start + 3 : start + 5], "big")
    if kind in {0x0A, 0x0D}:
        return [page]
    cells = [int.from_bytes(content[at : at + 2], "big") for at in range(start + 12, start + 12 + 2 * count, 2)]
    base = (page - 1) * 4096
    children = [int.from_bytes(content[base + cell : base + cell + 4], "big") for cell in cells]
    children.append(int.from_bytes(content[start + 8 : start + 12], "big"))
    return [leaf for child in children for leaf in _leaves(content, child)]


def zero(path: Path, pages: Iterable[int]) -> None:
    content = bytearray(path.read_bytes())
    for page in pages:
        content[(page - 1) * 4096 : page * 4096] = bytes(4096)
    path.write_bytes(content)


def by_source(done: Salvaged) -> dict[Source, set[str]]:
    found: dict[Source, set[str]] = {}
    for one in done.forms:
        found.setdefault(one.source, set()).add(one.record_id)
    return found


def everything(path: Path, clock: Clock, *, versions_lost: int = 0) -> dict[str, Record]:
    with Store.open(path, now=clock) as store:
        proof = store.history.prove()
        assert proof.broken is None or (versions_lost and proof.broken is Break.VERSION), proof
        ids = [one.id for one in (*store.entries(), *store.trashed())]
        return {one: store.load(one) for one in ids}


def header(path: Path) -> None:
    path.write_bytes(bytes(100) + path.read_bytes()[100:])


def first_page(path: Path) -> None:
    path.write_bytes(bytes(4096) + path.read_bytes()[4096:])


def lost_whole(path: Path) -> None:
    path.write_bytes(b"")


def gone(path: Path) -> None:
    path.unlink()


def foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE places(url)")


def noise(path: Path) -> None:
    path.write_bytes(b"\x5a" * len(path.read_bytes()))


def halved(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2 // 4096 * 4096])


def torn(path: Path) -> None:
    zero(path, pages_of(path, "indicator", "value", "record")[::3])


SPOIL = (header, first_page, lost_whole, gone, foreign, noise, halved, torn)


@pytest.mark.parametrize("spoil", SPOIL, ids=lambda one: one.__name__)
def test_with_the_journal_nothing_is_lost(
    office: Path, clock: Clock, forms: tuple[Record, ...], spoil: Callable[[Path], None]
) -> None:
    spoil(office)
    broken = office.read_bytes() if office.exists() else b""
    done = salvage(office, now=clock)
    assert everything(office, clock) == {one.id: one for one in forms}
    assert by_source(done).keys() <= {Source.FILE, Source.JOURNAL}
    assert len(done.forms) == COUNT
    assert not broken or done.aside.read_bytes() == broken
    assert done.aside.name.startswith("perfdesk.db.损坏-20260318-")
    assert done.aside.with_name(f"{done.aside.name}.edits").exists()
    assert not [one for one in office.parent.iterdir() if one.name.startswith(".")]


def _zeros(content: bytearray, at: int, dice: random.Random) -> None:
    del dice
    content[at // 4096 * 4096 : at // 4096 * 4096 + 4096] = bytes(4096)


def _letter(content: bytearray, at: int, dice: random.Random) -> None:
    content[at] = dice.randrange(256)


def _sector(content: bytearray, at: int, dice: random.Random) -> None:
    content[at // 512 * 512 : at // 512 * 512 + 512] = dice.randbytes(512)


def _older_page(content: bytearray, at: int, dice: random.Random) -> None:
    other = dice.randrange(len(content)) // 4096 * 4096
    content[at // 4096 * 4096 : at // 4096 * 4096 + 4096] = content[other : other + 4096]


@pytest.mark.parametrize("harm", [_zeros, _letter, _sector, _older_page], ids=lambda one: one.__name__)
@pytest.mark.parametrize("times", [1, 6])
def test_whatever_is_damaged_the_journal_has_it_all(
    office: Path, clock: Clock, forms: tuple[Record, ...], harm: Harm, times: int
) -> None:
    dice = random.Random(times)  # noqa: S311 - damage that can be made again
    content = bytearray(office.read_bytes())
    for _ in range(times):
        harm(content, dice.randrange(len(content)), dice)
    office.write_bytes(content)
    done = salvage(office, now=clock)
    assert everything(office, clock, versions_lost=done.versions_lost) == {one.id: one for one in forms}


@pytest.mark.parametrize("spoil", [header, first_page], ids=lambda one: one.__name__)
def test_a_file_that_lost_its_beginning_alone_needs_nothing_else(
    office: Path, clock: Clock, forms: tuple[Record, ...], spoil: Callable[[Path], None]
) -> None:
    spoil(office)
    without_journal(office)
    done = salvage(office, now=clock)
    assert by_source(done) == {Source.FILE: {one.id for one in forms}}
    assert everything(office, clock) == {one.id: one for one in forms}
    assert (done.versions, done.cut) == (2, 0)
    with Store.open(office, now=clock) as store:
        assert store.trashed()[0].id == forms[2].id
        assert set(store.versions.submitted()) == {forms[0].id}


@pytest.mark.parametrize("spoil", SPOIL, ids=lambda one: one.__name__)
def test_the_newest_good_backup_and_the_log_stand_in(
    office: Path, clock: Clock, forms: tuple[Record, ...], spoil: Callable[[Path], None]
) -> None:
    bad, good = office.with_name("bad.db"), office.with_name("good.db")
    copy_to(office, good)
    bad.write_bytes(b"half a copy")
    spoil(office)
    without_journal(office)
    done = salvage(office, now=clock, backups=((bad, clock()), (good, clock())))
    assert everything(office, clock) == {one.id: one for one in forms}
    assert by_source(done).keys() <= {Source.FILE, Source.BACKUP, Source.REPLAYED}
    assert (done.backup, done.refused) == (good, (bad,))


def test_the_backups_beside_the_file_are_found(office: Path, clock: Clock, forms: tuple[Record, ...]) -> None:
    with Store.open(office, now=clock) as store:
        made = store.safekeeping.make(Reason.ASKED).backup.path
    office.unlink()
    without_journal(office)
    office.with_name(f"{office.name}.edits.1").unlink(missing_ok=True)
    done = salvage(office, now=clock)
    assert done.backup == made
    assert everything(office, clock) == {one.id: one for one in forms}


def test_what_was_typed_since_the_backup_comes_back_by_the_change_log(
    office: Path, clock: Clock, forms: tuple[Record, ...]
) -> None:
    good = office.with_name("good.db")
    copy_to(office, good)
    later = [changed(one, f"法律援助中心{number}") for number, one in enumerate(forms[5:])]
    with Store.open(office, now=clock) as store:
        for one in later:
            store.save(one)
            store.save(changed(one, f"{one.value('agency')}（新）"))
    zero(office, pages_of(office, "indicator"))
    without_journal(office)
    done = salvage(office, now=clock, backups=((good, clock()),))
    there = everything(office, clock)
    assert by_source(done)[Source.REPLAYED] == {one.id for one in later}
    assert all(there[one.id] == changed(one, f"{one.value('agency')}（新）") for one in later)


def test_what_is_found_nowhere_whole_is_kept_as_far_as_it_reads_and_marked(
    office: Path, clock: Clock, forms: tuple[Record, ...]
) -> None:
    zero(office, pages_of(office, "indicator"))
    without_journal(office)
    done = salvage(office, now=clock)
    found = {one.record_id: one for one in done.forms}
    assert found[forms[0].id].source is Source.VERSION  # both had a version that says what they were
    assert found[forms[1].id].source is Source.VERSION
    part = found[forms[7].id]
    assert (part.source, part.missing) == (Source.PART, ("指标行",))
    there = everything(office, clock)
    assert there[forms[7].id] == replace(forms[7], indicators=())
    with Store.open(office, now=clock) as store:
        (mark,) = store.versions.of(forms[7].id)
        assert (mark.name, mark.note) == (PART_NAME, "数据文件损坏后只读出一部分，缺：指标行")


def test_a_form_of_which_only_the_log_knows_is_named(office: Path, clock: Clock, forms: tuple[Record, ...]) -> None:
    zero(office, pages_of(office, "record", "sqlite_autoindex_record_1"))
    without_journal(office)
    done = salvage(office, now=clock)
    found = {one.record_id: one.source for one in done.forms}
    assert set(found) == {one.id for one in forms}
    assert found[forms[7].id] is Source.NOWHERE
    assert set(everything(office, clock)) == {forms[0].id, forms[1].id}


def test_a_letter_that_changed_on_the_disk_is_noticed(office: Path, clock: Clock, forms: tuple[Record, ...]) -> None:
    """The pages agree with each other, but the form is not what the change log says it was."""
    content = office.read_bytes()
    at = content.index("法律援助工作经费12".encode())
    office.write_bytes(content[: at + 2] + b"\xff" + content[at + 3 :])
    done = salvage(office, now=clock)
    assert by_source(done)[Source.JOURNAL] == {forms[12].id}
    assert everything(office, clock)[forms[12].id] == forms[12]


def test_the_last_lines_of_the_log_are_gone_and_the_forms_are_not(
    office: Path, clock: Clock, forms: tuple[Record, ...]
) -> None:
    with Store.open(office, now=clock) as store:
        for one in forms[5:]:
            store.save(changed(one, "改过的"))
    zero(office, pages_of(office, "change")[-2:])
    without_journal(office)
    done = salvage(office, now=clock)
    assert by_source(done).keys() <= {Source.FILE, Source.READ}
    there = everything(office, clock)
    assert there == {one.id: changed(one, "改过的") if at >= 5 else one for at, one in enumerate(forms)}
    assert done.lines


def test_versions_and_lines_that_the_backup_still_has_come_back(
    office: Path, clock: Clock, forms: tuple[Record, ...]
) -> None:
    good = office.with_name("good.db")
    copy_to(office, good)
    zero(office, pages_of(office, "version", "change"))
    done = salvage(office, now=clock, backups=((good, clock()),))
    assert (done.versions, done.cut) == (2, 0)
    with Store.open(office, now=clock) as store:
        deeds = [one.deed for one in store.history.of(forms[1].id)]
        assert deeds[:2] == [Deed.MADE, Deed.KEPT]
        assert store.versions.submitted().keys() == {forms[0].id}


def test_own_files_that_only_the_backup_still_has_come_back(office: Path, clock: Clock) -> None:
    good, file = office.with_name("good.db"), OwnFile("templates/某县.toml", "title", datetime(2026, 3, 1, tzinfo=UTC))
    with Store.open(office, now=clock) as store:
        store.own_files.keep([file])
    copy_to(office, good)
    zero(office, pages_of(office, "store"))
    salvage(office, now=clock, backups=((good, clock()),))
    with Store.open(office, now=clock) as store:
        assert store.own_files.kept() == (file,)


def test_what_was_deleted_for_good_stays_away(path: Path, forms: tuple[Record, ...]) -> None:
    moment = datetime(2026, 1, 5, 9, 0).astimezone()
    good = path.with_name("good.db")
    with Store.open(path, now=lambda: moment) as store:
        store.save_many(forms[:2])
        store.trash(forms[0].id)
        store.copy_to(good)
    later = moment.replace(month=4)
    with Store.open(path, now=lambda: later) as store:
        store.empty_bin()
    header(path)
    done = salvage(path, now=lambda: later, backups=((good, moment),))
    assert by_source(done) == {Source.FILE: {forms[1].id}}


def test_edits_that_were_never_saved_are_still_there_to_be_asked_about(
    office: Path, clock: Clock, forms: tuple[Record, ...]
) -> None:
    store = Store.open(office, now=clock)
    typed = changed(forms[9], "没来得及存")
    store.note(typed, forms[9])
    store.close()
    header(office)
    salvage(office, now=clock)
    with Store.open(office, now=clock) as again:
        (lost,) = again.lost_edits()
        assert (lost.record, lost.stored, lost.follows) == (typed, forms[9], True)


def test_where_nothing_can_be_had_nothing_is_touched(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "perfdesk.db"
    path.write_text("项目名称：法律援助", "utf-8")
    with pytest.raises(UserError, match=r"perfdesk\.db”里一张表也读不出来.*没有改动它"):
        salvage(path, now=clock)
    assert [one.name for one in tmp_path.iterdir()] == ["perfdesk.db"]


def test_a_file_that_another_window_has_is_left_alone(office: Path, clock: Clock) -> None:
    with Store.open(office, now=clock), pytest.raises(StoreBusy):
        salvage(office, now=clock)


def test_a_stick_that_knows_no_links_gets_a_copy(
    office: Path, clock: Clock, forms: tuple[Record, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_paths: object) -> None:
        raise OSError(1, "no links here")

    monkeypatch.setattr("os.link", refuse)
    header(office)
    broken = office.read_bytes()
    first = salvage(office, now=clock).aside
    assert first.read_bytes() == broken
    assert everything(office, clock) == {one.id: one for one in forms}


def test_a_second_damage_in_the_same_minute_does_not_touch_the_first(office: Path, forms: tuple[Record, ...]) -> None:
    def at() -> datetime:
        return datetime(2026, 3, 18, 9, 12)  # noqa: DTZ001 - the clerk's own clock

    header(office)
    first = salvage(office, now=at).aside
    header(office)
    second = salvage(office, now=at).aside
    assert (first.name, second.name) == ("perfdesk.db.损坏-20260318-0912", "perfdesk.db.损坏-20260318-0912-2")
    assert set(everything(office, at)) == {one.id for one in forms}


@pytest.mark.parametrize(
    "old", sorted((Path(__file__).parents[1] / "old_databases").glob("*.db")), ids=lambda one: one.stem
)
def test_a_file_of_an_older_release_is_brought_up_to_date(old: Path, tmp_path: Path, clock: Clock) -> None:
    whole, path = tmp_path / "whole.db", tmp_path / "perfdesk.db"
    shutil.copy(old, whole)
    shutil.copy(old, path)
    header(path)
    with pytest.raises(StoreDamaged):
        Store.open(path, now=clock)
    done = salvage(path, now=clock)
    with Store.open(whole, now=clock) as store, Store.open(path, now=clock) as back:
        assert back.load_all() == store.load_all()
    assert by_source(done).keys() == {Source.FILE if old.stem >= "0004" else Source.READ}


def test_the_journal_goes_on_where_the_log_is_lost(path: Path, clock: Clock, form: Form) -> None:
    """The log of the backup calls last what was last then."""
    with Store.open(path, now=clock) as store:
        store.save(form(1))
        store.safekeeping.make(Reason.DAILY)
        store.save(changed(form(1), "某县法律援助中心（改）"))
    path.write_bytes(b"")
    (one,) = salvage(path, now=clock).forms
    assert one.source is Source.JOURNAL
    with Store.open(path, now=clock) as store:
        assert store.load_all() == (changed(form(1), "某县法律援助中心（改）"),)
        assert store.lost_edits() == ()
