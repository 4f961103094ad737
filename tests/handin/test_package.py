"""A hand-in package as the finance bureau gets it: every file there, named, listed, provable; stopped and gone on with."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pypdfium2
import pytest

from perfdesk.editing import new_record
from perfdesk.errors import UserError
from perfdesk.exchange import files
from perfdesk.exchange.pdf_printed import read_printed
from perfdesk.fingerprint import Stamp, fingerprint
from perfdesk.handin import MANIFEST, Order, Wanted, making, place_of, plan, with_summary, workplace_of, writing
from perfdesk.handin.verifying import is_package, verify
from perfdesk.handin.writing import write
from perfdesk.pagesetup import PageSetup
from perfdesk.template import Filled, Template
from tests.filled_forms import filled

ALL = ("pdf", "xlsx", "docx")


class Steps:
    """Counts what is told; says 停止 after so many files."""

    def __init__(self, most: int = 10_000) -> None:
        self.names: list[str] = []
        self._most = most

    @property
    def stopped(self) -> bool:
        return len(self.names) > self._most

    def advance(self, done: int, current: str, /) -> None:
        del done
        self.names.append(current)


def _form(template: Template, name: str) -> Filled:
    record = filled(template)
    return Filled(template, replace(record, id=name, values={**record.values, "project_name": name}))


@pytest.fixture
def forms(templates: Mapping[str, Template]) -> tuple[Filled, ...]:
    own = templates["national-2020-project-self"]
    report = templates["lingling-2022-report"]
    return (_form(own, "法律援助经费"), _form(own, "普法经费"), Filled(report, filled(report)))


@pytest.fixture
def order(forms: tuple[Filled, ...], tmp_path: Path, made: datetime) -> Order:
    wanted = Wanted(2024, tmp_path, ("pdf", "xlsx"), recipient="县财政局")
    return Order(wanted, forms, forms, made, office="青山县司法局")


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def _text(data: bytes) -> str:
    return "\n".join(read_printed(data)[1])


def test_every_form_in_every_format_with_contents_and_manifest(order: Order, tmp_path: Path) -> None:
    outcome = write(order, Steps())
    folder = tmp_path / "2024年度绩效表-报县财政局"
    assert outcome.place == folder == place_of(order.wanted)
    assert outcome.whole
    assert _names(folder) == sorted(
        [
            "00-目录.pdf",
            *(f"01-法律援助经费-自评表.{kind}" for kind in ("pdf", "xlsx")),
            *(f"02-普法经费-自评表.{kind}" for kind in ("pdf", "xlsx")),
            *(path.name for path in folder.glob("03-*.pdf")),
            *(path.name for path in folder.glob("03-*.docx")),
            MANIFEST,
        ]
    )
    assert len([*folder.glob("03-*")]) == 2
    assert sorted(outcome.written) == [one for one in _names(folder) if one != MANIFEST]


def test_the_contents_name_each_material_with_pages_and_the_code_of_the_package(order: Order) -> None:
    outcome = write(order, Steps())
    words = _text((outcome.place / "00-目录.pdf").read_bytes())
    for one in (
        "绩效材料报送目录",
        "报送单位：青山县司法局",
        "报送给：县财政局",
        "法律援助经费",
        "3 份材料",
        outcome.code,
    ):
        assert one in words
    assert verify(outcome.place).manifest.code == outcome.code


def test_what_was_handed_in_carries_its_code_in_foot_and_contents(order: Order) -> None:
    record = order.forms[0].record
    stamp = Stamp("上报版 2025-02-05", fingerprint(record))
    outcome = write(replace(order, stamps={record.id: stamp}), Steps())
    assert stamp.words in _text((outcome.place / "01-法律援助经费-自评表.pdf").read_bytes())
    assert stamp.code in _text((outcome.place / "00-目录.pdf").read_bytes())


def test_everything_that_can_be_asked_for(order: Order, templates: Mapping[str, Template]) -> None:
    with_all = with_summary(order.forms, templates, year=2024, office=order.office)
    assert [one.template.kind for one in with_all[3:]] == ["summary"]
    assert with_summary(with_all, templates, year=2024, office="") is with_all
    assert with_summary(with_all[2:3], templates, year=2024, office="") == with_all[2:3]
    wanted = replace(order.wanted, kinds=ALL, check_sheets=True, merged=True)
    outcome = write(replace(order, wanted=wanted, forms=with_all, around=with_all), Steps())
    names = _names(outcome.place)
    assert {"00-目录.docx", "05-审核单.pdf", "全部（打印用）.pdf"} <= {*names}
    assert "04-项目支出绩效自评情况汇总表.xlsx" in names
    assert verify(outcome.place).holds


def test_the_print_of_the_year_has_a_bookmark_for_each_form_and_counts_its_pages(order: Order) -> None:
    wanted = replace(order.wanted, kinds=(), merged=True, check_sheets=True)
    setups = {order.forms[0].record.id: PageSetup(paper="A3", date=True)}
    stamps = {order.forms[1].record.id: Stamp("上报版", fingerprint(order.forms[1].record))}
    outcome = write(replace(order, wanted=wanted, setups=setups, stamps=stamps), Steps())
    assert [*outcome.written] == ["04-审核单.pdf", "全部（打印用）.pdf"]
    data = (outcome.place / "全部（打印用）.pdf").read_bytes()
    document = pypdfium2.PdfDocument(data)
    marks = {one.get_title(): one.get_dest().get_index() + 1 for one in document.get_toc()}
    report = order.forms[2].record.value("project_name")
    assert [*marks][:3] == ["目录", "1 法律援助经费-自评表", "2 普法经费-自评表"]
    assert [*marks][-1] == f"审核单：{report or order.forms[2].record.value('title')}"
    pages = _text(data)
    assert f"{marks['1 法律援助经费-自评表']}" in pages.partition("普法经费")[0]
    assert stamps[order.forms[1].record.id].words in pages
    document.close()


def test_a_second_run_makes_only_what_is_missing_or_has_changed(order: Order) -> None:
    first = write(order, Steps())
    (first.place / "02-普法经费-自评表.xlsx").unlink()
    (first.place / "01-法律援助经费-自评表.pdf").write_bytes(b"%PDF changed by somebody")
    second = write(replace(order, made=order.made.replace(hour=17)), Steps())
    assert {*second.written} == {"01-法律援助经费-自评表.pdf", "02-普法经费-自评表.xlsx", "00-目录.pdf"}
    assert verify(second.place).holds
    third = write(replace(order, made=order.made.replace(hour=17)), Steps())
    assert third.written == ()
    assert third.code == second.code


def test_a_form_that_was_edited_meanwhile_is_written_anew(order: Order) -> None:
    first = write(order, Steps())
    before = (first.place / "01-法律援助经费-自评表.pdf").read_bytes()
    form = order.forms[0]
    edited = Filled(form.template, replace(form.record, values={**form.record.values, "department": "另一个局"}))
    forms = (edited, *order.forms[1:])
    second = write(replace(order, forms=forms, around=forms), Steps())
    assert {"01-法律援助经费-自评表.pdf", "01-法律援助经费-自评表.xlsx"} <= {*second.written}
    assert (first.place / "01-法律援助经费-自评表.pdf").read_bytes() != before
    assert "02-普法经费-自评表.pdf" in second.kept


def test_what_another_name_has_replaced_goes_unless_somebody_changed_it(order: Order) -> None:
    first = write(order, Steps())
    (first.place / "02-普法经费-自评表.pdf").write_bytes(b"%PDF signed by hand")
    second = write(replace(order, wanted=replace(order.wanted, pattern="{项目名称}")), Steps())
    assert "01-法律援助经费-自评表.pdf" in second.removed
    assert "02-普法经费-自评表.pdf" not in second.removed
    assert verify(second.place).strange == ("02-普法经费-自评表.pdf",)


@pytest.mark.parametrize("most", [0, 1, 4])
def test_stopping_leaves_whole_files_and_the_next_run_goes_on(order: Order, most: int) -> None:
    stopped = write(order, Steps(most))
    assert (stopped.stopped, stopped.code) == (True, "")
    if stopped.written:
        proof = verify(stopped.place)
        assert not proof.holds
        assert "没有写完就停了，文件不全。" in [*proof.sentences]
    rest = write(order, Steps())
    assert rest.whole
    assert {*rest.kept} >= {*stopped.written}
    assert verify(rest.place).holds


def test_stopping_in_the_middle_of_the_print_of_the_year(order: Order) -> None:
    class MidWay(Steps):
        def __init__(self) -> None:
            super().__init__()
            self.asked = 0

        @property
        def stopped(self) -> bool:
            self.asked += "全部（打印用）.pdf" in self.names
            return self.asked > 2

    wanted = replace(order.wanted, kinds=(), merged=True)
    stopped = write(replace(order, wanted=wanted), MidWay())
    assert (stopped.stopped, stopped.written) == (True, ())


def test_a_zip_holds_the_same_and_is_the_same_for_the_same(order: Order, tmp_path: Path) -> None:
    zipped = replace(order, wanted=replace(order.wanted, zipped=True))
    outcome = write(zipped, Steps())
    assert outcome.place == tmp_path / "2024年度绩效表-报县财政局.zip"
    assert _names(tmp_path) == ["2024年度绩效表-报县财政局.zip"]
    assert is_package(outcome.place)
    assert verify(outcome.place).holds
    once = outcome.place.read_bytes()
    assert write(zipped, Steps()).place.read_bytes() == once
    with zipfile.ZipFile(outcome.place) as archive:
        assert {name.split("/")[0] for name in archive.namelist()} == {"2024年度绩效表-报县财政局"}
        assert archive.testzip() is None


def test_a_stopped_zip_goes_on_from_its_folder(order: Order) -> None:
    zipped = replace(order, wanted=replace(order.wanted, zipped=True))
    stopped = write(zipped, Steps(2))
    assert not place_of(zipped.wanted).exists()
    assert workplace_of(zipped.wanted).is_dir()
    rest = write(zipped, Steps())
    assert {*rest.kept} == {*stopped.written}
    assert not workplace_of(zipped.wanted).exists()
    assert rest.whole


def test_a_file_of_ones_own_in_the_working_folder_stays(order: Order) -> None:
    zipped = replace(order, wanted=replace(order.wanted, zipped=True))
    workplace_of(zipped.wanted).mkdir()
    own = workplace_of(zipped.wanted) / "说明.txt"
    own.write_text("自己的", encoding="utf-8")
    assert write(zipped, Steps()).whole
    assert own.exists()


def test_what_cannot_be_written_is_named_and_keeps_nothing_else_out(
    order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    real: Callable[[Path, bytes], None] = files.write_atomically

    def write_but(path: Path, data: bytes) -> None:
        if path.name == "02-普法经费-自评表.xlsx":
            raise files.FileInUse(f"“{path.name}”正被其他程序（WPS、Excel）打开，写不进去。")
        real(path, data)

    monkeypatch.setattr(writing, "write_atomically", write_but)
    outcome = write(order, Steps())
    assert [one.item.name for one in outcome.failed] == ["02-普法经费-自评表.xlsx"]
    assert (outcome.whole, outcome.code) == (False, "")
    monkeypatch.undo()
    again = write(order, Steps())
    assert again.whole
    assert {*again.written} == {"02-普法经费-自评表.xlsx", "00-目录.pdf"}


def test_a_character_that_no_face_draws_keeps_the_other_forms(order: Order) -> None:
    form = order.forms[0]
    odd = Filled(form.template, replace(form.record, values={**form.record.values, "department": "\ue000局"}))
    outcome = write(replace(order, forms=(odd, *order.forms[1:])), Steps())
    assert [one.item.name for one in outcome.failed] == ["01-法律援助经费-自评表.pdf"]
    assert "有字无法打印" in outcome.failed[0].why


def test_a_place_that_takes_no_folder_is_told(order: Order, tmp_path: Path) -> None:
    (tmp_path / "2024年度绩效表-报县财政局").write_text("", encoding="utf-8")
    with pytest.raises(UserError, match="建不了文件夹"):
        write(order, Steps())


def test_a_year_without_forms_makes_no_file(order: Order) -> None:
    assert plan((), order.wanted) == ()


def test_notes_of_a_format_are_told(order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    from perfdesk.exchange.rendering import Rendered

    monkeypatch.setattr(making, "render_form", lambda *_a, **_k: Rendered(b"x", ("有一处不同",)))
    assert write(order, Steps()).notes[0].endswith("有一处不同")


# ------------------------------------------------------------------------------------------------------------- proving it
@pytest.fixture
def package(order: Order) -> Path:
    return write(order, Steps()).place


def test_a_package_that_is_as_it_was_written(package: Path) -> None:
    (said,) = verify(package).sentences
    assert said.startswith("7 个文件都在，与写出时相同；本包校验码 ")


def test_each_change_is_named(package: Path) -> None:
    (package / "01-法律援助经费-自评表.xlsx").write_bytes(b"PK longer than it was" * 100_000)
    (package / "02-普法经费-自评表.pdf").unlink()
    (package / "附件").mkdir()
    (package / "附件" / "发票.jpg").write_bytes(b"")
    assert [*verify(package).sentences] == [
        "“01-法律援助经费-自评表.xlsx”内容不同，写出以后改过。",
        "“02-普法经费-自评表.pdf”不在。",
        "“附件/发票.jpg”不在校验清单里，是后来放进去的。",
    ]


def _zip(path: Path, members: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def _manifest(package: Path, **changed: object) -> bytes:
    return json.dumps({**json.loads((package / MANIFEST).read_bytes()), **changed}).encode()


@pytest.mark.parametrize(
    ("members", "told"),
    [
        ({"a.txt": b""}, "不是本程序写的报送包"),
        ({MANIFEST: b"{"}, "读不出，可能没有拷全"),
        ({MANIFEST: b"[" * 100_000}, "读不出，可能没有拷全"),
        ({MANIFEST: b"[]"}, "不是本程序写的校验清单"),
        ({MANIFEST: b'{"format": "perfdesk-handin/2"}'}, "请先升级程序"),
        ({MANIFEST: b'{"format": "perfdesk-handin/1"}'}, "看不懂的内容"),
        ({MANIFEST: b" " * 20_000_001}, "太大"),
    ],
)
def test_a_zip_that_is_no_package_says_so(tmp_path: Path, members: Mapping[str, bytes], told: str) -> None:
    with pytest.raises(UserError, match=told):
        verify(_zip(tmp_path / "x.zip", members))


@pytest.mark.parametrize(
    "changed",
    [
        {"code": "0000-0000-0000"},
        {"files": {}},
        {"files": [{"name": "../x"}]},
        {"year": True},
        {"office": None},
        {"made": "gestern"},
        {"made": 3},
    ],
)
def test_a_manifest_that_was_changed_is_not_believed(
    package: Path, tmp_path: Path, changed: Mapping[str, object]
) -> None:
    with pytest.raises(UserError, match="看不懂的内容"):
        verify(_zip(tmp_path / "x.zip", {MANIFEST: _manifest(package, **changed)}))


@pytest.mark.parametrize("name", ["../up", "a/b", "", "..", "a\\b"])
def test_names_that_lead_out_of_the_package_are_not_believed(package: Path, tmp_path: Path, name: str) -> None:
    (first, *rest) = json.loads((package / MANIFEST).read_bytes())["files"]
    for files_ in ([{**first, "name": name}, *rest], [first, first]):
        with pytest.raises(UserError, match="看不懂的内容"):
            verify(_zip(tmp_path / "x.zip", {MANIFEST: _manifest(package, files=files_)}))


def test_a_file_that_is_no_zip_and_one_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"PK\x03\x04 cut off")
    assert not is_package(tmp_path / "x.zip")
    assert not is_package(tmp_path / "none.zip")
    assert not is_package(tmp_path)
    with pytest.raises(UserError, match="已经损坏"):
        verify(tmp_path / "x.zip")
    with pytest.raises(UserError, match="读不出"):
        verify(tmp_path / "none.zip")


def test_a_zip_that_would_unpack_to_too_much_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("perfdesk.handin.verifying._MOST_BYTES", 10)
    with pytest.raises(UserError, match="太大"):
        verify(_zip(tmp_path / "x.zip", {MANIFEST: b"x" * 11}))


def test_an_empty_year_is_no_form(templates: Mapping[str, Template]) -> None:
    template = templates["national-2020-project-self"]
    blank = Filled(template, new_record(template, record_id="r", year=2024))
    assert len(plan((blank,), Wanted(2024, Path("x"), contents=False))) == 2
