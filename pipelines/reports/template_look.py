"""How the template looks: one blue, one grey, white where an answer goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemas.catalogue import catalogue

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

BLUE, INK, QUIET, RULE, TINT, SHADE = "#12436D", "#14202B", "#4A5763", "#8594A1", "#F5F7F9", "#DCE3E9"
# What stands there from last year, until somebody says it again.
WARM = "#FFF6E0"
_BASE = {"font_name": "Calibri", "font_size": 11, "font_color": INK, "valign": "vcenter"}
_STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 18, "font_color": BLUE},
    "subtitle": {"font_size": 12, "font_color": QUIET},
    "flag": {"bold": True, "font_color": "#801650"},
    "head": {"bold": True, "font_color": "#FFFFFF", "bg_color": BLUE, "text_wrap": True, "border": 1,
             "border_color": BLUE},
    "hint": {"italic": True, "font_size": 9, "font_color": QUIET, "text_wrap": True, "valign": "bottom"},
    "label": {"bold": True, "bg_color": TINT, "bottom": 1, "bottom_color": SHADE},
    "given": {"font_color": QUIET, "bg_color": TINT, "bottom": 1, "bottom_color": SHADE},
    "given_wrap": {"font_color": QUIET, "bg_color": TINT, "bottom": 1, "bottom_color": SHADE, "text_wrap": True},
    "strong": {"bold": True, "bg_color": TINT, "bottom": 1, "bottom_color": SHADE, "text_wrap": True},
    "answer": {"border": 1, "border_color": RULE, "locked": False, "text_wrap": True},
    "number": {"border": 1, "border_color": RULE, "locked": False, "num_format": "#,##0"},
    "decimal": {"border": 1, "border_color": RULE, "locked": False, "num_format": "#,##0.0##"},
    "centre": {"border": 1, "border_color": RULE, "locked": False, "align": "center"},
    "closed": {"bg_color": SHADE, "bottom": 1, "bottom_color": SHADE},
    "last": {"font_color": QUIET, "bg_color": TINT, "bottom": 1, "bottom_color": SHADE, "align": "right"},
    "text": {"text_wrap": True, "valign": "top"},
    "section": {"bold": True, "font_size": 13, "font_color": BLUE},
    "slip": {"bg_color": "#FDE9DC", "font_color": INK},
    "carried": {"border": 1, "border_color": RULE, "locked": False, "text_wrap": True, "italic": True, "bg_color": WARM},
    "carried_date": {"border": 1, "border_color": RULE, "locked": False, "num_format": "d mmmm yyyy", "align": "left",
                     "italic": True, "bg_color": WARM},
    "date": {"border": 1, "border_color": RULE, "locked": False, "num_format": "d mmmm yyyy", "align": "left"},
}  # fmt: skip


# A blue line over the first row of each indicator keeps its rows together.
_ROW_STYLES = ("given", "strong", "last", "number", "decimal", "centre", "closed", "answer")


class Look:
    """A workbook with its styles, each made once."""

    def __init__(self, book: Workbook) -> None:
        """Make every style."""
        self.book = book
        first = {f"{name}_first": {**_STYLES[name], "top": 1, "top_color": BLUE} for name in _ROW_STYLES}
        styles = {**_STYLES, **first}
        self._styles = {name: book.add_format({**_BASE, **style}) for name, style in styles.items()}

    def __getitem__(self, name: str) -> Format:
        """A style by name."""
        return self._styles[name]

    def sheet(self, name: str, title: str, subtitle: str = "", *, landscape: bool = True) -> Worksheet:
        """A sheet with its title block, print set-up and locked cells; row 3 on is free."""
        partnership = catalogue().partnership
        sheet = self.book.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_row(0, 30)
        sheet.write_string(0, 0, title, self["title"])
        sheet.write_string(1, 0, subtitle, self["subtitle"])
        if landscape:
            sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        marking = " · ".join(filter(None, (partnership.marking, "SYNTHETIC" if partnership.synthetic else "")))
        sheet.set_header(f"&L&9{partnership.name.replace('&', '&&')}&R&9{marking}")
        sheet.set_footer("&L&9&A&R&9Page &P of &N")
        sheet.protect("", {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True})
        return sheet
