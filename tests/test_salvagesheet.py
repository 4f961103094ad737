"""The list of what came back, on paper."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from perfdesk.salvagesheet import lay_out_list, render_list
from perfdesk.store.salvage import Found, Salvaged
from perfdesk.store.sources import Source

MADE = datetime.fromisoformat("2026-11-21T09:30:00+08:00")


def salvaged(count: int) -> Salvaged:
    forms = [Found(f"form-{at}", "法律援助经费", 2026, Source.FILE, MADE) for at in range(count)]
    forms.append(Found("form-9", "", None, Source.NOWHERE))
    return Salvaged(Path("/数据/perfdesk.db.损坏-20261121-0930"), tuple(forms), 2, 40, 0, 8192, None, ())


def test_the_form_that_was_not_found_comes_first_and_all_are_there() -> None:
    layout = lay_out_list(salvaged(60), made=MADE)
    assert len(layout.pages) > 1
    printed = "\n".join("".join(line.text for line in cell.lines) for page in layout.pages for cell in page.fragments)
    assert "61 张表找回 60 张：60 张原样；1 张没有找回。" in printed
    assert "磁盘上有 8 KB 读不出来" in printed
    assert printed.index("没有找回，只知道编号") < printed.index("数据文件，2026年11月21日 09:30 的样子")
    assert "日期：2026年11月21日" in printed


def test_it_is_a_pdf() -> None:
    assert render_list(salvaged(1), made=MADE).startswith(b"%PDF")
