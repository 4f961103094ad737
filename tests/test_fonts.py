"""The bundled faces: widths, coverage, fallback, and what becomes of them in a PDF."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from perfdesk import fonts
from perfdesk.fonts import Face
from perfdesk.fonts.embedding import to_unicode

if TYPE_CHECKING:
    from collections.abc import Iterator

# 通用规范汉字表 has 8105 characters: 7829 of U+4E00-9FA5, which GBK holds entirely, and these.
STANDARD_OUTSIDE_GBK = (
    "㑇㑊㕮㘎㙍㙘㙦㛃㛚㛹㟃㠇㠓㤘㥄㧐㧑㧟㫰㬊㬎㬚㭎㭕㮾㰀㳇㳘㳚㴔㵐㶲㸆㸌㺄㻬㽏㿠䁖䂮䃅䃎䅟䌹䎃䎖䏝䏡"
    "䏲䐃䓖䓛䓨䓫䓬䗖䗛䗪䗴䜣䝙䢺䢼䣘䥽䦃䲟䲠䲢䴓䴔䴕䴖䴗䴘䴙䶮鿍鿎鿏𠅤𠙶𠳐𡎚𡐓𣗋𣲗𣲘𣸣𤧛𤩽𤫉𥔲𥕢𥖨𥻗"
    "𦈡𦒍𦙶𦝼𦭜𦰡𧿹𨐈𨙸𨚕𨟠𨭉𨱇𨱏𨱑𨱔𨺙𩽾𩾃𩾌𪟝𪣻𪤗𪨰𪨶𪩘𪾢𫄧𫄨𫄷𫄸𫇭𫌀𫍣𫍯𫍲𫍽𫐄𫐐𫐓𫑡𫓧𫓯𫓶𫓹𫔍𫔎𫔶"
    "𫖮𫖯𫖳𫗧𫗴𫘜𫘝𫘦𫘧𫘨𫘪𫘬𫚕𫚖𫚭𫛭𫞩𫟅𫟦𫟹𫟼𫠆𫠊𫠜𫢸𫫇𫭟𫭢𫭼𫮃𫰛𫵷𫶇𫷷𫸩𬀩𬀪𬂩𬃊𬇕𬇙𬇹𬉼𬊈𬊤𬌗𬍛𬍡"
    "𬍤𬒈𬒔𬒗𬕂𬘓𬘘𬘡𬘩𬘫𬘬𬘭𬘯𬙂𬙊𬙋𬜬𬜯𬞟𬟁𬟽𬣙𬣞𬣡𬣳𬤇𬤊𬤝𬨂𬨎𬩽𬪩𬬩𬬭𬬮𬬱𬬸𬬹𬬻𬬿𬭁𬭊𬭎𬭚𬭛𬭤𬭩𬭬"
    "𬭯𬭳𬭶𬭸𬭼𬮱𬮿𬯀𬯎𬱖𬱟𬳵𬳶𬳽𬳿𬴂𬴃𬴊𬶋𬶍𬶏𬶐𬶟𬶠𬶨𬶭𬶮𬷕𬸘𬸚𬸣𬸦𬸪𬹼𬺈𬺓"
)
RARE_NAMES = "䶮㛃𬭎𠮷"
FORM_SYMBOLS = "□☐☑☒√✓×≒＝≈≧≦≪≫≠≥≤〔〕【】《》〈〉「」—…·、。，；：？！“”‘’（）％‰℃￥¥№→■▲★"
CIRCLED = "".join(map(chr, (*range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x3220, 0x322A))))
EXT_B_TO_F = [
    *range(0x20000, 0x2A6D7),
    *range(0x2A700, 0x2B735),
    *range(0x2B740, 0x2B81E),
    *range(0x2B820, 0x2CEA2),
    *range(0x2CEB0, 0x2EBE1),
]
FORM_FACES = (Face.SONG, Face.SONG_BOLD)
BOX = 1000  # the advance of the box that stands for a character no face has

texts = st.text(
    st.one_of(
        st.sampled_from(RARE_NAMES + STANDARD_OUTSIDE_GBK + FORM_SYMBOLS + "0123456789.,% ABCxyz\n"),
        st.characters(codec="gbk"),
        st.characters(),
    ),
    max_size=60,
)


def characters_of(codec: str) -> str:
    codes = (*range(0x80, 0xD800), *range(0xE000, 0x10000))
    return "".join(chr(code) for code in codes if len(chr(code).encode(codec, "ignore")) == 2)


def face_of(character: str, *, face: Face = Face.SONG) -> Face:
    (run,) = fonts.runs(character, size=10, face=face)
    return run.face


@pytest.fixture(scope="module", params=list(Face), ids=lambda face: face.stem)
def opened(request: pytest.FixtureRequest) -> Iterator[tuple[Face, Any]]:
    with TTFont(fonts.path(request.param), lazy=True) as font:
        yield request.param, font


# ------------------------------------------------------------------------------------------------------- coverage


@pytest.mark.parametrize("codec", ["gb2312", "gbk"])
def test_the_chinese_codecs_are_covered(codec: str) -> None:
    assert fonts.missing(characters_of(codec)) == ()
    assert fonts.substituted(characters_of(codec)) == ()


def test_titles_are_bold_in_what_simplified_chinese_is_written_with() -> None:
    assert fonts.substituted(characters_of("gb2312"), face=Face.SONG_BOLD) == ()
    assert face_of("績", face=Face.SONG_BOLD) is Face.SONG


@pytest.mark.parametrize("face", FORM_FACES)
def test_the_general_standard_is_drawn_by_the_first_face(face: Face) -> None:
    assert len(STANDARD_OUTSIDE_GBK) == 8105 - 7829
    assert fonts.missing(STANDARD_OUTSIDE_GBK) == ()
    assert fonts.substituted(STANDARD_OUTSIDE_GBK, face=face) == ()


def test_the_first_level_of_gb18030_and_the_extensions_are_covered() -> None:
    codes = [*range(0x3400, 0x4DB6), *range(0x4E00, 0x9FF0), *EXT_B_TO_F]
    assert fonts.missing("".join(map(chr, codes))) == ()


@pytest.mark.parametrize("face", FORM_FACES)
def test_the_signs_on_forms_are_drawn_by_the_first_face(face: Face) -> None:
    assert fonts.missing(FORM_SYMBOLS + CIRCLED) == ()
    assert fonts.substituted(FORM_SYMBOLS + CIRCLED, face=face) == ()


def test_hei_holds_what_the_window_shows() -> None:
    with TTFont(fonts.path(Face.HEI), lazy=True) as font:
        held = {chr(code) for code in font.getBestCmap()}
    assert set(characters_of("gb2312") + STANDARD_OUTSIDE_GBK + FORM_SYMBOLS + CIRCLED) <= held


@pytest.mark.parametrize("face", [Face.HEI, Face.KAI])
def test_the_faces_of_headings_hold_the_general_standard(face: Face) -> None:
    assert fonts.substituted(characters_of("gb2312") + STANDARD_OUTSIDE_GBK, face=face) == (
        () if face is Face.HEI else tuple("‘’“”")
    )


@pytest.mark.parametrize("name", RARE_NAMES)
def test_rare_names_are_covered(name: str) -> None:
    assert fonts.missing(f"王{name}") == ()
    assert face_of(name) is Face.SONG


@pytest.mark.parametrize(
    ("character", "wanted", "drawn"),
    [
        ("绩", Face.SONG, Face.SONG),
        ("绩", Face.SONG_BOLD, Face.SONG_BOLD),
        ("𬭎", Face.SONG_BOLD, Face.SONG_BOLD),
        ("𠮷", Face.SONG_BOLD, Face.SONG),
        ("𠀀", Face.SONG, Face.RARE),
        ("𠀀", Face.SONG_BOLD, Face.RARE),
        ("鿬", Face.SONG, Face.HEI),
        ("✗", Face.SONG, Face.RARE),
        ("绩", Face.HEI, Face.HEI),
        ("𠮷", Face.HEI, Face.SONG),
        ("绩", Face.KAI, Face.KAI),
        ("“", Face.KAI, Face.SONG),
        ("𠀀", Face.KAI, Face.RARE),
    ],
)
def test_the_chain(character: str, wanted: Face, drawn: Face) -> None:
    assert face_of(character, face=wanted) is drawn


def test_what_no_face_has_is_named_once_and_in_order() -> None:
    assert fonts.missing("甲\ue001乙\U00030edd\ue001丙\U0001f600") == ("\ue001", "\U00030edd", "\U0001f600")
    assert fonts.advances("\ue001") == (BOX,)
    assert fonts.missing("") == ()


def test_what_draws_nothing_is_not_missing() -> None:
    text = "一\n二\t三\r\u200b四\ufeff\U000e0101\x0b\x7f"
    assert fonts.missing(text) == ()
    assert fonts.text_width(text, size=10) == fonts.text_width("一二三四", size=10)


def test_a_lone_surrogate_is_missing_not_an_error() -> None:
    assert fonts.missing("\ud800") == ("\ud800",)


def test_substituted_names_the_fallback_once() -> None:
    assert fonts.substituted("王𠀀二𠀀\ue001") == ("𠀀",)
    assert fonts.substituted("王𠮷", face=Face.SONG_BOLD) == ("𠮷",)


# --------------------------------------------------------------------------------------------------------- widths


@pytest.mark.parametrize("face", FORM_FACES)
@given(text=texts)
def test_runs_tile_the_text(text: str, face: Face) -> None:
    runs = fonts.runs(text, size=10.5, face=face)
    assert "".join(run.text for run in runs) == text
    assert sum(run.width for run in runs) == pytest.approx(fonts.text_width(text, size=10.5, face=face))
    assert all(left.face is not right.face for left, right in pairwise(runs))


@pytest.mark.parametrize("face", FORM_FACES)
@given(text=texts)
def test_advances_are_the_width(text: str, face: Face) -> None:
    advances = fonts.advances(text, face=face)
    assert len(advances) == len(text)
    assert sum(advances) * 12 / 1000 == fonts.text_width(text, size=12, face=face)


@pytest.mark.parametrize("face", FORM_FACES)
def test_figures_stand_under_each_other(face: Face) -> None:
    assert len(set(fonts.advances("0123456789\u2007", face=face))) == 1


@pytest.mark.parametrize("face", FORM_FACES)
def test_chinese_fills_the_em(face: Face) -> None:
    assert fonts.text_width("绩效自评表——“”（）％", size=12, face=face) == 12 * 12


def test_figures_of_every_face_have_equal_advances(opened: tuple[Face, Any]) -> None:
    face, font = opened
    cmap = font.getBestCmap()
    widths = {font["hmtx"][cmap[ord(digit)]][0] for digit in "0123456789" if ord(digit) in cmap}
    assert len(widths) == (0 if face is Face.RARE else 1)


# ---------------------------------------------------------------------------------------------------------- files


def test_the_table_agrees_with_the_face(opened: tuple[Face, Any]) -> None:
    from perfdesk.fonts import metrics

    face, font = opened
    ranges = metrics._ranges(face)  # noqa: SLF001 - the table is what is tested
    told = {
        start + offset: advance
        for start, count, advance in zip(ranges.starts, ranges.counts, ranges.advances, strict=True)
        for offset in range(count)
    }
    widths, units = font["hmtx"].metrics, font["head"].unitsPerEm
    assert told == {code: widths[name][0] * 1000 / units for code, name in font.getBestCmap().items()}


@pytest.mark.parametrize("face", [Face.SONG, Face.SONG_BOLD])
def test_the_box_is_as_wide_as_told(face: Face) -> None:
    with TTFont(fonts.path(face), lazy=True) as font:
        assert font["hmtx"][".notdef"][0] == BOX


def test_the_em_box_is_the_face_s(opened: tuple[Face, Any]) -> None:
    face, font = opened
    units, os2 = font["head"].unitsPerEm, font["OS/2"]
    assert fonts.ASCENT[face] == os2.sTypoAscender / units
    assert fonts.DESCENT[face] == -os2.sTypoDescender / units


def test_names_and_rights(opened: tuple[Face, Any]) -> None:
    face, font = opened
    names = font["name"]
    assert names.getDebugName(1) == face.family
    assert names.getDebugName(4) == str(face)
    assert names.getDebugName(6) == face.stem
    primary = " ".join(names.getDebugName(number) or "" for number in (1, 3, 4, 6, 16))
    assert not any(reserved in primary for reserved in ("Noto", "Hana", "LXGW", "WenKai", "霞鹜"))
    assert names.getDebugName(0)
    assert font["OS/2"].fsType == 0
    assert "glyf" in font


def test_the_folder_is_complete_and_below_48_mb() -> None:
    files = {file.name: file.stat().st_size for file in fonts.folder().iterdir()}
    assert {fonts.path(face).name for face in Face} | {
        "OFL-NotoCJK.txt",
        "OFL-LXGW.txt",
        "HANAZONO.txt",
        "CHANGES.txt",
    } <= set(files)
    assert sum(files.values()) <= 48_000_000


def test_measuring_loads_no_pdf_library_and_opens_no_face() -> None:
    code = (
        "import sys, io\n"
        "opened = []\n"
        "sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == 'open' else None)\n"
        "from perfdesk import fonts\n"
        "assert not [name for name in opened if name.endswith(('.ttf', '.bin'))], opened\n"
        "fonts.runs('王䶮𠀀', size=10, face=fonts.Face.SONG_BOLD), fonts.text_width('绩效', size=10), fonts.missing('绩')\n"
        "assert 'reportlab' not in sys.modules and 'fontTools' not in sys.modules\n"
        "assert not [name for name in opened if name.endswith('.ttf')], opened\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=fonts.folder().parents[1])


# ------------------------------------------------------------------------------------------------------------ PDF


def pdf_of(lines: list[str], *, face: Face = Face.SONG) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, initialFontName=fonts.reportlab_face(Face.SONG))
    for number, line in enumerate(lines):
        x = 40.0
        for run in fonts.runs(line, size=12, face=face):
            canvas.setFont(fonts.reportlab_face(run.face), 12)
            canvas.drawString(x, 800 - 20 * number, run.text)
            x += run.width
    canvas.save()
    return stream.getvalue()


@pytest.mark.parametrize("face", FORM_FACES)
def test_rare_names_come_out_of_the_pdf_as_they_went_in(face: Face) -> None:
    lines = ["姓名：𬭎", "䶮㛃𬭎𠮷𠀀鿬", "完成率≥99.32%（2024年）☑☒≒", STANDARD_OUTSIDE_GBK[-44:], "𪚥𫝀𬺰"]
    with pypdfium2.PdfDocument(pdf_of(lines, face=face)) as document:
        text = document[0].get_textpage().get_text_range()
    assert text.split("\r\n") == lines


def test_a_line_in_the_pdf_is_as_wide_as_told() -> None:
    line = "项目支出绩效自评表2024年——99.32%①"
    with pypdfium2.PdfDocument(pdf_of([line])) as document:
        page = document[0].get_textpage()
        left = page.get_charbox(0, loose=True)[0]
        right = page.get_charbox(page.count_chars() - 1, loose=True)[2]
    assert right - left == pytest.approx(fonts.text_width(line, size=12), abs=0.1)


def test_every_font_in_the_pdf_is_embedded() -> None:
    pdf = pdf_of(["绩效𬭎𠀀"])
    assert b"Helvetica" not in pdf
    drawn, described, embedded = (
        len(re.findall(kind, pdf)) for kind in (rb"/Type /Font\b", rb"/Type /FontDescriptor", rb"/FontFile2 ")
    )
    assert drawn == described == embedded > 0


def test_the_character_map_is_utf16() -> None:
    cmap = to_unicode("PDSong", [0, ord("绩"), 0x2CB4E])
    assert "<01> <7EE9>" in cmap
    assert "<02> <D872DF4E>" in cmap
    assert "2 beginbfchar" in cmap


def test_long_character_maps_are_cut_into_blocks_of_100() -> None:
    cmap = to_unicode("PDSong", list(range(0x4E00, 0x4F00)))
    assert [line for line in cmap.splitlines() if line.endswith("beginbfchar")] == [
        f"{n} beginbfchar" for n in (100, 100, 56)
    ]


def test_register_knows_every_face() -> None:
    from reportlab.pdfbase import pdfmetrics

    fonts.register()
    assert {face.stem for face in Face} <= set(pdfmetrics.getRegisteredFontNames())


def test_the_list_of_the_standard_holds_only_han() -> None:
    assert all(unicodedata.name(character).startswith("CJK UNIFIED") for character in STANDARD_OUTSIDE_GBK)
