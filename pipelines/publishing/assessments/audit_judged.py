"""How audits judged practice, domain by domain: distributions with their n, and what moderation did to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.publishing.assessments.audit_grades import (
    BASES,
    ENOUGH,
    FEWEST,
    JOINT,
    JUDGED,
    MODERATED,
    NOT_JUDGED,
    Graded,
    Key,
    coarse,
    distributions,
    moderations,
)
from pipelines.publishing.rows import rows
from schemas.returns.listed import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from pipelines.publishing.assessments.audit_text import Reader
    from pipelines.publishing.logs.splits_before import Earlier
    from schemas.catalogue import Audience, Catalogue

HIDDEN = "c"
NAMES = dict(zip(JUDGED, ("outstanding", "good", "requires_improvement", "inadequate"), strict=True))
HIDDEN_WORDS = "Hidden to protect: too few cases were judged."
CHANGED_WORDS = "Hidden to protect: a few cases were added or taken back since these grades were first published."
_REASONS_TOLD = 5
_NUMBERS = ("n", *NAMES.values(), "not_judged", "good_or_better", "good_percent")


def grade_rows(
    catalogue: Catalogue, grades: pd.DataFrame, earlier: Earlier, audience: Audience
) -> Iterator[dict[str, Any]]:
    """The rows of `audit_grade`; to the public only what all agencies together came to after moderation."""
    is_public = audience.id == "public"
    for basis in (MODERATED,) if is_public else BASES:
        for key, graded in in_order(catalogue, distributions(grades, basis)).items():
            ref, domain, whose = key
            if (is_public and whose != JOINT) or not sum(graded.counts.values()):
                continue
            yield {
                "audit_ref": ref, "domain": domain, "whose": whose, "basis": basis,
                "position": list(catalogue.choices["audit_domain"]).index(domain),
                "domain_words": catalogue.label("audit_domain", domain),
                "whose_words": whose_words(catalogue, whose),
                **_told(graded, (*key, basis), earlier, audience),
            }  # fmt: skip


def is_shown(graded: Graded, name: tuple[str, ...], earlier: Earlier) -> bool:
    """Whether a distribution is told: of enough cases, and not of a few more than an earlier release told.

    Two releases side by side would tell how those few were judged.
    """
    return graded.is_shown and not is_changed(graded, name, earlier)


def is_changed(graded: Graded, name: tuple[str, ...], earlier: Earlier) -> bool:
    """Whether an earlier release told it with a few cases fewer or more, or rounded and not as these cases would be.

    A rounded one does not say of how many cases it was. Where it fits what was told exactly of as many cases as there are
    now, a grade was corrected and no case added.
    """
    if any(0 < abs(graded.n - n) < FEWEST for n in earlier.shown.get(("graded", *name), frozenset())):
        return True
    alike = {(n, good) for n, good in earlier.graded.get(name, frozenset()) if n == graded.n} | {
        (graded.n, graded.good)
    }
    for step, size, percent in earlier.rounded.get(name, frozenset()):
        fits = {coarse(n, good, step) for n, good in alike}
        is_far = abs(size - coarse(graded.n, graded.good, step)[0]) >= FEWEST + step - 1
        if (size, percent) not in fits and not is_far:
            return True
    return False


def whose_words(catalogue: Catalogue, whose: str) -> str:
    """The agency whose practice was judged, or all together."""
    return "All agencies together" if whose == JOINT else catalogue.agencies[whose].short


def in_order(catalogue: Catalogue, found: Mapping[Key, Graded]) -> dict[Key, Graded]:
    """By audit; in it all agencies together first, then each by its name; domain by domain as listed."""
    domains = list(catalogue.choices["audit_domain"])
    order = sorted(
        found,
        key=lambda key: (key[0], key[2] != JOINT, whose_words(catalogue, key[2]), domains.index(key[1])),
    )
    return {key: found[key] for key in order}


def moderation_rows(
    catalogue: Catalogue, grades: pd.DataFrame, earlier: Earlier, reader: Reader
) -> Iterator[dict[str, Any]]:
    """The rows of `audit_moderation`: of all agencies together, domain by domain, and why grades were changed."""
    before, after = (distributions(grades, basis) for basis in BASES)
    domains = list(catalogue.choices["audit_domain"])
    for key, moderated in moderations(grades).items():
        ref, domain, whose = key
        if whose != JOINT or not (moderated.n or moderated.only_self or moderated.only_moderated):
            continue
        beside = zip((before[key], after[key]), BASES, strict=True)
        shown = moderated.is_shown and all(is_shown(one, (*key, basis), earlier) for one, basis in beside)
        counts = {"n": moderated.n, "raised": moderated.raised, "same": moderated.same, "lowered": moderated.lowered}
        yield {
            "audit_ref": ref, "domain": domain, "position": domains.index(domain),
            "domain_words": catalogue.label("audit_domain", domain),
            **(counts if shown else dict.fromkeys(counts)),
            "marker": "" if shown else HIDDEN,
            "words": _reasons(grades, key, reader) if shown else HIDDEN_WORDS,
        }  # fmt: skip


def _told(graded: Graded, name: tuple[str, ...], earlier: Earlier, audience: Audience) -> dict[str, Any]:
    if is_shown(graded, name, earlier):
        return _counts(graded, audience)
    words = CHANGED_WORDS if graded.is_shown else HIDDEN_WORDS
    return dict.fromkeys(_NUMBERS) | {"marker": HIDDEN, "words": words}


def _counts(graded: Graded, audience: Audience) -> dict[str, Any]:
    percent = 100 * graded.good / graded.n if graded.n >= ENOUGH else None
    if audience.round_to:
        n, whole = coarse(graded.n, graded.good, audience.round_to)
        words = "Too few cases for a share" if whole is None else f"{whole}% good or better"
        share = None if whole is None else float(whole)
        return dict.fromkeys(_NUMBERS) | {"n": n, "good_percent": share, "marker": "", "words": words}
    counts = {name: graded.counts.get(grade, 0) for grade, name in NAMES.items()}
    more = {"n": graded.n, "not_judged": graded.counts.get(NOT_JUDGED, 0), "good_or_better": graded.good}
    words = f"{graded.good} of {graded.n} good or better" + ("" if percent is None else f" ({percent:.0f}%)")
    return counts | more | {"good_percent": percent, "marker": "", "words": words}


def _reasons(grades: pd.DataFrame, key: Key, reader: Reader) -> str:
    """Why grades of a domain were changed, each reason once, in the order of the alphabet and so of no case."""
    ref, domain, whose = key
    mine = grades[grades["audit_ref"].eq(ref) & grades["domain"].eq(domain) & grades["whose"].eq(whose)]
    changed = [row for row in rows(mine) if row["self_grade"] != row["moderated_grade"]]
    said = sorted({row["reason"].rstrip(". ") for row in changed if row["reason"] and reader.may_read(row["reason"])})
    return "; ".join(said[:_REASONS_TOLD])


def domains_named(catalogue: Catalogue, domains: list[str]) -> str:
    """Domains in words, one after another."""
    return listed([catalogue.label("audit_domain", domain) for domain in domains])
