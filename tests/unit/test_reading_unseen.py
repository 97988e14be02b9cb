"""What an .ods or .xls hides, and that no bytes make the search for it stumble."""

from __future__ import annotations

import random
import struct
import zlib

import pytest

from pipelines.reading.compound import SIGN, stream
from pipelines.reading.parts import Parts
from pipelines.reading.unseen import unseen

ODS = b"""<office:spreadsheet><table:table table:name="A"><table:table-column table:number-columns-repeated="2"/>
<table:table-column table:visibility="collapse"/><table:table-row/><table:table-row table:number-rows-repeated="2"
table:visibility="filter"><table:table-cell/></table:table-row><table:table-row table:visibility="visible"/></table:table>
<table:table table:name="B"><table:table-row table:number-rows-repeated="1048576" table:visibility="collapse"/>
<table:table-row table:visibility="collapse"/></table:table></office:spreadsheet>"""


def ods(content):
    packed = zlib.compress(content, wbits=-zlib.MAX_WBITS)
    header = struct.pack("<4s22xHH", b"PK\x03\x04", 0, 0)
    return Parts(header + packed, {"content.xml": (0, len(packed), len(content), 8)})


def record(kind, content=b""):
    return struct.pack("<HH", kind, len(content)) + content


def xls():
    """A workbook of one sheet, whose row 3 and columns B and C are hidden, with a chart among its records."""
    begin, end = record(0x0809, bytes(16)), record(0x000A)
    row = record(0x0208, struct.pack("<H10xHH", 2, 0x20, 0))
    shown = record(0x0208, struct.pack("<H10xHH", 3, 0, 0))
    chart = begin + record(0x0208, struct.pack("<H10xHH", 9, 0x20, 0)) + end
    sheet = begin + record(0x007D, struct.pack("<HHHHHH", 1, 2, 0, 0, 1, 0)) + chart + row + shown + end
    globals_ = begin + record(0x0085, struct.pack("<I", len(begin) + 8 + len(end)))[:8] + end
    book = (globals_ + sheet).ljust(4_096, b"\0")
    entry = "Workbook".encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H50xII4x", 18, 2, len(book))
    table = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *range(3, 10), 0xFFFFFFFE, *[0xFFFFFFFF] * 118)
    header = bytearray(512)
    header[:8] = SIGN
    struct.pack_into("<H", header, 30, 9)
    struct.pack_into("<II", header, 44, 1, 1)
    struct.pack_into("<I", header, 68, 0xFFFFFFFE)
    struct.pack_into("<110I", header, 72, 0, 0, *[0xFFFFFFFF] * 108)
    return bytes(header) + table + entry.ljust(512, b"\0") + book


def said(found):
    return [(each.rows, each.columns) for each in found]


def test_rows_and_columns_that_an_ods_hides_are_counted_with_those_it_repeats():
    assert said(unseen(ods(ODS), "ods")) == [([1, 2], [(2, 2)]), ([], [])]


def test_rows_and_columns_that_an_xls_hides_are_found_past_its_charts():
    assert said(unseen(Parts(xls(), {}), "xls")) == [([2], [(1, 2)])]


def test_what_is_no_such_file_tells_nothing():
    assert unseen(Parts(b"", {}), "xls") is None
    assert unseen(Parts(b"", {}), "ods") is None
    assert unseen(Parts(xls(), {}), "xlsb") is None
    with pytest.raises(ValueError, match="no such stream"):
        stream(xls(), ("Other",))


def test_no_change_of_its_bytes_makes_the_search_stumble_or_run_on():
    chance, good = random.Random(7), xls()  # noqa: S311 - the same changes each time
    for _ in range(400):
        content = bytearray(good[: chance.randrange(600, len(good))] if chance.random() < 0.3 else good)
        for _ in range(chance.randrange(1, 12)):
            content[chance.randrange(8, min(len(content), 1_800))] = chance.randrange(256)
        found = unseen(Parts(bytes(content), {}), "xls")
        assert found is None or all(len(each.rows) <= 100_000 for each in found)
