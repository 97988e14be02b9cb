"""Multi-agency audits of a publication: the programme, how practice was judged, what moved, what was found."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

from pipelines.queries.audit_facts import JOINT, MODERATED, Audit, CaseCount, Finding, Grade, Moderation, Shift
from pipelines.queries.pointer import opened

if TYPE_CHECKING:
    from pipelines.queries.pointer import Pointer

Fact = TypeVar("Fact", Audit, Grade, Moderation, Shift, CaseCount, Finding)
_QUERIES = {
    "audit": "select * from audit order by position, audit_ref",
    "audit_grade": "select * from audit_grade order by audit_ref, whose <> 'all', whose_words, position, basis desc",
    "audit_moderation": "select * from audit_moderation order by audit_ref, position",
    "audit_shift": "select * from audit_shift order by audit_ref, position",
    "audit_case": "select * from audit_case order by audit_ref, dimension_words, position",
    "audit_finding": """
        select f.*, r.title as recommendation_title
        from audit_finding as f
        left join recommendation as r using (recommendation_id)
        order by f.position, f.finding_ref
    """,
}
_TABLES = "select table_name from information_schema.tables"


@dataclass(frozen=True, slots=True)
class Audits:
    """Everything a publication says of audits, in the order of the programme."""

    is_public: bool
    audits: tuple[Audit, ...]
    grades: tuple[Grade, ...]
    moderations: tuple[Moderation, ...]
    shifts: tuple[Shift, ...]
    cases: tuple[CaseCount, ...]
    findings: tuple[Finding, ...]

    @property
    def reported(self) -> tuple[Audit, ...]:
        """Audits whose report is done, the latest first."""
        return tuple(one for one in self.audits if one.is_reported)

    @property
    def coming(self) -> tuple[Audit, ...]:
        """Audits under way, then planned ones, the nearest first."""
        return tuple(one for one in self.audits if one.stage in ("planned", "under_way"))

    @property
    def themes(self) -> dict[str, str]:
        """The themes of audits and findings, with what each is called, in the order of the alphabet."""
        named = {one.theme: one.theme_words for one in (*self.audits, *self.findings) if one.theme}
        return dict(sorted(named.items(), key=lambda each: each[1]))

    def named(self, audit_ref: str) -> Audit | None:
        """One audit by its reference; None where this publication has none of that name."""
        return next((one for one in self.audits if one.audit_ref == audit_ref), None)

    def of(self, audit_ref: str) -> Audits:
        """The same of one audit alone."""
        return replace(
            self,
            **{
                each.name: tuple(one for one in getattr(self, each.name) if one.audit_ref == audit_ref)
                for each in fields(self)
                if each.name != "is_public"
            },
        )

    def on(self, theme: str) -> Audits:
        """The same of one theme: its audits, and the findings that are on it whatever their audit's."""
        refs = {one.audit_ref for one in self.audits if one.theme == theme}
        kept = {
            each.name: tuple(one for one in getattr(self, each.name) if one.audit_ref in refs)
            for each in fields(self)
            if each.name not in ("is_public", "findings")
        }
        return replace(self, **kept, findings=tuple(one for one in self.findings if one.theme == theme))

    @property
    def joint(self) -> tuple[Grade, ...]:
        """The grades of all agencies together, moderated where there are such, one a domain."""
        mine = [one for one in self.grades if one.whose == JOINT]
        by_domain: dict[tuple[str, str], Grade] = {}
        for one in mine:
            key = (one.audit_ref, one.domain)
            if one.basis == MODERATED or key not in by_domain:
                by_domain[key] = one
        return tuple(by_domain.values())


def audits(pointer: Pointer) -> Audits:
    """All of it, in one reading; empty in a publication made before audits were."""
    with opened(pointer) as connection:
        here = {row[0] for row in connection.execute(_TABLES).fetchall()}
        ((audience,),) = connection.execute("select audience from publication").fetchall()
        found: dict[str, list[dict[str, Any]]] = {}
        for name, query in _QUERIES.items():
            asked = connection.execute(query) if name in here else None
            names = [each[0] for each in asked.description or []] if asked else []
            found[name] = [dict(zip(names, row, strict=True)) for row in asked.fetchall()] if asked else []
    return Audits(
        is_public=audience == "public",
        audits=_facts(Audit, found["audit"]),
        grades=_facts(Grade, found["audit_grade"]),
        moderations=_facts(Moderation, found["audit_moderation"]),
        shifts=_facts(Shift, found["audit_shift"]),
        cases=_facts(CaseCount, found["audit_case"]),
        findings=_facts(Finding, found["audit_finding"]),
    )


def _facts(kind: type[Fact], rows: list[dict[str, Any]]) -> tuple[Fact, ...]:
    """The rows as their dataclass, whose fields are named as the table's columns."""
    names = [each.name for each in fields(kind)]
    return tuple(kind(**{name: row[name] for name in names}) for row in rows)
