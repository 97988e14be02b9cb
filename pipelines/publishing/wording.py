"""What agencies wrote, as far as a release may repeat it: words that could tell whom they are about are left out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from schemas.returns.small_words import LEFT_OUT
from schemas.returns.telling import tells_of_people

if TYPE_CHECKING:
    import pandas as pd

    from pipelines.publishing.assembling import Inputs

_SAID = ["what_happened", "why", "what_we_are_doing"]


def repeatable(inputs: Inputs) -> Inputs:
    """The inputs without the words that name somebody, tell a story or speak of a handful, each replaced by the sentence that says so.

    No audience gets them: free text is no figure, so no policy could say what else it gives away.
    """
    small = {text: LEFT_OUT for text in inputs.observations["reason"].unique() if text and tells_of_people(text)}
    observations = inputs.observations
    if small:
        observations = observations.assign(reason=observations["reason"].replace(small))
    return replace(inputs, observations=observations, commentary=_accounts(inputs.commentary))


def _accounts(said: pd.DataFrame) -> pd.DataFrame:
    named = [any(tells_of_people(str(text or "")) for text in row) for row in said[_SAID].to_numpy()]
    if not any(named):
        return said
    kept = said.copy()
    kept.loc[named, _SAID] = [LEFT_OUT, "", ""]
    return kept
