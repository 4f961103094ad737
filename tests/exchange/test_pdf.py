"""The PDF: what is on it, what can be searched and copied, what it says about itself, how it looks."""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfdesk import __version__
from perfdesk.errors import UserError
from perfdesk.exchange.exchange import read_records
from perfdesk.exchange.pdf import render, unprintable
from perfdesk.layout import Foot, Layout
from perfdesk.model import Indicator, Record
from perfdesk.template import Template
from tests.golden_files import Golden

Lay = Callable[[Record], Layout]
RARE = "䶮㛃𬭎𠮷"


class Shown(NamedTuple):
    """A piece of text on a page, in pt from its lower left corner."""

    page: int
    x: float
    y: float
    text: str


def pages(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as document:
        return [page.get_textpage().get_text_range() for page in document]


def plain(text: str) -> str:
    return "".join(text.split())


def shown(data: bytes) -> list[Shown]:
    found = []
    with pypdfium2.PdfDocument(data) as document:
        for number, page in enumerate(document, start=1):
            text = page.get_textpage()
            for index in range(text.count_rects()):
                left, bottom, right, top = text.get_rect(index)
                found.append(Shown(number, left, bottom, text.get_text_bounded(left, bottom, right, top).strip()))
    return found


def long_form(sample: Record) -> Record:
    """A form of three pages or more: rare characters, long texts, a group that runs over the page breaks."""
    rows = tuple(
        Indicator(
            level1="产出指标",
            level1_weight="50",
            level2=f"数量指标{number // 15}",
            name=f"第{number}批援助案件卷宗评查，承办人{RARE[number % 4]}" + "，逐案登记" * (number % 4),
            target=f"≥{number}件",
            actual=f"{number + 1}件",
            weight="1",
            reason="" if number % 3 else "申请增加较多，" * 4,
        )
        for number in range(60)
    )
    goal = "\n".join(f"目标{number}：为符合条件的群众提供法律援助，" + "应援尽援，" * 12 for number in range(8))
    return replace(sample, indicators=rows, values={**sample.values, "goal_expected": goal})


@pytest.fixture
def data(sample: Record, lay: Lay, made: datetime) -> bytes:
    return render((lay(sample),), title="自评表", author="昌吉州司法局", made=made)


def test_golden_text_with_positions(data: bytes, sample_path: Path, golden: Golden) -> None:
    lines = (
        json.dumps({"page": one.page, "x": round(one.x), "y": round(one.y), "text": one.text}, ensure_ascii=False)
        for one in shown(data)
    )
    golden.text(f"pdf/{sample_path.stem}.jsonl", "\n".join(lines) + "\n")


def test_golden_picture(data: bytes, sample_path: Path, golden: Golden) -> None:
    with pypdfium2.PdfDocument(data) as document:
        for number, page in enumerate(document, start=1):
            picture = page.render(scale=1, grayscale=True).to_pil()
            golden.picture(f"pdf/{sample_path.stem}-{number}.png", picture.convert("L"))


def test_the_same_form_gives_the_same_bytes(sample: Record, lay: Lay, made: datetime) -> None:
    first, second = (render((lay(sample),), title="表", made=made) for _ in range(2))
    assert first == second


def test_every_text_of_the_form_can_be_searched(sample: Record, lay: Lay, made: datetime) -> None:
    layout = lay(long_form(sample))
    assert len(layout.pages) >= 3
    found = plain("".join(pages(render((layout,), title="表", made=made))))
    for one in (part for page in layout.pages for part in page.fragments):
        assert plain("".join(line.text for line in one.lines)) in found
    assert all(character in found for character in RARE)


def test_a_form_is_read_row_by_row(data: bytes) -> None:
    text = plain("".join(pages(data)))
    places = [
        text.index(word) for word in ("项目名称", "主管部门", "实施单位", "年初预算数", "一级指标", "二级指标", "总分")
    ]
    assert places == sorted(places)


def test_published_forms_are_found_again_whole(
    cases: tuple[Path, ...], templates: Mapping[str, Template], lay: Lay, made: datetime
) -> None:
    for path in cases:
        record = read_records(path, templates).records[0]
        text = plain("".join(pages(render((lay(record),), title="表", made=made))))
        missing = [one for one in texts(json.loads(path.read_text("utf-8"))) if plain(one) not in text]
        assert not missing, path.name


def texts(content: dict[str, object]) -> list[str]:
    """The texts of a published form that stand on the paper."""
    hidden = {"format", "template", "form_kind", "bureau"}
    found: list[str] = []

    def collect(value: object) -> None:
        for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            collect(one)
        if isinstance(value, (str, int)):
            found.append(str(value))

    collect({key: value for key, value in content.items() if key not in hidden})
    return found


@pytest.mark.parametrize("rare", RARE)
def test_rare_characters_are_drawn_and_copied_exactly(rare: str, sample: Record, lay: Lay, made: datetime) -> None:
    record = replace(sample, values={**sample.values, "title": f"关于{rare}的表", "project_name": f"王{rare}"})
    data = render((lay(record),), title=f"{rare}的表", made=made)
    text = pages(data)[0]
    assert f"王{rare}" in text
    assert f"关于{rare}的表" in plain(text)
    with pypdfium2.PdfDocument(data) as document:
        assert document.get_metadata_value("Title") == f"{rare}的表"
        page = document[0]
        found = page.get_textpage()
        index = found.get_text_range().index(f"王{rare}")
        box = found.get_charbox(index + 1)
        width, height = page.get_size()
        crop = (box[0], box[1], width - box[2], height - box[3])
        ink = page.render(scale=4, grayscale=True, crop=crop).to_pil().convert("L")
        dark = sum(ink.histogram()[:128]) / (ink.width * ink.height)
        assert 0.05 < dark < 0.6, "a drawn character, neither blank nor solid"


def test_fonts_are_embedded_and_none_is_merely_named(sample: Record, lay: Lay, made: datetime) -> None:
    record = replace(sample, values={**sample.values, "project_name": f"甲{RARE}☑"})
    data = render((lay(record),), title="表", made=made)
    names = set(re.findall(rb"/BaseFont /(\S+)", data))
    assert names
    assert all(re.fullmatch(rb"[A-Z]{6}\+PD(Song|Hei|Rare)-(Regular|Bold)(-\S+)?", name) for name in names), names
    assert data.count(b"/FontFile2") == len(re.findall(rb"/Type /FontDescriptor", data)) > 0
    assert b"Helvetica" not in data
    assert len(data) < 150_000


def test_the_file_says_what_it_is(data: bytes, sample: Record) -> None:
    with pypdfium2.PdfDocument(data) as document:
        said = document.get_metadata_dict()
    assert said["Title"] == "自评表"
    assert said["Author"] == "昌吉州司法局"
    assert said["Subject"] == sample.value("title")
    assert said["Creator"] == said["Producer"] == f"绩效填报台 perfdesk {__version__}"
    assert said["CreationDate"] == said["ModDate"] == "D:20250205093000Z"
    assert b"/Lang (zh-CN)" in data


@pytest.mark.parametrize("year", [1970, 2045])
def test_any_clock_will_do(year: int, sample: Record, lay: Lay, made: datetime) -> None:
    data = render((lay(sample),), title="表", made=made.replace(year=year))
    with pypdfium2.PdfDocument(data) as document:
        assert document.get_metadata_value("CreationDate").startswith(f"D:{year}0205")


def test_the_paper_lies_as_the_form_asks(data: bytes, sample: Record, templates: Mapping[str, Template]) -> None:
    with pypdfium2.PdfDocument(data) as document:
        width, height = document[0].get_size()
    assert (round(max(width, height)), round(min(width, height))) == (842, 595)
    assert (width > height) == templates[sample.template_id].page.landscape


def test_everything_is_black_on_white(data: bytes) -> None:
    with pypdfium2.PdfDocument(data) as document:
        picture = document[0].render(scale=1).to_pil().convert("RGB")
    assert all(max(color) - min(color) <= 8 for _, color in picture.getcolors(1 << 20) or [])
    white = picture.getcolors(1 << 20) or [(0, (0, 0, 0))]
    assert max(white)[1] == (255, 255, 255)


def test_pages_are_numbered_when_there_are_several(sample: Record, lay: Lay, made: datetime) -> None:
    layout = lay(long_form(sample))
    count = len(layout.pages)
    for number, text in enumerate(pages(render((layout,), title="表", made=made)), start=1):
        assert plain(f"第 {number} 页 共 {count} 页") in plain(text)


def test_a_single_page_has_no_number_unless_a_foot_is_wanted(sample: Record, lay: Lay, made: datetime) -> None:
    layout = lay(replace(sample, indicators=sample.indicators[:1]))
    assert len(layout.pages) == 1
    assert "共1页" not in plain(pages(render((layout,), title="表", made=made))[0])
    foot = Foot("上报版 2025-02-05", "校验码 7K3M-92QF-D8TV")
    data = render((layout,), title="表", made=made, foot=foot)
    text = pages(data)[0]
    assert all(part in text for part in ("上报版 2025-02-05", "第 1 页 共 1 页", "校验码 7K3M-92QF-D8TV"))
    assert min(one.y for one in shown(data)) > 14, "clear of the edge that printers cannot reach"


def test_several_forms_have_bookmarks_and_their_own_page_numbers(sample: Record, lay: Lay, made: datetime) -> None:
    layouts = (lay(long_form(sample)), lay(replace(sample, values={**sample.values, "title": f"{RARE}表"})))
    data = render(layouts, title="全部", made=made)
    first = len(layouts[0].pages)
    with pypdfium2.PdfDocument(data) as document:
        marks = [(one.get_title(), one.get_dest().get_index()) for one in document.get_toc()]
    assert marks == [(sample.value("title"), 0), (f"{RARE}表", first)]
    assert plain(f"第 1 页 共 {first} 页") in plain(pages(data)[0])


def test_200_forms_share_their_fonts(sample: Record, lay: Lay, made: datetime) -> None:
    layout = lay(sample)
    one, many = (render((layout,) * count, title="表", made=made) for count in (1, 200))
    assert many.count(b"/FontFile2") == one.count(b"/FontFile2")
    assert len(many) < 200 * 12_000


@pytest.mark.parametrize(
    ("bad", "code"), [("\ue000", "U+E000"), ("\U00030edd", "U+30EDD"), ("\ufffe", "U+FFFE"), ("\x00", "U+0000")]
)
def test_what_no_face_can_draw_is_told_before_anything_is_written(
    bad: str, code: str, sample: Record, lay: Lay, made: datetime
) -> None:
    first = replace(sample.indicators[0], actual=f"王{bad}")
    layout = lay(replace(sample, indicators=(first, *sample.indicators[1:])))
    assert [one.character for one in unprintable(layout)] == [bad]
    with pytest.raises(UserError) as error:
        render((layout,), title="表", made=made)
    assert code in str(error.value)
    assert first.name in str(error.value)
    assert "实际" in str(error.value)
    assert str(error.value).endswith("文件没有写出，请换用正式编码的字。")


def test_garbage_is_collected_again_after_an_export_and_after_a_refused_one(
    sample: Record, lay: Lay, made: datetime
) -> None:
    during: list[bool] = []

    def layouts(record: Record) -> Iterator[Layout]:
        during.append(gc.isenabled())
        yield lay(record)

    render(layouts(sample), title="", made=made)
    assert gc.isenabled()
    with pytest.raises(UserError):
        render(layouts(replace(sample, values={"project_name": "\ue000"})), title="", made=made)
    assert gc.isenabled()
    assert during == [False, False]


def test_whoever_had_switched_collecting_off_finds_it_off(sample: Record, lay: Lay, made: datetime) -> None:
    gc.disable()
    try:
        render((lay(sample),), title="", made=made)
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_many_unprintable_characters_are_counted(sample: Record, lay: Lay, made: datetime) -> None:
    rows = tuple(replace(one, reason=f"{number}\ue001") for number, one in enumerate(sample.indicators))
    with pytest.raises(UserError, match=f"等 {len(rows)} 处"):
        render((lay(replace(sample, indicators=rows)),), title="表", made=made)


@pytest.mark.parametrize("text", ["甲\u200b乙", "甲\ufe0f乙", "甲\x0b乙", "(甲\\乙)", "<甲>&乙", "甲)乙\\"])
def test_odd_characters_do_no_harm(text: str, sample: Record, lay: Lay, made: datetime) -> None:
    data = render((lay(replace(sample, values={**sample.values, "project_name": text})),), title=text, made=made)
    visible = re.sub("[\u200b\ufe0f\x00\x0b]", "", text)
    assert visible in re.sub("[\u200b\ufe0f\x00\x0b\ufffe]", "", pages(data)[0])


def test_whatever_is_typed_can_be_copied_again(sample: Record, lay: Lay, made: datetime) -> None:
    @given(st.text("甲乙丙一二三，。、（）《》%≥=0123456789.\nab 䶮𬭎", max_size=60))
    @settings(deadline=None, max_examples=30)
    def check(text: str) -> None:
        record = replace(sample, values={**sample.values, "goal_actual": text})
        assert plain(text) in plain("".join(pages(render((lay(record),), title="表", made=made))))

    check()
