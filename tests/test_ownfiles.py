"""Templates and policies of the office that travel in its data file: what is taken along, what is offered, what is put in."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from perfdesk import ownfiles, places
from perfdesk.errors import UserError
from perfdesk.store import Store
from perfdesk.store.ownfiles import OwnFile

START = datetime.fromisoformat("2026-03-18T09:12:00")
EARLY, LATE = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(places, "data_folder", lambda: tmp_path / "本机")
    return tmp_path / "本机"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "数据" / "perfdesk.db"


def put(path: Path, text: str, written: datetime = EARLY) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    os.utime(path, (written.timestamp(), written.timestamp()))


def opened(path: Path) -> Store:
    return Store.open(path, now=lambda: START)


def test_what_is_the_offices_own_goes_along_and_nothing_else(folder: Path, path: Path) -> None:
    put(folder / "templates" / "某县.toml", 'title = "某县"')
    put(folder / "policies" / "county.toml", "a = 1", LATE)
    put(folder / "cycle.toml", "b = 2")
    put(folder / "templates" / "说明.txt", "no template")
    put(folder / "perfdesk.ini", "[last]")
    (folder / "policies" / "old.toml").write_bytes(b"\xd6\xd0")
    with opened(path) as store:
        assert ownfiles.offers(store) == ()
        ownfiles.take_along(store)
        kept = store.own_files.kept()
        assert [(one.name, one.written) for one in kept] == [
            ("cycle.toml", EARLY),
            ("policies/county.toml", LATE),
            ("templates/某县.toml", EARLY),
        ]
        changed = store.safekeeping.has_changed()
        ownfiles.take_along(store)
        assert store.safekeeping.has_changed() is changed
    assert sorted(kept) == sorted(ownfiles.here())


@pytest.mark.parametrize(
    ("here", "there", "stands", "offered"),
    [
        (None, ("b", EARLY), "b", True),
        (("a", EARLY), None, "a", False),
        (("a", LATE), ("b", EARLY), "a", False),
        (("a", EARLY), ("b", LATE), "b", True),
        (("a", EARLY), ("a", LATE), "a", False),
        (("a", EARLY), ("b", EARLY), "b", False),
    ],
    ids=["missing here", "new here", "newer here", "newer there", "the same", "of one moment"],
)
def test_the_newer_one_is_kept_and_never_put_in_by_itself(
    here: tuple[str, datetime] | None,
    there: tuple[str, datetime] | None,
    stands: str,
    offered: bool,
    folder: Path,
    path: Path,
) -> None:
    name = "templates/某县.toml"
    if here is not None:
        put(folder / name, *here)
    with opened(path) as store:
        store.own_files.keep([OwnFile(name, *there)] if there is not None else [])
        assert [one.file.name for one in ownfiles.offers(store)] == [name] * offered
        ownfiles.take_along(store)
        assert [one.text for one in store.own_files.kept()] == [stands]
    assert (folder / name).exists() is (here is not None)


def test_what_is_put_in_is_the_same_and_what_it_replaces_stays(folder: Path, path: Path) -> None:
    put(folder / "templates" / "某县.toml", "old")
    files = [OwnFile("templates/某县.toml", "new", LATE), OwnFile("policy-choices.toml", "[templates]\n", EARLY)]
    with opened(path) as store:
        store.own_files.keep(files)
        found = ownfiles.offers(store)
        assert [one.replaces for one in found] == [False, True]
        ownfiles.put_in(found)
        assert ownfiles.offers(store) == ()
    assert sorted(ownfiles.here()) == sorted(files)
    assert (folder / "templates" / "某县.toml.换下").read_text("utf-8") == "old"


@pytest.mark.parametrize(
    "name",
    ["../x.toml", "templates/../x.toml", "templates/a.exe", "/etc/x.toml", "other/x.toml", "templates/C:\\x.toml"],
)
def test_a_name_that_leads_elsewhere_is_not_followed(name: str, folder: Path) -> None:
    with pytest.raises(UserError, match="没有放进来"):
        ownfiles.put_in([ownfiles.Offer(OwnFile(name, "", EARLY), replaces=False)])
    assert not folder.exists()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("templates/某县-2026.toml", "表样“某县-2026”"),
        ("policies/county.toml", "计分办法“county”"),
        ("policy-choices.toml", "各表样选用的计分办法"),
        ("cycle.toml", "年度日程"),
        ("other.toml", "“other.toml”"),
    ],
)
def test_what_they_are_called(name: str, words: str) -> None:
    assert ownfiles.Offer(OwnFile(name, "", EARLY), replaces=False).words == words


def test_a_folder_that_takes_nothing_is_said(folder: Path) -> None:
    folder.parent.joinpath("本机").write_text("a file in the place of the folder", "utf-8")
    with pytest.raises(UserError, match=r"templates.*写不进去.*再放一次"):
        ownfiles.put_in([ownfiles.Offer(OwnFile("templates/a.toml", "", EARLY), replaces=False)])


def test_they_come_along_in_every_copy(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with opened(path) as store:
        store.own_files.keep([OwnFile("templates/某县.toml", "\ud800 半个字", LATE)])
        store.copy_to(copy)
    with Store.open(copy, now=lambda: START, read_only=True) as there:
        assert there.own_files.kept() == (OwnFile("templates/某县.toml", "\ud800 半个字", LATE),)
