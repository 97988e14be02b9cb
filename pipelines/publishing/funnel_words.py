"""What a funnel plot says of chance: how many places it alone would put outside, and when it is not the measure."""

from __future__ import annotations

from pipelines.measures.chance import expected_outside
from pipelines.measures.funnels import ACTION, WARNING

# Where so many are outside, the places differ in themselves, and chance is the wrong measure.
MANY = 1 / 3


def chance_words(held: int, drawn: int, strays: int, names: tuple[str, str]) -> str:
    """The note of a plot of so many places held, drawn and outside; `names` are the word for one and for many.

    >>> chance_words(33, 33, 1, ("ward", "wards"))[:75]
    'If all 33 wards were alike, chance alone would still put about 1.7 of them '
    """
    one, many = names
    near, far = expected_outside(held, WARNING), expected_outside(held, ACTION)
    said = (
        f"If all {held} {many} were alike, chance alone would still put about {near:.1f} of them outside the 95% limits "
        f"and {far:.2f} outside the 99.8% limits."
    )
    if held > drawn:
        said += f" Most of the {held - drawn} hidden have small counts, so those drawn do not stand for all."
    if strays > MANY * drawn:
        said += (
            f" Here {strays} of {drawn} are outside, so the {many} differ in themselves, and not by chance: need, deprivation "
            f"and practice all have a part in it. A {one} is best compared with others of like deprivation."
        )
    return said
