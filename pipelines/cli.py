"""The command line: thin, and quick to answer, because every heavy library is imported where it is used."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipelines.commands import backup, keys
from pipelines.commands.access import access
from pipelines.commands.agreement import agreement
from pipelines.commands.expunge import expunge
from pipelines.commands.find import find
from pipelines.commands.log import log
from pipelines.commands.publications import release, withdraw_publication
from pipelines.commands.sentences import Sentences
from pipelines.commands.texts import texts
from pipelines.commands.whose import HOME, acting, home, now
from pipelines.flows.progress import progress as _progress
from pipelines.flows.progress import say as _say
from pipelines.flows.read_as import read_as, told
from schemas.problems import UserError

if TYPE_CHECKING:
    from pipelines.flows.loaded import Outcome

_MODERATED = "The workbook holds the business unit's moderation; without this, what is moderated is left out."


@click.group(cls=Sentences, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="throughline")
def main() -> None:
    """Throughline: from the agency's spreadsheet to the Executive's decision."""


for command in (agreement, expunge, find, release, texts, withdraw_publication):
    main.add_command(command)
main.add_command(access)
main.add_command(backup.backup)
main.add_command(backup.restore)
main.add_command(keys.key)
main.add_command(keys.purge)
main.add_command(log)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--kind", help="The kind of return, where the file does not say.")
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--annotate", type=click.Path(path_type=Path), help="Write a copy with the cells marked.")
@click.option("--moderated", is_flag=True, help=_MODERATED)
@read_as
def check(file: Path, kind: str | None, style: str, annotate: Path | None, *, moderated: bool, **word: Any) -> None:  # noqa: ANN401 - those of read_as
    """Check a return and say what is wrong, in which cell, and how to mend it. Stores nothing."""
    from pipelines import checking
    from pipelines.flows import returns

    if annotate is not None and annotate.resolve() == file.resolve():
        raise UserError("The marked copy would take the place of the return itself. Give --annotate another name.")
    report = returns.check_file(home(), acting(None), file, now(), kind, moderating=moderated, **told(**word))
    if annotate is not None and report.exit_code != 2:
        checking.annotate(file, report, annotate)
    click.echo(json.dumps(report.as_dict(), ensure_ascii=False, indent=1) if style == "json" else report.as_text())
    sys.exit(report.exit_code)


@main.command()
@click.argument("kind")
@click.option("--agency", required=True, help="The agency's id, such as lcc_cf; or a respondent's, such as SCH-0142.")
@click.option(
    "--period", required=True, help="The quarter, such as 2026-27-Q2; of a self-assessment the year, as 2026-27."
)
@click.option("--instrument", default="", help="Which self-assessment, where more than one is owed.")
@click.option("--moderated", is_flag=True, help="The business unit's own copy of a self-assessment, to moderate.")
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="The workbook to write.")
def template(kind: str, agency: str, period: str, instrument: str, out: Path, *, moderated: bool) -> None:  # noqa: PLR0913 - one for each option
    """Write the workbook an agency or respondent fills in."""
    from pipelines.flows import returns

    place, actor = home(), acting(None)
    returns.write_template(
        place, actor, kind, agency, period, out, at=now(), instrument=instrument, moderating=moderated
    )
    click.echo(f"Wrote {out}.")


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--moderated", is_flag=True, help=_MODERATED)
@read_as
@click.option("--by", help="Who acts; else the name you are logged in with.")
def load(files: tuple[Path, ...], by: str | None, *, moderated: bool, **word: Any) -> None:  # noqa: ANN401 - as above
    """Check returns and store each as a submission; a folder stands for the workbooks in it, not in folders inside."""
    from pipelines.flows import agreed, loaded, loading

    for line in agreed.invented_words(home()):
        click.echo(line, err=True)
    paths, passed_over, folders = loading.named(files)
    coming = loading.load(home(), acting(by), paths, now, moderating=moderated, **told(**word))
    outcomes: list[Outcome] = []
    for outcome in _progress("Loading")(coming, len(paths)):
        outcomes.append(outcome)
        if not folders:
            _tell(outcome)
    if folders:
        click.echo("\n".join(loaded.summary(outcomes, passed_over)))
    sys.exit(max(outcome.exit_code for outcome in outcomes))


def _tell(outcome: Outcome) -> None:
    """What became of one file, on its own line, with all that is wrong with it."""
    if isinstance(outcome.came, UserError):
        click.echo(str(outcome.came), err=True)
        return
    click.echo(outcome.came.words())
    if outcome.came.report.exit_code == 1:
        click.echo(outcome.came.report.as_text())


@main.command()
@click.option("--sector", default="", help="All of a sector on the register who have not replied, as early_years.")
@click.option("--respondent", "respondents", multiple=True, help="One by its reference; may be given several times.")
@click.option("--instrument", default="", help="Only one self-assessment, such as education; else each they owe.")
@click.option("--period", default="", help="The financial year, such as 2026-27.")
@click.option("--address", default="", help="Where your dashboard is reached, such as https://throughline.example.")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="The list to write: a .xlsx or .csv file.")
@click.option("--end", "ended", default="", metavar="REF", help="Instead: close every open link of one respondent.")
@click.option("--by", help="Who acts; else the name you are logged in with.")
def invite(by: str | None, **asked: Any) -> None:  # noqa: ANN401 - the options above, handed on as they are
    """Make links to the self-assessment form for schools and small bodies, or end one."""
    from pipelines.flows import invitations_listed

    click.echo(invitations_listed.asked(home(), acting(by), now(), **asked))


@main.command()
@click.argument("submission")
@click.option("--reason", required=True, help="Why; it is kept with the submission, so no names.")
@click.option("--by", help="Who acts; else the name you are logged in with.")
def withdraw(submission: str, reason: str, by: str | None) -> None:
    """Take a submission back, and say what stands again."""
    from pipelines.flows import withdrawing

    click.echo(withdrawing.withdraw(home(), acting(by), submission, reason, now()))


@main.command()
@click.argument("submission")
@click.option("--reason", required=True, help="Why; it is kept with the submission, so no names.")
@click.option("--by", help="Who acts; else the name you are logged in with.")
def revert(submission: str, reason: str, by: str | None) -> None:
    """Make an earlier version of a return stand again; the later one is kept."""
    from pipelines.flows import withdrawing

    click.echo(withdrawing.revert(home(), acting(by), submission, reason, now()))


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--by", help="Who acts; else the name you are logged in with.")
def benchmarks(files: tuple[Path, ...], by: str | None) -> None:
    """Load official statistics: England, region, statistical neighbours, populations."""
    from pipelines.flows import benchmarks as flow

    for line in flow.told(home(), acting(by), files, now(), _progress("Loading")):
        click.echo(line)


@main.command()
@click.option(
    "--audience",
    "audiences",
    multiple=True,
    default=("partnership",),
    show_default=True,
    help="executive, partnership or public; may be given several times.",
)
@click.option("--label", default="", help="What the release is for, such as “Executive, 12 May 2026”.")
@click.option("--preview", is_flag=True, help="Not a release: what one would say, for each agency to see before it.")
@click.option("--prepare", is_flag=True, help="Make it, and let nobody see it until another person releases it.")
@click.option("--by", help="Who acts; else the name you are logged in with.")
def publish(by: str | None, **asked: Any) -> None:  # noqa: ANN401 - the options above, handed on as they are
    """Protect small numbers, compute every measure, and release a publication."""
    from pipelines.flows import releasing

    for line in releasing.asked(home(), acting(by), now, _say, by_another=by is not None, **asked):
        click.echo(line)


@main.command()
@click.option("--period", default="", help="The quarter, such as 2026-27-Q2; else the last that has ended.")
@click.option("--to", default="", metavar="WHOM", help="Only one: an agency, a sector, or a respondent's reference.")
@click.option(
    "--respondents",
    type=click.Choice(["none", "sector", "each"]),
    default="sector",
    show_default=True,
    help="For schools and small bodies: no message, one for a sector, or one for each.",
)
@click.option("--address", default="", help="Where your dashboard is reached, such as https://throughline.example.")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="The folder to write to; else they are printed.")
@click.option("--by", help="Who acts; else the name you are logged in with.")
def remind(out: Path | None, by: str | None, **asked: Any) -> None:  # noqa: ANN401 - the options above, handed on as they are
    """Write a message ready to send to each agency with what it owes."""
    from pipelines.flows import reminding

    for line in reminding.asked(home(), acting(by), now(), out, **asked):
        click.echo(line)


@main.command()
def status() -> None:
    """Say which returns are owed, received and late, and what was published last."""
    from pipelines.flows import status as flow

    for line in flow.lines(home(), acting(None), now()):
        click.echo(line)


@main.command()
@click.argument(
    "what",
    type=click.Choice(
        ["figures", "scorecard", "benchmarks", "recommendations", "actions", "evidence", "verdicts", "replies",
         "sector_scores", "answers", "standard_scores"]
    ),
)  # fmt: skip
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="A .xlsx, .csv or .parquet file.")
@click.option("--audience", default="partnership", show_default=True)
@click.option("--by", help="Who acts; else the name you are logged in with.")
def export(what: str, out: Path, audience: str, by: str | None) -> None:
    """Write a table of the current publication to a file, marked by what it holds; the event log keeps that it was taken."""
    from pipelines.flows import export as flow

    click.echo(flow.export(home(), acting(by), audience, what, out, now()))


@main.command()
@click.option("--port", default=8501, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--address", default="127.0.0.1", show_default=True, help="What to listen on, such as 0.0.0.0 in a container."
)
@click.option(
    "--public-address",
    "public",
    default="",
    envvar="THROUGHLINE_PUBLIC_ADDRESS",
    help="What readers type, such as https://throughline.example; needed where others than this machine reach it.",
)
@click.option(
    "--proxy",
    "proxies",
    multiple=True,
    envvar="THROUGHLINE_PROXIES",
    help="The address of a proxy before it, whose word is taken for where a reader comes from; may be given several times.",
)
def serve(port: int, address: str, public: str, proxies: tuple[str, ...]) -> None:
    """Open the dashboard for those whom access.toml lets in; on 127.0.0.1 unless it is told otherwise."""
    from pipelines.flows import reach, serving

    for line in serving.entrance(home(), now()):
        click.echo(line)
    sys.exit(serving.serve(home(), reach.Where(port, address, public.rstrip("/").lower(), proxies), demo=False))


@main.command()
@click.option("--port", default=8501, show_default=True, type=click.IntRange(1, 65535))
@click.option("--build-only", is_flag=True, help="Build the sample vault and stop.")
def demo(port: int, *, build_only: bool) -> None:
    """Build the sample vault from made-up returns, publish it and open the dashboard."""
    from pipelines.flows import demo as flow
    from pipelines.flows import reach, serving

    place = Path(os.environ.get(HOME, "throughline-demo"))
    flow.build(place, _say, _progress("Loading returns"))
    if not build_only:
        sys.exit(serving.serve(place, reach.Where(port), demo=True))
