"""``perfdesk handin`` and ``perfdesk verify`` of what it made: one command for the package of a year, one to prove it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from perfdesk import places
from perfdesk.cli import main
from perfdesk.cli.terminal import Exit
from perfdesk.handin import MANIFEST

SAMPLES = Path(__file__).parent / "samples"
Said = pytest.CaptureFixture[str]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> str:
    monkeypatch.setattr(places, "data_folder", lambda: tmp_path / "本机")
    path = str(tmp_path / "填报.db")
    assert main(["import", *map(str, sorted(SAMPLES.glob("changji-*.json"))), "--store", path]) == Exit.FINE
    capsys.readouterr()
    return path


def handin(store: str, out: Path, *more: str) -> int:
    return main(["handin", "--year", "2020", "--out", str(out), "--store", store, *more])


def test_the_package_of_a_year_and_its_proof(store: str, tmp_path: Path, capsys: Said) -> None:
    assert handin(store, tmp_path, "--for", "县财政局", "--to", "pdf,docx", "--with", "contents,summary") == Exit.FINE
    folder = tmp_path / "2020年度绩效表-报县财政局"
    names = sorted(path.name for path in folder.iterdir())
    assert names[:2] == ["00-目录.docx", "00-目录.pdf"]
    assert names[-1] == MANIFEST
    assert any("汇总表" in name for name in names)
    said = capsys.readouterr().out
    assert said.startswith(f"写好 {len(names) - 1} 个文件，在“{folder}”。\n本包校验码 ")
    assert main(["verify", str(folder)]) == Exit.FINE
    assert f"{len(names) - 1} 个文件都在，与写出时相同；" in capsys.readouterr().out


def test_a_second_run_writes_nothing_again(store: str, tmp_path: Path, capsys: Said) -> None:
    handin(store, tmp_path)
    capsys.readouterr()
    assert handin(store, tmp_path) == Exit.FINE
    assert "写好 0 个文件，5 个没有变，没有重写" in capsys.readouterr().out
    handin(store, tmp_path, "--names", "{项目名称}", "--with", "none")
    assert "去掉了上次的 5 个" in capsys.readouterr().out


def test_a_zip_that_lost_a_byte_on_the_way_is_told(store: str, tmp_path: Path, capsys: Said) -> None:
    handin(store, tmp_path, "--zip", "--with", "print")
    package = tmp_path / "2020年度绩效表.zip"
    assert main(["verify", str(package)]) == Exit.FINE
    data = bytearray(package.read_bytes())
    data[len(data) // 2] ^= 1
    package.write_bytes(data)
    capsys.readouterr()
    assert main(["verify", str(package)]) in {Exit.FLAWED, Exit.UNUSABLE}
    assert "损坏" in (said := "".join(capsys.readouterr())) or "内容不同" in said


def test_a_package_and_a_file_in_one_command(store: str, tmp_path: Path, capsys: Said) -> None:
    handin(store, tmp_path)
    folder = tmp_path / "2020年度绩效表"
    shutil.copy(next(folder.glob("01-*.pdf")), folder / "副本.pdf")
    capsys.readouterr()
    assert main(["verify", str(folder), str(folder / "副本.pdf")]) == Exit.FLAWED
    said = capsys.readouterr().out
    assert "“副本.pdf”不在校验清单里，是后来放进去的。" in said
    assert "“副本.pdf”没有校验码。" in said


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("--names", "{项目}"), "没有这一项"),
        (("--with", "cover"), "没有“cover”这一项"),
        (("--with", ","), "没有写另附什么"),
        (("--to", "json"), "没有“json”这种格式"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_sentence(
    store: str, tmp_path: Path, capsys: Said, more: tuple[str, ...], told: str
) -> None:
    assert handin(store, tmp_path / "包", *more) == Exit.UNUSABLE
    assert told in capsys.readouterr().err
    assert not (tmp_path / "包").exists()


def test_a_form_that_cannot_be_printed_is_a_trouble_and_the_rest_is_written(
    store: str, tmp_path: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    from perfdesk.errors import UserError
    from perfdesk.handin import making

    real = making.render_form

    def refuse(*args: object, **named: object) -> object:
        if named["kind"] == "xlsx":
            raise UserError("有字写不进去。请换字。")
        return real(*args, **named)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(making, "render_form", refuse)
    assert handin(store, tmp_path) == Exit.UNUSABLE
    said = capsys.readouterr()
    assert said.err.count("有字写不进去") == 2
    assert "本包校验码" not in said.out
    assert main(["verify", str(tmp_path / "2020年度绩效表")]) == Exit.FLAWED
    assert "文件不全" in capsys.readouterr().out


def test_an_empty_folder_is_no_package(tmp_path: Path, capsys: Said) -> None:
    (tmp_path / "空").mkdir()
    assert main(["verify", str(tmp_path / "空")]) == Exit.UNUSABLE
    assert "不是本程序写的报送包" in capsys.readouterr().err
