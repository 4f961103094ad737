"""The same forms set by typst: ``typst_pdf write COUNT SOURCE`` makes the source, ``typst_pdf set SOURCE TARGET`` compiles it."""

from __future__ import annotations

import sys
from pathlib import Path

FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"


def write(count: int, source: Path) -> None:
    """Write every form as one typst table, cell for cell."""
    from bench import forms
    from perfdesk.layout import STYLES

    parts = ['#set text(font: "PD Song", size: 10.5pt)', "#set par(leading: 0.36em)"]
    for layout in forms.layouts(count):
        sheet, page = layout.sheet, layout.sheet.page
        parts.append(
            f"#set page(width: {page.width_mm}mm, height: {page.height_mm}mm, margin: (top: {page.top_mm}mm, "
            f"right: {page.right_mm}mm, bottom: {page.bottom_mm}mm, left: {page.left_mm}mm))"
        )
        columns = ", ".join(f"{width}pt" for width in sheet.column_widths)
        cells = [
            f"table.cell(x: {one.column}, y: {one.row}, colspan: {one.column_span}, rowspan: {one.row_span}, "
            f"align: {one.align.value} + horizon, stroke: {'0.5pt' if one.role.framed else 'none'})"
            f"[#text(size: {STYLES[one.role].size}pt, {_quoted(one.text)})]"
            for one in sheet.cells
        ]
        parts.append(f"#table(columns: ({columns}), inset: 2pt, {', '.join(cells)})\n#pagebreak(weak: true)")
    source.write_text("\n".join(parts), encoding="utf-8")


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def compile_source(source: Path, target: Path) -> None:
    """Compile; nothing of ours is imported."""
    import typst

    typst.compile(str(source), output=str(target), font_paths=[str(FONTS)], ignore_system_fonts=True)


if __name__ == "__main__":
    if sys.argv[1] == "write":
        write(int(sys.argv[2]), Path(sys.argv[3]))
        print("null")
    else:
        compile_source(Path(sys.argv[2]), Path(sys.argv[3]))
