"""The test page: two rulers of 100 mm, a frame 12 mm from the edges, on A4."""

from __future__ import annotations

import re

from pypdfium2 import PdfDocument

from perfdesk.exchange import test_page as sheet
from perfdesk.exchange.pdf_printed import read_printed


def test_it_is_one_page_of_a4_with_all_words() -> None:
    data = sheet.render()
    assert data == sheet.render()
    with PdfDocument(data) as document:
        assert [tuple(round(side, 1) for side in page.get_size()) for page in document] == [(595.3, 841.9)]
    text = re.sub(r"\s", "", read_printed(data)[1][0])
    for words in ("打印测试页", "都应正好100毫米", "离纸边12毫米", "请换一台打印。"):
        assert words in text


def test_the_rulers_measure_100_mm_and_the_frame_stands_12_mm_in() -> None:
    with PdfDocument(sheet.render()) as document:
        grey = document[0].render(scale=300 / 72, grayscale=True)
        pixels, stride, width, height = bytes(grey.buffer), grey.stride, grey.width, grey.height
    per_mm = 300 / 25.4

    def dark(x: int, y: int) -> bool:
        return bool(pixels[y * stride + x] < 200)

    row = max(
        range(height // 4, height - 300),
        key=lambda y: _longest([dark(x, y) for x in range(width // 5, width * 4 // 5)]),
    )
    assert abs(_longest([dark(x, row) for x in range(width // 5, width * 4 // 5)]) - 100 * per_mm) < 4
    column = max(
        range(width // 5, width // 2), key=lambda x: _longest([dark(x, y) for y in range(height // 5, height - 300)])
    )
    assert abs(_longest([dark(column, y) for y in range(height // 5, height - 300)]) - 100 * per_mm) < 4
    left = next(x for x in range(width) if dark(x, height // 2))
    assert abs(left - 12 * per_mm) < 3


def _longest(line: list[bool]) -> int:
    best = run = 0
    for one in line:
        run = run + 1 if one else 0
        best = max(best, run)
    return best
