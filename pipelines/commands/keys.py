"""The commands of what is kept and how: the key that encrypts a home, and removing originals whose time is over."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pipelines.commands.whose import acting, home, now
from pipelines.flows.progress import progress

_BY = click.option("--by", help="Who acts; else the name you are logged in with.")
_WORKING = "Writing originals"


@click.group()
def key() -> None:
    """The key that encrypts the vault and the originals."""


@key.command()
@click.option("-o", "--out", type=click.Path(path_type=Path), help="The file to write it to; else it is printed.")
def new(out: Path | None) -> None:
    """Make a key: 32 random bytes. Whoever loses it loses what it locks."""
    from pipelines.flows import keys

    click.echo(keys.new(home(), out))


@key.command()
@_BY
def encrypt(by: str | None) -> None:
    """Encrypt a home that is not, with the key in THROUGHLINE_KEY or THROUGHLINE_KEY_FILE."""
    from pipelines.flows import keys

    click.echo(keys.encrypt(home(), acting(by), now(), progress(_WORKING)))


@key.command()
@click.option("--new-key-file", type=click.Path(path_type=Path), help="Where the new key is; else THROUGHLINE_KEY_NEW.")
@_BY
def rotate(new_key_file: Path | None, by: str | None) -> None:
    """Encrypt a home with a new key; the old one is in THROUGHLINE_KEY or THROUGHLINE_KEY_FILE."""
    from pipelines.flows import keys

    click.echo(keys.rotate(home(), acting(by), now(), new_key_file, progress(_WORKING)))


@key.command()
@_BY
def decrypt(by: str | None) -> None:
    """Take the encryption away, with the key in THROUGHLINE_KEY or THROUGHLINE_KEY_FILE."""
    from pipelines.flows import keys

    click.echo(keys.decrypt(home(), acting(by), now(), progress(_WORKING)))


@key.command(name="check")
def check_key() -> None:
    """Say whether everything in a home is encrypted, and whether the key opens it. Changes nothing."""
    from pipelines.flows import keys

    faults, words = keys.check(home(), progress("Reading originals"))
    for fault in faults:
        click.echo(fault, err=True)
    click.echo(words)
    sys.exit(1 if faults else 0)


@click.command()
@click.option("--dry-run", is_flag=True, help="Only say which would be removed.")
@_BY
def purge(by: str | None, *, dry_run: bool) -> None:
    """Remove originals kept longer than settings.toml says; what was read of them and the log stay."""
    from pipelines.flows import retaining

    for line in retaining.purge(home(), acting(by), now(), dry_run=dry_run):
        click.echo(line)
