"""What agencies wrote, as far as a release may repeat it: words that could tell whom they are about are left out."""

from __future__ import annotations

from dataclasses import replace
from string import digits
from typing import TYPE_CHECKING

from pipelines.checking.person_words import kinds_in
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
    small = {text: LEFT_OUT for text in inputs.observations["reason"].unique() if text and is_withheld(text)}
    observations = inputs.observations
    if small:
        observations = observations.assign(reason=observations["reason"].replace(small))
    return replace(inputs, observations=observations, commentary=_accounts(inputs.commentary))


def is_withheld(text: str) -> bool:
    """Whether no release repeats a text: it tells of one child or a few, or holds somebody's number, today's check says so or not.

    What was stored before the check knew a wording is held back by it all the same.
    """
    return tells_of_people(text) or bool(kinds_in(text, bare=digits))


def _accounts(said: pd.DataFrame) -> pd.DataFrame:
    named = [any(is_withheld(str(text or "")) for text in row) for row in said[_SAID].to_numpy()]
    if not any(named):
        return said
    kept = said.copy()
    kept.loc[named, _SAID] = [LEFT_OUT, "", ""]
    return kept
