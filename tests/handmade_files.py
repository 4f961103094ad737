"""Word and Excel files written by hand, tag by tag: what real programs write, and what nobody should."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def packed(members: Mapping[str, str | bytes]) -> bytes:
    """Pack members as a zip."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def docx(body: str, *, styles: str = "", more: Mapping[str, str | bytes] | None = None) -> bytes:
    """Make a Word file of the inner XML of its body."""
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": f"{_HEAD}<Types/>",
        "word/document.xml": (
            f'{_HEAD}<w:document xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="{_MC}" xmlns:v="urn:v" xmlns:wps="urn:wps" '
            f'xmlns:m="urn:m" xmlns:a="urn:a"><w:body>{body}</w:body></w:document>'
        ),
    }
    if styles:
        members["word/styles.xml"] = f'{_HEAD}<w:styles xmlns:w="{W}">{styles}</w:styles>'
    return packed(members | dict(more or {}))


def run(text: str, properties: str = "") -> str:
    """Write a run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def line(*runs: str, properties: str = "") -> str:
    """Write a paragraph; runs without a tag are plain texts."""
    inner = "".join(one if one.startswith("<") else run(one) for one in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def cell(text: str = "", *, span: int = 1, down: str = "", width: int = 0) -> str:
    """Write a cell; ``down`` is ``restart`` or ``continue``, text may be paragraphs."""
    about = f'<w:tcW w:w="{width}" w:type="dxa"/>' if width else ""
    about += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    about += f'<w:vMerge w:val="{down}"/>' if down == "restart" else "<w:vMerge/>" if down else ""
    inner = text if text.startswith("<") else line(text)
    return f"<w:tc><w:tcPr>{about}</w:tcPr>{inner}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """Write a row."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str, widths: tuple[int, ...] = ()) -> str:
    """Write a table; ``widths`` in twips."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def xlsx(
    *sheets: str,
    styles: str = "",
    strings: tuple[str, ...] = (),
    names: tuple[str, ...] = (),
    states: tuple[str, ...] = (),
    more: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """Make a workbook of the inner XML of its sheets; ``strings`` are the inner XML of shared strings."""
    numbers = range(1, len(sheets) + 1)
    names = names or tuple(f"表{number}" for number in numbers)
    listed = "".join(
        f'<sheet name="{names[n - 1]}" sheetId="{n}" r:id="r{n}"'
        + (f' state="{states[n - 1]}"' if states and states[n - 1] else "")
        + "/>"
        for n in numbers
    )
    links = "".join(f'<Relationship Id="r{n}" Type="{R}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers)
    links += f'<Relationship Id="s" Type="{R}/styles" Target="styles.xml"/>' if styles else ""
    links += f'<Relationship Id="t" Type="{R}/sharedStrings" Target="sharedStrings.xml"/>' if strings else ""
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": f"{_HEAD}<Types/>",
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{S}" xmlns:r="{R}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"{_HEAD}<Relationships>{links}</Relationships>",
    }
    for number, sheet in zip(numbers, sheets, strict=True):
        members[f"xl/worksheets/sheet{number}.xml"] = f'{_HEAD}<worksheet xmlns="{S}" xmlns:r="{R}">{sheet}</worksheet>'
    if styles:
        members["xl/styles.xml"] = f'{_HEAD}<styleSheet xmlns="{S}">{styles}</styleSheet>'
    if strings:
        inner = "".join(f"<si>{one}</si>" for one in strings)
        members["xl/sharedStrings.xml"] = f'{_HEAD}<sst xmlns="{S}">{inner}</sst>'
    return packed(members | dict(more or {}))


def data(*cells: str, behind: str = "", before: str = "") -> str:
    """Write the data of a sheet whose cells name their own places; ``A1=文字`` is an inline string."""
    rows: dict[int, list[str]] = {}
    for one in cells:
        place = one.split('r="')[1].split('"')[0] if one.startswith("<") else one.partition("=")[0]
        number = int("".join(sign for sign in place if sign.isdigit()))
        text = (
            one if one.startswith("<") else f'<c r="{place}" t="inlineStr"><is><t>{one.partition("=")[2]}</t></is></c>'
        )
        rows.setdefault(number, []).append(text)
    inner = "".join(f'<row r="{number}">{"".join(rows[number])}</row>' for number in sorted(rows))
    return f"{before}<sheetData>{inner}</sheetData>{behind}"
