"""``perfdesk backup`` and ``perfdesk restore``: the way there and back, whole and one form, and what is said on the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from perfdesk import places
from perfdesk.cli import main
from perfdesk.model import Record, VersionKind
from perfdesk.store import Reason, Store
from perfdesk.store.backups import found
from perfdesk.store.ownfiles import OwnFile
from perfdesk.store.secondplace import choose_second

Said = pytest.CaptureFixture[str]
START = datetime.fromisoformat("2026-03-18T09:12:00")
AID = Record("a", "national-2020-project-self", 2024, values={"project_name": "法律援助经费"})
MEDIATION = Record("b", "national-2020-project-self", 2024, values={"project_name": "人民调解经费"})
LATER = replace(AID, bureau="青禾县司法局")


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data file whose backup 1 knows nothing of what was done later: one form changed, one deleted, one new."""
    monkeypatch.setattr(places, "data_folder", lambda: tmp_path)
    path = tmp_path / "perfdesk.db"
    with Store.open(path, now=lambda: START) as store:
        store.save(AID)
        store.save(MEDIATION)
        store.safekeeping.make(Reason.DAILY)
        store.save(LATER)
        store.trash("b")
        store.save(replace(MEDIATION, id="c"))
    return path


def forms(path: Path) -> dict[str, Record]:
    with Store.open(path, now=lambda: START, read_only=True) as store:
        return {one.id: one for one in store.load_all()}


# -------------------------------------------------------------------------------------------------------------- backup


def test_a_backup_goes_beside_the_data_and_into_the_second_place(path: Path, tmp_path: Path, capsys: Said) -> None:
    stick = tmp_path / "U 盘"
    stick.mkdir()
    choose_second(path, stick)
    assert main(["backup"]) == 0
    made = [one for one in found(path) if one.number == 2]
    assert [(one.reason, one.elsewhere) for one in made] == [(Reason.ASKED, False), (Reason.ASKED, True)]
    assert capsys.readouterr().out == "".join(f"已备份到“{one.path}”，并已校验。\n" for one in made)
    stick.rename(tmp_path / "drawer")
    assert main(["backup"]) == 2
    said = capsys.readouterr()
    assert "000003-手动.db”，并已校验。" in said.out
    assert "不在，这次只备份在本机" in said.err


def test_a_backup_into_a_folder(path: Path, tmp_path: Path, capsys: Said) -> None:
    folder = tmp_path / "带走"
    folder.mkdir()
    assert main(["backup", "--to", str(folder), "--store", str(path)]) == 0
    (one,) = folder.iterdir()
    assert forms(one) == forms(path)
    assert f"已备份到“{one}”" in capsys.readouterr().out
    assert len(found(path)) == 1
    assert main(["backup", "--to", str(tmp_path / "no such folder")]) == 2
    assert "这个文件夹，没有备份。请先建好" in capsys.readouterr().err


@pytest.mark.parametrize(("content", "said"), [(None, "没有找到"), (b"", "是空文件"), (b"x" * 200, "不是数据文件")])
def test_what_is_no_data_file_is_not_backed_up(tmp_path: Path, content: bytes | None, said: str, capsys: Said) -> None:
    other = tmp_path / "other.db"
    if content is not None:
        other.write_bytes(content)
    assert main(["backup", "--store", str(other)]) == 2
    assert said in capsys.readouterr().err
    assert found(other) == ()


# ------------------------------------------------------------------------------------------------------------- restore


def test_without_a_word_the_backups_are_listed(path: Path, capsys: Said) -> None:
    assert main(["restore"]) == 0
    head, line, foot = capsys.readouterr().out.splitlines()
    assert head.split() == ["编号", "时间", "缘由", "大小", "文件"]
    assert line.split()[:4] == ["1", "2026-03-18", "09:12", "每天"]
    assert foot.startswith("共 1 份。")


def test_where_there_are_none_the_list_says_so(tmp_path: Path, capsys: Said) -> None:
    assert main(["restore", "--store", str(tmp_path / "perfdesk.db")]) == 0
    assert "还没有备份" in capsys.readouterr().out


def test_all_of_it_is_restored_and_taken_back(path: Path, capsys: Said) -> None:
    before = forms(path)
    assert main(["restore", "1"]) == 0
    assert forms(path) == {"a": AID, "b": MEDIATION}
    said = capsys.readouterr().out
    assert "已恢复成“perfdesk-20260318-0912-000001-每天.db”" in said
    assert "perfdesk restore 2 可以换回来" in said
    assert main(["restore", "2"]) == 0
    assert forms(path) == before
    with Store.open(path, now=lambda: START) as store:
        assert store.lost_edits() == ()
        assert [one.id for one in store.trashed()] == ["b"]


def test_what_is_restored_is_not_thinned_away_by_the_backup_before_it(path: Path) -> None:
    with Store.open(path, now=lambda: START) as store:
        oldest = store.safekeeping.make(Reason.IMPORT).backup
        for _ in range(9):
            store.safekeeping.make(Reason.IMPORT)
    assert main(["restore", str(oldest.number)]) == 0
    assert oldest.path.exists()


def test_a_file_from_elsewhere_is_restored_where_there_is_none(path: Path, tmp_path: Path, capsys: Said) -> None:
    new = tmp_path / "new" / "computer" / "perfdesk.db"
    assert main(["restore", str(found(path)[0].path), "--store", str(new)]) == 0
    assert forms(new) == {"a": AID, "b": MEDIATION}
    assert "换回来" not in capsys.readouterr().out


def test_a_damaged_file_is_set_aside_not_written_over(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:] = bytes(len(content) - 4096)
    path.write_bytes(content)
    assert main(["restore", "1"]) == 0
    assert forms(path) == {"a": AID, "b": MEDIATION}
    aside, *_edits = sorted(path.parent.glob("perfdesk.db.损坏-*"))
    assert aside.read_bytes() == bytes(content)


def test_an_open_window_is_to_be_closed_first(path: Path, capsys: Said) -> None:
    with Store.open(path, now=lambda: START):
        assert main(["restore", "1"]) == 2
        assert "另一个窗口正在填报" in (said := capsys.readouterr().err)
        assert said.endswith("要恢复，先关闭那个窗口。\n")
    assert forms(path)["a"] == LATER


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["7"], "没有编号为 7 的备份"),
        (["没有这个.db"], "没有找到"),
        (["--form", "a"], "没有写从哪一份备份恢复"),
        (["1", "--form", "x"], "里没有“x”这张表。请用下面的编号：\n编号  年度  表\na     2024  法律援助经费"),
    ],
)
def test_what_cannot_be_restored_is_said(arguments: list[str], said: str, path: Path, capsys: Said) -> None:
    assert main(["restore", *arguments]) == 2
    assert said in capsys.readouterr().err
    assert forms(path)["a"] == LATER


# ------------------------------------------------------------------------------------------------------------ one form


@pytest.mark.parametrize("named", ["a", "法律援助经费"])
def test_one_form_comes_back_and_the_present_one_is_a_version(path: Path, named: str, capsys: Said) -> None:
    assert main(["restore", "1", "--form", named]) == 0
    assert forms(path)["a"] == AID
    assert set(forms(path)) == {"a", "c"}
    said = capsys.readouterr().out
    assert said.startswith(
        "“法律援助经费”（2024）已恢复成“perfdesk-20260318-0912-000001-每天.db”里的样子；恢复前的样子在版本"
    )
    with Store.open(path, now=lambda: START, read_only=True) as store:
        (version,) = store.versions.of("a")
        assert store.versions.record_of(version.id) == LATER
    assert main(["restore", "1", "--form", named]) == 0
    assert capsys.readouterr().out == "“法律援助经费”（2024）现在和那时一样，没有改动。\n"


def test_a_form_that_is_gone_comes_back(path: Path, capsys: Said) -> None:
    with Store.open(path, now=lambda: datetime.fromisoformat("2026-06-01T09:00:00")) as store:
        store.empty_bin()
    assert main(["restore", "1", "--form", "b"]) == 0
    assert forms(path)["b"] == MEDIATION
    assert capsys.readouterr().out.endswith("里的样子。\n")


def test_a_form_that_was_handed_in_stays(path: Path, capsys: Said) -> None:
    with Store.open(path, now=lambda: START) as store:
        store.versions.keep(LATER, VersionKind.SUBMITTED)
    assert main(["restore", "1", "--form", "a"]) == 2
    assert "“法律援助经费”（2024）已上报，没有恢复。" in capsys.readouterr().err
    assert forms(path)["a"] == LATER


def test_of_two_forms_of_a_name_the_number_is_asked_for(path: Path, capsys: Said) -> None:
    with Store.open(path, now=lambda: START) as store:
        store.save(replace(AID, id="d", year=2025))
        number = store.safekeeping.make(Reason.ASKED).backup.number
    assert main(["restore", str(number), "--form", "法律援助经费"]) == 2
    assert "有 2 张表叫“法律援助经费”。请用下面的编号" in capsys.readouterr().err


def test_a_form_that_is_gone_comes_back_with_its_versions(path: Path, capsys: Said) -> None:
    with Store.open(path, now=lambda: START) as store:
        store.save(replace(AID, id="d"))
        store.versions.keep(replace(LATER, id="d"), VersionKind.KEPT, name="送审稿", note="给局长看")
        store.versions.keep(replace(AID, id="d"), VersionKind.SUBMITTED)
        source = store.safekeeping.make(Reason.ASKED).backup.path
    path.unlink()
    path.with_name(f"{path.name}.edits").unlink(missing_ok=True)
    path.with_name(f"{path.name}.edits.1").unlink(missing_ok=True)
    with Store.open(path, now=lambda: START) as store:
        store.save(AID)
    assert main(["restore", str(source), "--form", "d"]) == 0
    with Store.open(path, now=lambda: START) as store:
        told = [(one.name, one.note, one.kind) for one in store.versions.of("d")]
        assert told == [("上报版", "", VersionKind.KEPT), ("送审稿", "给局长看", VersionKind.KEPT)]
        assert store.versions.record_of(store.versions.of("d")[1].id) == replace(LATER, id="d")
        assert store.versions.submitted() == {}
        store.save(replace(LATER, id="d"))
        assert store.history.prove().broken is None
    capsys.readouterr()


# ------------------------------------------------------------------------------------------ what is the office's own


def test_own_templates_come_back_with_the_whole_and_replace_nothing(path: Path, tmp_path: Path, capsys: Said) -> None:
    late = datetime.fromisoformat("2036-01-01T00:00:00+00:00")
    files = [OwnFile(f"templates/{name}.toml", f"# {name}", late) for name in ("a", "b")]
    with Store.open(path, now=lambda: START) as store:
        store.own_files.keep(files)
        number = store.safekeeping.make(Reason.ASKED).backup.number
    own = tmp_path / "templates"
    own.mkdir()
    (own / "b.toml").write_text("# mine", "utf-8")
    assert main(["restore", str(number)]) == 0
    said = capsys.readouterr().out
    assert "这台电脑上没有，已放进" in said
    assert "表样“b”比这台电脑上的新，没有动它" in said
    assert {one.name: one.read_text("utf-8") for one in own.iterdir()} == {"a.toml": "# a", "b.toml": "# mine"}
