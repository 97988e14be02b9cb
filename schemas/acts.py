"""What the event log may hold: every act, the group it is listed in, its words, and the facts an entry of it may carry.

The log is kept for good and cannot be mended, so nothing may get into it that somebody will want out of it: an act names
the facts it may carry, and they are ids, counts, days, hashes and words of the catalogue. What a person typed (a reason,
a label, the name of a file or of a sheet) is not among them: it stays with the record that the entry names, from where
it can be removed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# What an entry of any act holds where it was done on the command line: by which name the machine knows whoever typed it.
LOGIN = "login"
# The first look at the files that people change by hand, so that there is always an entry to go by.
NOTED = "settings.noted"

Group = Literal[
    "Sign-in and access",
    "Returns",
    "How spreadsheets are read",
    "Links to forms",
    "Previews and reminders",
    "Publications",
    "Agreements",
    "Files taken away",
    "Official statistics",
    "The home itself",
]


@dataclass(frozen=True, slots=True)
class Act:
    """One kind of entry. `words` follow whoever acted; `{of}` stands for what it was done to.

    `facts` are the names of what its detail may hold; None where the module that writes it answers for them itself.
    """

    id: str
    group: Group
    words: str
    facts: tuple[str, ...] | None = ()


_ALL = (
    Act("session.began", "Sign-in and access", "signed in", None),
    Act("session.refused", "Sign-in and access", "was not let in", None),
    Act("session.ended", "Sign-in and access", "signed out", None),
    Act("access.changed", "Sign-in and access", "changed who may see what", None),
    Act(
        NOTED, "Sign-in and access",
        "looked for the first time at files by which releases and removals go, so that a change of them by hand shows from here on",
        ("files",),
    ),
    Act("settings.changed", "Sign-in and access", "changed {of}, by which releases and removals go", ("before", "after")),
    Act(
        "submission.received", "Returns", "sent {of}",
        (
            "on_behalf_of", "file_sha256", "file_bytes", "rows_sha256", "beside_sha256", "verdict", "rows", "rows_accepted",
            "supersedes", "mended",
        ),
    ),
    Act(
        "submission.refused", "Returns", "sent {of}, which was refused",
        (
            "on_behalf_of", "file_sha256", "file_bytes", "rows_sha256", "beside_sha256", "verdict", "rows", "rows_accepted",
            "supersedes", "mended", "errors", "rules", "reason_sha256",
        ),
    ),
    Act("file.refused", "Returns", "dropped a file that was refused; nothing of it was kept", ("rules",)),
    Act("original.removed", "Returns", "removed the original file of {of}, as its time was over", ("file_sha256", "months")),
    Act("submission.expunging", "Returns", "asked that {of} be removed for good", ("why", "reason_sha256", "target_sha256")),
    Act("submission.expunging_ended", "Returns", "took away the asking that {of} be removed for good", ("asked_by",)),
    Act(
        "submission.expunged", "Returns", "removed for good what was to go of {of}",
        ("why", "reason_sha256", "whole", "asked_by", "rows_sha256", "beside_sha256", "others", "was_altered"),
    ),
    Act("submission.withdrawn", "Returns", "took back {of}", ("reason_sha256", "stands_again")),
    Act("submission.reverted", "Returns", "went back to {of}", ("reason_sha256", "instead_of")),
    Act("layout.saved", "How spreadsheets are read", "saved how {of} is read", ("version", "labels", "left_out", "body_sha256")),
    Act("layout.withdrawn", "How spreadsheets are read", "took back how {of} is read"),
    Act("invitation.made", "Links to forms", "made a link for {of}", ("instrument", "period_id", "expires_on", "token_sha256")),
    Act("invitation.opened", "Links to forms", "opened its form", ("instrument", "period_id")),
    Act("invitation.ended", "Links to forms", "closed a link of {of}", ("instrument", "period_id", "why")),
    Act(
        "reminder.made", "Previews and reminders", "made a reminder for {of}",
        ("period_id", "to_send", "to_mend", "actions", "challenges", "sentences", "year", "waiting", "instrument", "state"),
    ),
    Act(
        "preview.made", "Previews and reminders", "made a preview of the next release",
        ("audience", "sha256", "hidden", "shown", "agreements"),
    ),
    Act("preview.seen", "Previews and reminders", "looked at the preview", ("preview", "period_id", "sentences")),
    Act(
        "release.asked", "Publications", "asked on the page Publish for a release to be made or prepared, or for a preview",
        ("audiences", "order_sha256"),
    ),
    Act(
        "publication.released", "Publications", "released a publication for {audience}",
        ("audience", "sha256", "hidden", "shown", "agreements", "prepared_at", "sentences", "sentences_read"),
    ),
    Act(
        "publication.prepared", "Publications", "prepared a publication for {audience}",
        ("audience", "sha256", "hidden", "shown", "agreements", "record_sha256", "two_people"),
    ),
    Act(
        "publication.discarded", "Publications", "took a prepared publication for {audience} away, unreleased",
        ("audience", "sha256"),
    ),
    Act(
        "publication.rewritten", "Publications",
        "wrote a withdrawn publication for {audience} anew, without what was removed for good", ("audience", "sha256", "was_altered"),
    ),
    Act(
        "publication.carried_over", "Publications",
        "restored an earlier backup, and kept a publication for {audience} made since as withdrawn", ("audience", "sha256"),
    ),
    Act(
        "publication.withdrawn", "Publications", "withdrew a publication for {audience}",
        ("audience", "reason_sha256"),
    ),
    Act(
        "agreement.recorded", "Agreements", "recorded what {of} has agreed",
        ("audiences", "signed_on", "review_on", "ended_on", "exact_totals", "terms_sha256", "file_sha256"),
    ),
    Act(
        "agreement.ended", "Agreements", "ended the agreement of {of}",
        ("audiences", "signed_on", "review_on", "ended_on", "exact_totals", "terms_sha256", "file_sha256"),
    ),
    Act(
        "export.made", "Files taken away", "took away {of} as a file",
        ("audience", "publication", "form", "rows", "marking"),
    ),
    Act("backup.made", "The home itself", "backed everything up", ("sha256", "files", "bytes", "position")),
    Act("backup.restored", "The home itself", "brought everything back from a backup", ("sha256", "made_at", "position", "instead_of", "kept", "known", "settings", "marks", "brought_back", "removed_unknown")),
    Act("log.note_lost", "The home itself", "found no readable note of the log’s last entry, and noted it anew", ("position",)),
    Act("home.encrypted", "The home itself", "encrypted the vault and the originals", ("originals",)),
    Act("home.decrypted", "The home itself", "took the encryption off", ("originals",)),
    Act("key.rotated", "The home itself", "changed the key", ("originals",)),
    Act("benchmarks.loaded", "Official statistics", "loaded official statistics: {of}", ("file_sha256", "edition", "loaded", "tables_sha256", "was_altered")),
)  # fmt: skip

ACTS: dict[str, Act] = {act.id: act for act in _ALL}
GROUPS: tuple[Group, ...] = tuple(dict.fromkeys(act.group for act in _ALL))


def of_group(group: str) -> tuple[str, ...]:
    """The ids of the acts listed in a group; none for a group that is not there."""
    return tuple(act.id for act in _ALL if act.group == group)


def not_allowed(action: str, facts: frozenset[str]) -> frozenset[str]:
    """Which facts an entry of an act may not carry.

    >>> not_allowed("submission.withdrawn", frozenset({"reason", "stands_again"}))
    frozenset({'reason'})
    """
    allowed = ACTS[action].facts
    return frozenset() if allowed is None else facts - frozenset(allowed)
