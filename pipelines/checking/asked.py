"""What whoever asks for a check knows beside the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from pipelines.checking.report import no_figures

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    import pandas as pd

    from pipelines.checking.log_file import Held
    from pipelines.checking.stated import Stated
    from schemas.layouts.layout import Layout
    from schemas.periods import Period
    from schemas.returns.mends import Mend

    History: TypeAlias = pd.DataFrame | Callable[[str, str], pd.DataFrame | None]


@dataclass(frozen=True)
class Asked:
    """What the caller knows beside the file; its fields are those of `check`."""

    history: History | None
    today: date
    expected: tuple[str, str] | None
    held: Held | None
    moderating: bool
    layouts: tuple[Layout, ...]
    stated: Stated
    mends: Sequence[Mend] | None = None

    def past(self, agency_id: str, period: Period) -> pd.DataFrame:
        """The figures the agency sent earlier; none where nobody knows any."""
        found = self.history(agency_id, period.id) if callable(self.history) else self.history
        return no_figures() if found is None else found

    def has_come(self, agency_id: str, quarter: Period) -> bool:
        """Whether any figure of a quarter stands: it would be replaced. The next quarter's past is what holds it."""
        return bool(self.past(agency_id, quarter.next)["period_id"].eq(quarter.id).any())
