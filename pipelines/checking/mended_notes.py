"""What a marked copy says of the cells that were mended on the page, which are as they came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.reading import place_of
from schemas.rules import file_contents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas.problems import Problem
    from schemas.returns.mends import Mend


def told_of(mends: Sequence[Mend]) -> list[Problem]:
    """A note for each mend, of what is read in the place of what stands in the file."""
    found: list[Problem] = []
    for mend in mends:
        fault = file_contents.REASON_GIVEN if mend.is_beside else file_contents.MENDED
        said = f"“{mend.value}”" if mend.value else "empty"
        sheet = {"sheet": mend.sheet, "cell": mend.cell, "row": place_of(mend.cell)[0] + 1} if mend.cell else {}
        where = f"{mend.sheet}!{mend.cell}" if mend.cell else mend.where
        found.append(fault.problem({"said": said, "where": where}, value=mend.value, column=mend.column, **sheet))
    return found
