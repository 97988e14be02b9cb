"""How scores, grades and replies stand in a sentence; nothing that a release hides gets here."""

from __future__ import annotations

# Below so many, a percentage says more than they can.
PERCENT_FROM = 10


def score_words(percent: float) -> str:
    """A place from 0 to 100 as points of 3, exact enough never to be rounded into full marks.

    >>> score_words(100), score_words(86.67), score_words(99), score_words(0)
    ('3', '2.6', '2.97', '0')
    """
    points = percent * 3 / 100
    short = f"{points:.1f}"
    if short.endswith(".0") and abs(float(short) - points) > 0.005:
        short = f"{points:.2f}"
    return short.removesuffix(".0")


def points_words(percent: float, statements: int, less: int) -> str:
    """A mean with its statements, and by how much it counts less than was scored.

    >>> points_words(66.67, 5, 5)
    '2 of 3 on 5 statements; 5 points less than scored, as nothing shows the difference made'
    """
    said = f"{score_words(percent)} of 3 on {statements} statement{'' if statements == 1 else 's'}"
    if not less:
        return said
    return f"{said}; {less} point{'' if less == 1 else 's'} less than scored, as nothing shows the difference made"


def counted_words(part: int, whole: int, of: str = "") -> str:
    """A part of a whole; its percentage too from ten on.

    >>> counted_words(6, 9), counted_words(26, 40), counted_words(26, 40, "audited cases")
    ('6 of 9', '26 of 40 (65%)', '26 of 40 audited cases (65%)')
    """
    share = f" ({round(100 * part / whole)}%)" if whole >= PERCENT_FROM else ""
    return f"{part:,} of {whole:,}{f' {of}' if of else ''}{share}"


def graded_clause(good: int, whole: int, *, is_low: bool) -> str:
    """What audits found, from the side that matters in the sentence.

    >>> graded_clause(3, 9, is_low=True), graded_clause(9, 9, is_low=True), graded_clause(0, 9, is_low=False)
    ('6 of 9 audited cases were graded below good', 'all 9 audited cases were graded good or better', 'all 9 audited cases were graded below good')
    """
    if good in (0, whole):
        return f"all {whole:,} audited cases were graded {'good or better' if good else 'below good'}"
    part, words = (whole - good, "below good") if is_low else (good, "good or better")
    verb = "was" if part == 1 else "were"
    return f"{counted_words(part, whole, 'audited cases')} {verb} graded {words}"


def surveyed_clause(agreed: int, replied: int, who: str, question: str) -> str:
    """What those asked said.

    >>> surveyed_clause(40, 81, "practitioners in police", "Are you confident?")
    '40 of 81 practitioners in police (49%) answer yes to “Are you confident?”'
    """
    return f"{counted_words(agreed, replied, who)} answer{'s' if agreed == 1 else ''} yes to “{question}”"
