"""The directory as XLSX, against `xlsxwriter` alone."""

import io
import time
from collections.abc import Iterator
from typing import Any

import xlsxwriter

from benchmarks.exports import Cells, measured

SIZES = (50_000,)


def run(sizes: list[int]) -> Iterator[dict[str, Any]]:
    """Rows a second, to the last byte."""
    return measured(sizes, "xlsx", _bare)


def _bare(cells: Cells) -> dict[str, float]:
    began = time.perf_counter()
    with xlsxwriter.Workbook(io.BytesIO(), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for row, values in enumerate(cells):
            for column, value in enumerate(values):
                if value:
                    sheet.write_string(row, column, value)
    return {"limit": time.perf_counter() - began}
