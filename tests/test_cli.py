from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from perfdesk import __version__, places
from perfdesk.checks.catalogue import CATALOGUE
from perfdesk.cli import checking, forms, main
from perfdesk.cli.arguments import in_chinese
from perfdesk.cli.terminal import table
from perfdesk.derive import derive
from perfdesk.exchange.exchange import read_records
from perfdesk.model import Record
from perfdesk.store import Store
from perfdesk.template import Template

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "tests" / "samples"
RELEASED = ROOT / "resources" / "templates"
LEGAL_AID = SAMPLES / "changji-2020-legal-aid.json"
CASES = ROOT.parent / "shared" / "cases"
PUBLISHED = sorted((*CASES.glob("changji-*.json"), *CASES.glob("qiannan-*.json")))
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals, limits and devices of POSIX")
needs_cases = pytest.mark.skipif(not PUBLISHED, reason="the published cases are not beside the repository")

Said = pytest.CaptureFixture[str]
Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


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
def run(tmp_path: Path) -> Run:
    """Run the command line as a process of its own."""

    def process(
        *arguments: object, env: Mapping[str, str] | None = None, before: Callable[[], None] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_DATA_HOME": str(tmp_path), "PYTHONUTF8": "1"}
        return subprocess.run(
            [sys.executable, "-m", "perfdesk", *map(str, arguments)],
            capture_output=True,
            cwd=tmp_path,
            env=environment | dict(env or {}),
            timeout=120,
            check=False,
            preexec_fn=before,
        )

    return process


def call(*arguments: object) -> int:
    return main([str(one) for one in arguments])


def clean_form(**changes: object) -> dict[str, Any]:
    """A form with nothing to complain about but hints."""
    found = json.loads((SAMPLES / "qiannan-2024-legal-aid.json").read_text("utf-8"))
    return {**found, **changes}


def put(path: Path, content: object) -> Path:
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


# ------------------------------------------------------------------------------------------------------- arguments


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("", "没有写命令。"),
        ("frobnicate", "没有“frobnicate”这个命令。"),
        ("template", "template 后面还缺一个命令。"),
        ("template draw", "没有“template draw”这个命令。"),
        ("template new", "命令写得不对：还缺 --from。"),
        ("import", "命令写得不对：还缺 FILE。"),
        ("check", "命令写得不对：请写 FILE 或 --year、--all，写其中一种。"),
        ("check a.json --all", "命令写得不对：请写 FILE 或 --year、--all，写其中一种。"),
        ("export --to pdf --out x", "命令写得不对：请写 FILE 或 --year，写其中一种。"),
        ("export a.json", "命令写得不对：还缺 --to、--out。"),
        (
            "export a.json --to doc --out x",
            "命令写得不对：--to：没有“doc”这种格式，可选 pdf、xlsx、docx、json，用逗号隔开。",
        ),
        ("export a.json --to , --out x", "命令写得不对：--to：没有写格式，可选 pdf、xlsx、docx、json，用逗号隔开。"),
        ("list --year 20x4", "命令写得不对：--year：应为四位年份，如 2024，现在是“20x4”。"),
        ("list --store", "命令写得不对：--store：后面要写一项。"),
        ("list --yea 2020", "命令写得不对：不认得 --yea 2020。"),
        ("check a.json --json=1", "命令写得不对：--json：后面不能写 1。"),
    ],
)
def test_wrong_arguments(line: str, says: str, capsys: Said) -> None:
    assert call(*line.split()) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"{says}\n")
    assert "perfdesk" in said.err.removeprefix(says)  # how to write it


def test_sentences_of_argparse_that_no_command_provokes_today() -> None:
    assert in_chinese("argument --x: invalid choice: 'a' (choose from 'b', 'c')") == "--x：没有 a，可选 b、c"
    assert in_chinese("argument --x: not allowed with argument --y") == "--x：不能与 --y 同时用"
    assert in_chinese("one of the arguments --x --y is required") == "--x --y 要写其中一项"
    assert in_chinese("ambiguous option: --s could match --store, --st") == "--s 可以是 --store、--st，请写全"
    assert in_chinese("argument --x: expected at least one argument") == "--x：后面至少要写一项"


COMMANDS = (
    "import",
    "list",
    "check",
    "explain",
    "export",
    "template list",
    "template check",
    "policy list",
    "policy show",
)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_chinese_and_names_every_option(command: str, capsys: Said) -> None:
    assert call(*command.split(), "--help") == 0
    said = capsys.readouterr().out
    assert said.startswith(f"用法：perfdesk {command}")
    assert "选项" in said
    assert "--store FILE" in said
    for word in ("usage", "options", "positional", "arguments", "show this"):
        assert word not in said


def test_the_version_is_said(capsys: Said) -> None:
    assert call("--version") == 0
    assert capsys.readouterr().out == f"perfdesk {__version__}\n"


def test_help_of_the_program(capsys: Said) -> None:
    assert call("--help") == 0
    said = capsys.readouterr().out
    assert all(f"\n  {command} " in said for command in COMMANDS)
    assert call("template", "-h") == 0
    assert "perfdesk template check" in capsys.readouterr().out


# ------------------------------------------------------------------------------------------------ import and list


def test_import_then_list(store: Path, capsys: Said) -> None:
    assert call("import", LEGAL_AID, SAMPLES / "qiannan-2024-legal-aid.json", "--store", store) == 0
    assert "收进 2 张表" in capsys.readouterr().out
    assert call("list", "--store", store) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines[1:3]] == [["2024", "法律援助工作经费"], ["2020", "法律援助工作经费"]]
    assert lines[3] == "共 2 张表。"
    assert call("list", "--year", "2020", "--store", store) == 0
    assert "共 1 张表。" in capsys.readouterr().out
    assert call("list", "--year", "1999", "--store", store) == 0
    assert "还没有 1999 年的表" in capsys.readouterr().out


def test_what_was_imported_is_what_the_file_says(store: Path, templates: Mapping[str, Template]) -> None:
    assert call("import", LEGAL_AID, "--store", store) == 0
    with Store.open(store, now=datetime.now, read_only=True) as opened:
        (record,) = opened.load_all()
    assert read_records(LEGAL_AID, templates, new_id=lambda: record.id).records == (record,)


def test_the_same_form_is_not_imported_twice(store: Path, capsys: Said) -> None:
    twins = put(store.with_name("twins.json"), [clean_form(), clean_form()])
    assert call("import", twins, twins, LEGAL_AID, "--store", store) == 0
    assert "收进 2 张表" in capsys.readouterr().out
    changed = put(store.with_name("changed.json"), clean_form(bureau="另一个司法局"))
    assert call("import", twins, changed, "--store", store) == 0
    said = capsys.readouterr().out
    assert "收进 1 张表" in said
    assert "已经有  2024  法律援助工作经费" in said


def test_import_says_what_it_did_not_understand(store: Path, tmp_path: Path, capsys: Said) -> None:
    strange = put(tmp_path / "a.json", clean_form(template="nowhere-1", 备忘="内部"))
    assert call("import", strange, "--store", store) == 0
    said = capsys.readouterr().out
    assert "没有表样“nowhere-1”，改用同类中最接近的" in said
    assert "“备忘”不属于表样" in said


def test_list_before_anything_was_imported(office: Path, capsys: Said) -> None:
    assert call("list") == 0
    assert "还没有表" in capsys.readouterr().out
    assert not office.exists()  # looking makes nothing


def test_the_default_store_lies_in_the_data_folder(office: Path, capsys: Said) -> None:
    assert call("import", LEGAL_AID) == 0
    assert (office / places.STORE_NAME).exists()
    assert call("check", "--year", "2020") == 1
    assert "法律援助工作经费（2020 年" in capsys.readouterr().out


# ------------------------------------------------------------------------------------------------- unusable input


@pytest.fixture
def bad_files(tmp_path: Path) -> dict[str, Path]:
    broken, garbled = tmp_path / "broken.json", tmp_path / "garbled.json"
    broken.write_text('{"format": "perfdesk-record/1",', encoding="utf-8")
    garbled.write_bytes(LEGAL_AID.read_bytes().replace("司".encode(), b"\xff"))
    return {
        "不是完整的 JSON": broken,
        "不是文字文件": garbled,
        "打不开": tmp_path / "missing.json",
        "写的表种是“nonsense”": put(tmp_path / "kind.json", clean_form(form_kind="nonsense")),
        "由更新的版本保存": put(tmp_path / "newer.json", clean_form(format="perfdesk-record/9")),
    }


@pytest.mark.parametrize("command", ["import", "check", "export"])
def test_unusable_files_are_named_and_the_others_handled(
    command: str, bad_files: dict[str, Path], store: Path, tmp_path: Path, capsys: Said
) -> None:
    rest = {"import": ("--store", store), "check": (), "export": ("--to", "json", "--out", tmp_path / "out")}[command]
    files = [*bad_files.values(), put(tmp_path / "good.json", clean_form())]
    assert call(command, *files, *rest) == 2
    said = capsys.readouterr()
    troubles = said.err.splitlines()
    assert len(troubles) == len(bad_files)
    for (words, path), trouble in zip(bad_files.items(), troubles, strict=True):
        assert words in trouble
        assert path.name in trouble
    assert "法律援助工作经费" in said.out


def test_nothing_readable_touches_no_store(bad_files: dict[str, Path], store: Path) -> None:
    assert call("import", *bad_files.values(), "--store", store) == 2
    assert not store.exists()


def test_wildcards_the_shell_left_alone(tmp_path: Path, capsys: Said) -> None:
    put(tmp_path / "a1.json", clean_form())
    put(tmp_path / "a2.json", clean_form())
    assert call("check", tmp_path / "a?.json") == 0
    assert "共 2 张表" in capsys.readouterr().out
    assert call("check", tmp_path / "b*.json") == 2
    assert "b*.json" in capsys.readouterr().err


def test_locked_store(store: Path, capsys: Said) -> None:
    with Store.open(store, now=datetime.now):
        assert call("import", LEGAL_AID, "--store", store) == 2
        assert "另一个窗口正在填报" in capsys.readouterr().err
        assert call("list", "--store", store) == 0  # looking needs no lock


@pytest.mark.parametrize("command", [("import", LEGAL_AID), ("list",), ("check", "--all")])
def test_foreign_database(command: tuple[object, ...], store: Path, capsys: Said) -> None:
    store.write_text("这不是数据库" * 100, encoding="utf-8")
    before = store.read_bytes()
    assert call(*command, "--store", store) == 2
    assert store.name in capsys.readouterr().err
    assert store.read_bytes() == before


def test_a_store_that_is_not_there(store: Path, capsys: Said) -> None:
    for command in (("list",), ("check", "--all"), ("export", "--year", "2020", "--to", "pdf", "--out", store.parent)):
        assert call(*command, "--store", store) == 2
        assert f"没有找到“{store}”" in capsys.readouterr().err
    assert not store.exists()


def test_a_year_without_forms(store: Path, capsys: Said) -> None:
    assert call("import", LEGAL_AID, "--store", store) == 0
    assert call("check", "--year", "2019", "--store", store) == 2
    assert "还没有 2019 年的表" in capsys.readouterr().err


def test_a_year_is_judged_beside_the_year_before(store: Path, tmp_path: Path, capsys: Said) -> None:
    form = clean_form()
    last = json.loads(json.dumps(form)) | {"year": form["year"] - 1}
    files = [put(tmp_path / f"{one['year']}.json", one) for one in (form, last)]
    assert call("import", *files, "--store", store) == 0
    capsys.readouterr()
    call("check", "--year", str(form["year"]), "--store", store)
    said = capsys.readouterr().out
    assert "完成值与上年逐项相同" in said
    assert f"{last['year']} 年，" not in said
    call("check", "--year", str(last["year"]), "--store", store)
    assert "上年" not in capsys.readouterr().out


def test_a_stored_form_whose_template_is_gone(store: Path, office: Path, tmp_path: Path, capsys: Said) -> None:
    own = office / "templates" / "own-2024.toml"
    own.parent.mkdir(parents=True)
    shutil.copy(ROOT / "resources" / "templates" / "qiannan-2024-project-self.toml", own)
    form = put(tmp_path / "a.json", clean_form(template="own-2024"))
    assert call("import", form, LEGAL_AID, "--store", store) == 0
    own.unlink()
    capsys.readouterr()
    assert call("list", "--store", store) == 0
    assert "own-2024（表样不在本机）" in capsys.readouterr().out
    assert call("check", "--all", "--store", store) == 2
    said = capsys.readouterr()
    assert "用的表样“own-2024”不在本机" in said.err
    assert "（2020 年" in said.out


# ----------------------------------------------------------------------------------------------------------- check


def test_check_for_people(capsys: Said) -> None:
    assert call("check", LEGAL_AID) == 1
    said = capsys.readouterr().out
    assert said.startswith("法律援助工作经费（2020 年，项目支出绩效自评表，changji-2020-legal-aid.json）\n不可上报：")
    assert "总分 110.00 · 等级 — · 分值 110/100" in said
    assert "  错误  分值合计 110，应为 100\n        30＋10＋20＋10＋10＋5＋10＋5 ＋ 执行率 10 ＝ 110" in said
    assert "        位置：总分\n        连带错误：得分合计 110，总分填 100" in said


def test_check_without_errors(tmp_path: Path, capsys: Said) -> None:
    assert call("check", put(tmp_path / "a.json", clean_form())) == 0
    assert "可上报：没有要改的地方" in capsys.readouterr().out


def test_check_writes_the_sheets_to_sign(tmp_path: Path, capsys: Said) -> None:
    out = tmp_path / "审核"
    assert call("check", LEGAL_AID, "--to", "pdf,xlsx", "--out", out) == 1
    assert [path.suffix for path in sorted(out.iterdir())] == [".pdf", ".xlsx"]
    assert all(path.stem == "2020-法律援助工作经费-审核单" for path in out.iterdir())
    assert "审核单已写到" in capsys.readouterr().err


def test_check_shows_what_was_answered(tmp_path: Path, capsys: Said) -> None:
    form = clean_form()
    form["indicators"][0]["actual"], form["indicators"][0]["deviation_note"] = "99999", None
    call("check", put(tmp_path / "a.json", form), "--json")
    (found,) = json.loads(capsys.readouterr().out)
    (one,) = [one for one in found["findings"] if one["code"] == "over-achieved-unexplained"]
    assert (one["answer"], one["stale"]) == (None, False)
    answer = {"code": one["code"], "where": one["where"], "cell": one["cell"], "figures": "7", "text": "年中追加任务。"}
    call("check", put(tmp_path / "a.json", {**form, "answers": [answer]}))
    assert "        说明（过时）：年中追加任务。" in capsys.readouterr().out


def test_explain_says_why_and_what_to_do(capsys: Said) -> None:
    assert call("explain", "over-budget") == 0
    said = capsys.readouterr().out
    assert said.startswith("超预算（over-budget，错误）\n为什么：支出不能超过预算。")
    assert "\n依据：" in said
    assert "\n怎么办：" in said


def test_explain_lists_every_code(capsys: Said) -> None:
    assert call("explain") == 0
    said = capsys.readouterr().out
    assert all(code in said for code in CATALOGUE)
    assert "fund-rows" in said
    assert "错误、警告" in said


def test_explain_of_an_unknown_code_names_the_nearest(capsys: Said) -> None:
    assert call("explain", "over-buget") == 2
    assert '没有审核提示 "over-buget"，是否为 "over-budget"？' in capsys.readouterr().err


def test_check_of_a_blank_form(tmp_path: Path, capsys: Said) -> None:
    form = {"format": "perfdesk-record/1", "template": "qiannan-2024-project-self", "year": 2024}
    assert call("check", put(tmp_path / "a.json", form)) in {0, 1}
    assert re.search(r"^填写中：.*\d%", capsys.readouterr().out, re.MULTILINE)


def test_check_sums_up_several(capsys: Said) -> None:
    assert call("check", *sorted(SAMPLES.glob("*.json"))) == 1
    assert capsys.readouterr().out.splitlines()[-1].startswith("共 4 张表：")


def test_check_json_is_what_was_promised(capsys: Said) -> None:
    assert call("check", LEGAL_AID, "--json") == 1
    (form,) = json.loads(capsys.readouterr().out)
    assert list(form) == ["file", "template", "title", "assessment", "findings"]
    assert (form["file"], form["template"]) == (str(LEGAL_AID), "national-2020-project-self")
    assert form["title"] == "昌吉州司法局法律援助项目支出绩效自评表"
    assessment = form["assessment"]
    figures = {key: assessment[key] for key in ("execution_rate", "budget_score", "total", "weight_total", "grade")}
    assert figures == {
        "execution_rate": "100.00",
        "budget_score": "10.00",
        "total": "110.00",
        "weight_total": "110",
        "grade": None,
    }
    assert assessment["scores"][0] == {
        "indicator": "年内完成200件法律援助案件(件）",
        "weight": "30",
        "score": "30.00",
        "stated": "30",
        "explanation": "253 ÷ 100 ＝ 253%，得分不超过分值，记 30.00 分",
    }
    first, second = form["findings"][:2]
    assert first == {
        "code": "weight-sum",
        "severity": "error",
        "where": "总分",
        "cell": "total_weight",
        "message": "分值合计 110，应为 100。30＋10＋20＋10＋10＋5＋10＋5 ＋ 执行率 10 ＝ 110，比 100 多 10 分。",
        "stated": "100",
        "computed": "110",
        "answer": None,
        "stale": False,
    }
    assert (second["code"], second["severity"]) == ("score-sum", "error")  # what only follows is listed too


def test_check_json_of_a_blank_form_holds_nulls(tmp_path: Path, capsys: Said) -> None:
    form = {"format": "perfdesk-record/1", "template": "qiannan-2024-project-self", "year": 2024, "indicators": [{}]}
    call("check", put(tmp_path / "a.json", form), "--json")
    (found,) = json.loads(capsys.readouterr().out)
    assert found["assessment"]["execution_rate"] is None
    assert found["assessment"]["scores"][0]["weight"] is None
    assert found["assessment"]["scores"][0]["stated"] is None


def test_check_json_of_nothing_readable_is_an_empty_array(tmp_path: Path, capsys: Said) -> None:
    assert call("check", tmp_path / "missing.json", "--json") == 2
    assert json.loads(capsys.readouterr().out) == []


def test_unusable_input_outweighs_errors(tmp_path: Path, capsys: Said) -> None:
    assert call("check", LEGAL_AID, tmp_path / "missing.json", "--json") == 2
    assert len(json.loads(capsys.readouterr().out)) == 1


def test_options_may_stand_between_files(capsys: Said) -> None:
    assert call("check", LEGAL_AID, "--json", SAMPLES / "qiannan-2024-legal-aid.json") == 1
    assert len(json.loads(capsys.readouterr().out)) == 2


def test_the_store_gives_the_same_result_as_the_file(store: Path, capsys: Said) -> None:
    assert call("import", LEGAL_AID, "--store", store) == 0
    capsys.readouterr()
    assert call("check", "--all", "--json", "--store", store) == 1
    (stored,) = json.loads(capsys.readouterr().out)
    assert call("check", LEGAL_AID, "--json") == 1
    (file,) = json.loads(capsys.readouterr().out)
    assert stored.pop("file") == str(store)
    assert file.pop("file") == str(LEGAL_AID)
    assert stored == file


# ---------------------------------------------------------------------------------------------------------- export


def pdf_text(path: Path) -> str:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def xlsx_texts(path: Path) -> str:
    import openpyxl

    book = openpyxl.load_workbook(path)
    return "".join(str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value is not None)


def letters(text: str) -> str:
    """A text without white space: lines are broken differently everywhere."""
    return "".join(text.split())


def test_export_in_every_format(tmp_path: Path, templates: Mapping[str, Template], capsys: Said) -> None:
    out = tmp_path / "深" / "输出"
    assert call("export", LEGAL_AID, "--to", "pdf,XLSX，json", "--out", out) == 0
    stem = out / "2020-法律援助工作经费"
    assert sorted(out.iterdir()) == [stem.with_suffix(f".{kind}") for kind in ("json", "pdf", "xlsx")]
    assert capsys.readouterr().out.splitlines()[0] == f"已导出 {stem}.pdf"
    back = read_records(stem.with_suffix(".json"), templates, new_id=str)
    assert back.records == read_records(LEGAL_AID, templates, new_id=str).records
    for name in ("法律援助联系工作会议1次（次）", "昌吉州司法局法律援助项目支出绩效自评表"):
        assert letters(name) in letters(pdf_text(stem.with_suffix(".pdf")))
        assert letters(name) in letters(xlsx_texts(stem.with_suffix(".xlsx")))


REPORT: dict[str, Any] = {
    "format": "perfdesk-record/1",
    "template": "lingling-2022-report",
    "form_kind": "report",
    "bureau": "昌吉回族自治州司法局",
    "title": "整体支出绩效自评报告",
    "year": 2020,
    "unit": "万元",
    "sections": [{"level": 1, "heading": "一、基本情况", "paragraphs": ["本年办理法律援助案件一百二十件。"]}],
    "values": {"annexes": "项目支出绩效自评表·法律援助工作经费"},
}


def docx_text(path: Path) -> str:
    import docx

    document = docx.Document(str(path))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return letters("".join((*(one.text for one in document.paragraphs), *cells)))


def test_a_report_goes_to_word_and_pdf_with_its_annexes(tmp_path: Path, capsys: Said) -> None:
    report, out = put(tmp_path / "报告.json", REPORT), tmp_path / "out"
    assert call("export", report, LEGAL_AID, "--to", "pdf,docx", "--out", out) == 0
    for text in (pdf_text(out / "2020-整体支出绩效自评报告.pdf"), docx_text(out / "2020-整体支出绩效自评报告.docx")):
        for words in ("一、基本情况", "本年办理法律援助案件一百二十件。", "法律援助联系工作会议1次（次）"):
            assert letters(words) in letters(text)
    assert letters("法律援助联系工作会议1次（次）") in docx_text(out / "2020-法律援助工作经费.docx")
    capsys.readouterr()
    assert call("export", report, LEGAL_AID, "--to", "xlsx", "--out", out) == 2
    said = capsys.readouterr()
    assert said.err == "“整体支出绩效自评报告”是报告，不是表格，没有做成 Excel。请导出为 Word（docx）或 PDF。\n"
    assert "法律援助工作经费.xlsx" in said.out


def test_behind_a_summary_its_charts_are_exported(tmp_path: Path) -> None:
    year = ROOT / "resources" / "samples" / "county" / "2024.json"
    assert call("export", year, "--to", "pdf", "--out", tmp_path) == 0
    with_charts = [path.name for path in sorted(tmp_path.glob("*.pdf")) if "附图" in pdf_text(path)]
    assert len(with_charts) == 1
    assert "汇总表" in with_charts[0]


def test_export_again_replaces(tmp_path: Path) -> None:
    for _ in range(2):
        assert call("export", LEGAL_AID, "--to", "json", "--out", tmp_path) == 0
    assert [path.name for path in tmp_path.glob("2020*")] == ["2020-法律援助工作经费.json"]


def test_forms_of_one_name_get_files_of_their_own(tmp_path: Path) -> None:
    twins = put(tmp_path / "twins.json", [clean_form(), clean_form(), clean_form()])
    assert call("export", twins, "--to", "json", "--out", tmp_path) == 0
    names = sorted(path.stem for path in tmp_path.glob("2024*"))
    assert names == ["2024-法律援助工作经费", "2024-法律援助工作经费（2）", "2024-法律援助工作经费（3）"]


def test_export_of_a_year_of_the_store(store: Path, tmp_path: Path) -> None:
    assert call("import", *SAMPLES.glob("*.json"), "--store", store) == 0
    assert call("export", "--year", "2024", "--store", store, "--to", "json", "--out", tmp_path / "out") == 0
    assert {path.name[:5] for path in (tmp_path / "out").iterdir()} == {"2024-"}
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_a_form_that_cannot_be_printed_does_not_stop_the_others(tmp_path: Path, capsys: Said) -> None:
    odd = put(tmp_path / "odd.json", clean_form(header={"项目名称": "怪字项目", "实施单位": "\ue123局"}))
    assert call("export", odd, LEGAL_AID, "--to", "pdf", "--out", tmp_path / "out") == 2
    assert "有字无法打印" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["2020-法律援助工作经费.pdf"]


def test_out_is_a_file(tmp_path: Path, capsys: Said) -> None:
    file = put(tmp_path / "file", "x")
    for out in (file, file / "deeper"):
        assert call("export", LEGAL_AID, "--to", "pdf", "--out", out) == 2
        assert "不是文件夹" in capsys.readouterr().err


@POSIX
def test_out_cannot_be_written(tmp_path: Path, capsys: Said) -> None:
    locked = tmp_path / "只读"
    locked.mkdir(mode=0o500)
    if os.access(locked, os.W_OK):
        locked = Path("/proc/perfdesk")  # root may write everywhere but there
    assert call("export", LEGAL_AID, "--to", "json", "--out", locked) == 2
    said = capsys.readouterr().err
    assert str(locked) in said
    assert "没有写出" in said


@POSIX
def test_full_disk(run: Run, tmp_path: Path) -> None:
    import resource

    def little_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))

    out = tmp_path / "out"
    done = run("export", LEGAL_AID, "--to", "pdf,json", "--out", out, before=little_room)
    assert done.returncode == 2
    troubles = done.stderr.decode().splitlines()
    assert len(troubles) == 2
    assert all("已满" in one and "没有写出" in one for one in troubles)
    assert list(out.iterdir()) == []


# ------------------------------------------------------------------------------------------ templates and policies


def test_own_template_is_usable_at_once(office: Path, tmp_path: Path, capsys: Said) -> None:
    folder = office / "templates"
    folder.mkdir(parents=True)
    source = (ROOT / "resources" / "templates" / "qiannan-2024-project-self.toml").read_text("utf-8")
    (folder / "own-2024.toml").write_text(source.replace("项目支出绩效目标自评表", "本县自评表"), encoding="utf-8")
    assert call("template", "list") == 0
    assert "own-2024" in capsys.readouterr().out
    assert call("check", put(tmp_path / "a.json", clean_form(template="own-2024"))) == 0
    assert "本县自评表" in capsys.readouterr().out


def test_a_broken_or_doubled_own_template_is_named(office: Path, capsys: Said) -> None:
    folder = office / "templates"
    folder.mkdir(parents=True)
    (folder / "broken.toml").write_text('title = "未完', encoding="utf-8")
    shutil.copy(ROOT / "resources" / "templates" / "qiannan-2024-project-self.toml", folder)
    assert call("check", SAMPLES / "qiannan-2024-legal-aid.json") == 2
    said = capsys.readouterr()
    assert "broken.toml" in said.err
    assert "表样“qiannan-2024-project-self”有两份" in said.err
    assert "法律援助工作经费（2024 年" in said.out


@pytest.mark.parametrize("path", sorted((ROOT / "resources" / "templates").glob("*.toml")), ids=lambda path: path.stem)
def test_template_check_of_the_released(path: Path, capsys: Said) -> None:
    assert call("template", "check", path) == 0
    assert capsys.readouterr().out == "OK\n"


def test_template_check_names_place_and_likely_word(tmp_path: Path, capsys: Said) -> None:
    source = (ROOT / "resources" / "templates" / "national-2020-project-self.toml").read_text("utf-8")
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(source.replace('"total.annual_budget"', '"total.anual_budget"'), encoding="utf-8")
    assert call("template", "check", wrong) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert 'rows[3]：未知字段 "total.anual_budget"，是否为 "total.annual_budget"？' in said.err


def test_template_check_of_what_is_not_there(tmp_path: Path, capsys: Said) -> None:
    assert call("template", "check", tmp_path / "x.toml") == 2
    assert "x.toml" in capsys.readouterr().err


def test_template_check_prints_a_blank_form(tmp_path: Path, capsys: Said) -> None:
    out = tmp_path / "样张.pdf"
    assert call("template", "check", RELEASED / "qiannan-2024-project-self.toml", "--preview", out) == 0
    assert capsys.readouterr().out == f"OK\n空白的样张在“{out}”。\n"
    assert "项目支出绩效目标自评表" in pdf_text(out)


def test_no_preview_of_a_wrong_template(tmp_path: Path, capsys: Said) -> None:
    wrong, out = tmp_path / "wrong.toml", tmp_path / "样张.pdf"
    wrong.write_text('title = "未完', encoding="utf-8")
    assert call("template", "check", wrong, "--preview", out) == 2
    assert "wrong.toml" in capsys.readouterr().err
    assert not out.exists()


def test_a_template_is_copied_to_begin_ones_own(office: Path, capsys: Said) -> None:
    source = RELEASED / "qiannan-2024-project-self.toml"
    for name in ("qiannan-2024-project-self-own", "qiannan-2024-project-self-own-2"):
        assert call("template", "new", "--from", source.stem) == 0
        made = office / "templates" / f"{name}.toml"
        assert f"已新建表样“{name}”：{made}\n" in capsys.readouterr().out
        assert made.read_bytes() == source.read_bytes()
        assert call("template", "check", made) == 0
        capsys.readouterr()
    assert call("template", "new", "--from", "qiannan-2024-project-self-own", "--to", "本县2025") == 0
    assert (office / "templates" / "本县2025.toml").is_file()
    assert call("template", "list") == 0
    assert "本县2025 " in capsys.readouterr().out


def test_a_copy_elsewhere_says_where_it_has_to_go(office: Path, tmp_path: Path, capsys: Said) -> None:
    target = tmp_path / "新 表" / "county.toml"
    assert call("template", "new", "--from", "qiannan-2024-project-self", "--to", target) == 0
    assert target.is_file()
    assert f"放进“{office / 'templates'}”就能用" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("--from qiannan-2024-project", '没有表样“qiannan-2024-project”，是否为 "qiannan-2024-project-self"？'),
        (
            "--from qiannan-2024-project-self --to national-2020-project-self",
            "编号“national-2020-project-self”已有表样在用",
        ),
        ("--from qiannan-2024-project-self --to {there}", "已经有了，没有动它。请换个文件名。"),
        ("--from qiannan-2024-project-self --to {there}/x.toml", "写不进去"),
    ],
)
def test_nothing_is_overwritten(line: str, says: str, tmp_path: Path, capsys: Said) -> None:
    there = tmp_path / "there.toml"
    there.write_text("旧的", encoding="utf-8")
    assert call("template", "new", *line.format(there=there).split()) == 2
    said = capsys.readouterr()
    assert says in said.err
    assert said.out == ""
    assert there.read_text("utf-8") == "旧的"


def test_policies(capsys: Said) -> None:
    assert call("policy", "list") == 0
    assert "national-2020" in capsys.readouterr().out
    assert call("policy", "show", "national-2020") == 0
    said = capsys.readouterr().out
    assert re.search(r"^预算执行率的分值（表上另填的以表为准） +10 分\n {4}财预〔2020〕10号", said, re.MULTILINE)
    assert "优 90 分起，良 80 分起，中 60 分起，差 0 分起" in said
    assert call("policy", "show", "hubei-2020") == 0
    said = capsys.readouterr().out
    assert re.search(r"^一级指标的分值 +没有规定$", said, re.MULTILINE)  # its points stand behind the goals
    assert "其余照：national-2020" in said
    assert "100 亿元〔national-2020〕" in said
    assert call("policy", "show", "nationl-2020") == 2
    assert '是否为 "national-2020"？' in capsys.readouterr().err


def test_an_own_policy_is_usable_at_once_and_a_broken_one_is_named(office: Path, capsys: Said) -> None:
    folder = office / "policies"
    folder.mkdir(parents=True)
    text = (
        'title = "某县（2024）"\nsource = "某县财政局通知"\nextends = "national-2020"\n'
        '[weights]\nbudget = { value = 20, source = "某县财政局通知第二条", date = "2024-03" }\n'
    )
    (folder / "county-2024.toml").write_text(text, encoding="utf-8")
    assert call("policy", "list") == 0
    listed = capsys.readouterr().out
    assert f"自己的计分办法放进“{folder}”" in listed
    assert re.search(r"^county-2024 +某县（2024）（有本单位的值） +national-2020$", listed, re.MULTILINE)
    assert call("policy", "show", "county-2024") == 0
    shown = capsys.readouterr().out
    assert re.search(r"^预算执行率的分值.* 20 分\n {4}某县财政局通知第二条（2024-03）〔本单位〕$", shown, re.MULTILINE)
    template = (RELEASED / "national-2020-project-self.toml").read_text("utf-8")
    own = office / "county.toml"
    own.write_text(template.replace('policy = "national-2020"', 'policy = "county-2024"'), encoding="utf-8")
    assert call("template", "check", own) == 0
    capsys.readouterr()
    (folder / "county-2024.toml").write_text("title = 1", encoding="utf-8")
    assert call("policy", "list") == 2
    said = capsys.readouterr()
    assert "national-2020" in said.out
    assert "county-2024.toml：" in said.err


def test_a_total_that_was_cut_is_told(office: Path, tmp_path: Path, capsys: Said) -> None:
    office.mkdir(parents=True, exist_ok=True)
    choice = '[templates]\n"national-2020-project-self" = "manual-2022"\n'
    (office / "policy-choices.toml").write_text(choice, encoding="utf-8")
    sample = json.loads((ROOT / "tests" / "samples" / "changji-2020-legal-aid.json").read_text("utf-8"))
    sample["funds"][0]["executed"] = "1"
    path = tmp_path / "low.json"
    path.write_text(json.dumps(sample), encoding="utf-8")
    call("check", path)
    assert re.search(r"^总分：得分合计 .*，总分至多 59，减去 .* 分。$", capsys.readouterr().out, re.MULTILINE)
    call("check", "--json", path)
    (found,) = json.loads(capsys.readouterr().out)
    assert found["assessment"]["total"] == "59.00"
    assert "总分至多 59" in found["assessment"]["total_explanation"]


def test_table_counts_a_chinese_character_as_two() -> None:
    assert table([("表", "x"), ("abc", "y")]) == ["表   x", "abc  y"]


# ------------------------------------------------------------------------------------------ terminals and processes


def test_a_process_of_one_command_is_not_searched_for_garbage(tmp_path: Path) -> None:
    arguments = ["export", str(LEGAL_AID), "--to", "pdf", "--out", str(tmp_path)]
    code = (
        "import gc, sys; from perfdesk.cli import run; before = gc.get_stats()[2]['collections'];"
        "code = run(sys.argv[1:]);"
        "print(gc.get_stats()[2]['collections'] - before, gc.get_freeze_count() > 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
        timeout=120,
    )
    assert done.stdout.decode().splitlines()[-1].split() == ["0", "True"]


def test_qt_is_never_imported_and_the_store_only_when_needed(run: Run, store: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from perfdesk.cli import main; code = main(sys.argv[1:]);"
        "print(','.join(sorted({name.partition('.')[0] for name in sys.modules})), file=sys.stderr); sys.exit(code)"
    )

    def modules(*arguments: object) -> set[str]:
        done = subprocess.run(
            [sys.executable, "-c", code, *map(str, arguments)],
            capture_output=True,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
            check=False,
            timeout=120,
        )
        assert done.returncode in {0, 1}, done.stderr.decode()
        return set(done.stderr.decode().splitlines()[-1].split(","))

    heavy = {"PySide6", "shiboken6", "ui", "sqlalchemy", "alembic", "reportlab", "openpyxl"}
    assert modules("check", LEGAL_AID) & heavy == set()
    assert modules("template", "list", "--store", store) & heavy == set()
    assert modules("import", LEGAL_AID, "--store", store) & heavy == {"sqlalchemy"}
    assert modules("list", "--store", store) & heavy == {"sqlalchemy"}
    out = ("--out", tmp_path / "out")
    assert modules("export", LEGAL_AID, "--to", "json", *out) & heavy == set()
    assert modules("export", LEGAL_AID, "--to", "pdf", *out) & heavy == {"reportlab"}
    assert modules("export", LEGAL_AID, "--to", "xlsx", *out) & heavy == {"openpyxl"}


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "utf-8"])
def test_terminals_that_know_little_chinese(encoding: str, run: Run, tmp_path: Path) -> None:
    form = put(tmp_path / "a.json", clean_form(header={"项目名称": "𬭎经费 ≪测试≫"}))
    env = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    plain, as_json = run("check", form, env=env), run("check", form, "--json", env=env)
    assert plain.returncode == as_json.returncode
    assert plain.stderr == as_json.stderr == b""
    shown = "𬭎经费" if encoding == "utf-8" else "\\U0002cb4e"
    assert shown in plain.stdout.decode(encoding)
    found = json.loads(as_json.stdout.decode(encoding))
    assert found[0]["title"] == clean_form()["title"]
    wrong = run("frobnicate", env=env)
    assert wrong.returncode == 2
    assert b"frobnicate" in wrong.stderr
    assert b"Traceback" not in wrong.stderr


@POSIX
def test_the_reader_goes_away(tmp_path: Path, run: Run) -> None:
    many = put(tmp_path / "many.json", [clean_form()] * 100)  # more than a pipe holds
    read, write = os.pipe()
    os.close(read)
    try:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "perfdesk", "check", str(many)]
        done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, env=environment, check=False, timeout=120)
    finally:
        os.close(write)
    assert done.returncode == 141
    assert done.stderr == b""


@POSIX
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_the_output_itself_is_full(run: Run) -> None:
    with Path("/dev/full").open("wb") as full:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
        command = [sys.executable, "-m", "perfdesk", "template", "list"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=environment, check=False, timeout=60)
    assert done.returncode == 2
    assert done.stderr.decode() == "磁盘已满，结果没有写完。请换个有空间的位置再做一次。\n"


def test_interrupted(monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    def stop(*_given: object) -> Iterator[object]:
        raise KeyboardInterrupt

    monkeypatch.setattr(forms, "with_templates", stop)
    assert call("check", LEGAL_AID) == 130
    assert capsys.readouterr().err.startswith("已停止")


@pytest.fixture
def mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the command ``check`` stumble over a mistake of our own."""

    def wrong(*_given: object) -> list[str]:
        raise ZeroDivisionError("made for the test")

    monkeypatch.setattr(checking, "_report", wrong)


def test_a_mistake_of_our_own_is_kept_in_a_file_and_named_in_one_sentence(
    office: Path, mistake: None, capsys: Said
) -> None:
    assert call("check", LEGAL_AID) == 3
    said = capsys.readouterr().err
    log = office / "perfdesk-error.log"
    assert said == f"程序自己出了错，没有做完，经过已记在“{log}”。请把这个文件交给维护人员。\n"
    kept = log.read_text("utf-8")
    assert "\nZeroDivisionError\n" in kept
    assert " wrong\n" in kept
    assert "made for the test" not in kept
    assert str(office) not in kept
    assert os.name != "posix" or log.stat().st_mode & 0o777 == 0o600
    assert f"perfdesk {__version__}" in kept


def test_a_mistake_is_kept_elsewhere_where_the_data_folder_takes_nothing(
    office: Path, mistake: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    spare = tmp_path / "spare"
    monkeypatch.setattr(places, "data_folder", lambda: tmp_path / "file" / "data")
    monkeypatch.setattr(tempfile, "tempdir", str(spare))
    assert call("check", LEGAL_AID) == 3
    assert f"“{spare / 'perfdesk-error.log'}”" in capsys.readouterr().err
    assert "ZeroDivisionError" in (spare / "perfdesk-error.log").read_text("utf-8")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "file" / "temp"))
    assert call("check", LEGAL_AID) == 3
    said = capsys.readouterr().err
    assert "没能记下来" in said
    assert "Traceback" not in said


def test_no_console_at_all(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A program built without a console has no streams."""
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert call("export", LEGAL_AID, "--to", "json", "--out", tmp_path) == 0
    assert call("check", tmp_path / "missing.json") == 2
    assert (tmp_path / "2020-法律援助工作经费.json").exists()


def test_python_m_perfdesk(run: Run) -> None:
    done = run("policy", "list")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "national-2020" in done.stdout.decode()


# ------------------------------------------------------------------------------------------------- published forms


@needs_cases
def test_the_published_forms_from_import_to_export(store: Path, tmp_path: Path, capsys: Said) -> None:
    assert call("import", *PUBLISHED, "--store", store) == 0
    assert f"收进 {len(PUBLISHED)} 张表" in capsys.readouterr().out
    assert call("check", "--all", "--store", store) == 1
    assert f"共 {len(PUBLISHED)} 张表" in capsys.readouterr().out
    out = tmp_path / "out"
    assert call("export", *PUBLISHED, "--to", "pdf,xlsx", "--out", out) == 0
    assert len(list(out.iterdir())) == 2 * len(PUBLISHED)


@needs_cases
@pytest.mark.parametrize("case", PUBLISHED, ids=lambda path: path.stem)
def test_every_text_of_a_published_form_is_found_again(
    case: Path, tmp_path: Path, templates: Mapping[str, Template]
) -> None:
    assert call("export", case, "--to", "pdf,xlsx", "--out", tmp_path) == 0
    (record,) = read_records(case, templates).records
    template = templates[record.template_id]
    layout = derive(template, record).layout
    (pdf,), (xlsx,) = tmp_path.glob("*.pdf"), tmp_path.glob("*.xlsx")
    printed, kept = letters(pdf_text(pdf)), letters(xlsx_texts(xlsx))
    fragments = [one for page in layout.pages for one in page.fragments]
    assert all(letters(line.text) in printed for one in fragments for line in one.lines)
    laid = {letters("".join(line.text for line in one.lines)) for one in fragments}
    for text in map(letters, typed_texts(record, template)):
        assert any(text in one for one in laid)
        assert text in kept or number_in(text, kept)


def typed_texts(record: Record, template: Template) -> set[str]:
    """Everything of a record that its form has a place for."""
    amounts = ("initial_budget", "annual_budget", "executed", "score")
    return {
        *record.values.values(),
        *record.stated.values(),
        *(getattr(fund, key) for fund in record.funds for key in amounts),
        *(getattr(one, key) for one in record.indicators for key in template.indicator_columns),
    }


def number_in(text: str, kept: str) -> bool:
    """A rate such as 98.46% is the number 0.9846 in a spreadsheet."""
    share = text.removesuffix("%")
    return text.endswith("%") and str((Decimal(share) / 100).normalize()) in kept


@needs_cases
def test_the_deserved_findings_are_raised(capsys: Said) -> None:
    deserved = json.loads((CASES / "expected.json").read_text("utf-8"))
    need_more_forms = {"cross-form", "duplicate-form", "name-mismatch", "text-sum", "score-vs-rule", "rule-flaw"}
    assert call("check", *PUBLISHED, "--json") == 1
    for form in json.loads(capsys.readouterr().out):
        raised = {one["code"] for one in form["findings"]}
        assert {one["code"] for one in deserved[Path(form["file"]).stem]} - need_more_forms <= raised
