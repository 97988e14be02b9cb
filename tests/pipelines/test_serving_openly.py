"""Where the dashboard may be served: on this machine, or to others once it is set up for them."""

from __future__ import annotations

import pytest

from pipelines.flows import reach, serving
from pipelines.flows.reach import Where
from schemas.problems import UserError

EVERYWHERE = "0.0.0.0"  # noqa: S104 - what is asked here is that it is refused
PUBLIC = "https://throughline.example"
LIST = 'contact = "the business unit"\n\n[[person]]\nname = "Executive Member"\nemail = "a@leeds.example"\nrole = "executive"\n'
PROVIDER = '\n[[provider]]\nissuer = "https://login.example"\n'


@pytest.fixture
def home(tmp_path):
    (tmp_path / "access.toml").write_text(LIST + PROVIDER, encoding="utf-8")
    (tmp_path / "secrets.toml").write_text(f'[auth]\nredirect_uri = "{PUBLIC}/oauth2callback"\n', encoding="utf-8")
    return tmp_path


def refused(home, where: Where, *, demo: bool = False) -> str:
    with pytest.raises(UserError) as said:
        reach.refuse_openly(home, where, serving.secrets(home), demo=demo)
    return str(said.value)


def test_this_machine_alone_needs_nothing(tmp_path):
    for address in ("127.0.0.1", "::1", "localhost", "127.0.0.2"):
        reach.refuse_openly(tmp_path, Where(1, address), serving.secrets(tmp_path), demo=True)


def test_others_reach_it_once_sign_in_and_the_address_agree(home):
    reach.refuse_openly(
        home, Where(1, EVERYWHERE, PUBLIC, ("10.0.0.0/24", "127.0.0.1")), serving.secrets(home), demo=False
    )
    reach.refuse_openly(home, Where(1, public=PUBLIC), serving.secrets(home), demo=False)


def test_others_do_not_reach_it_without(home):
    assert "Say the https address" in refused(home, Where(1, EVERYWHERE))
    assert "Say the https address" in refused(home, Where(1, EVERYWHERE, "http://throughline.example"))
    assert "Say the https address" in refused(home, Where(1, "::"))
    assert "nobody could sign in" in refused(home, Where(1, public="https://another.example"))
    assert "is not an address to listen on" in refused(home, Where(1, "everywhere"))
    (home / "secrets.toml").write_text("[auth\n", encoding="utf-8")
    assert "cannot be read as TOML" in refused(home, Where(1, public=PUBLIC))
    (home / "secrets.toml").unlink()
    assert "until readers can sign in" in refused(home, Where(1, public=PUBLIC))
    (home / "access.toml").unlink()
    assert "until it says who may sign in" in refused(home, Where(1, public=PUBLIC))


def test_what_anybody_may_read_needs_no_provider(home):
    (home / "secrets.toml").unlink()
    (home / "access.toml").write_text(f"public = true\n{LIST}{PROVIDER}", encoding="utf-8")
    reach.refuse_openly(home, Where(1, EVERYWHERE, PUBLIC), serving.secrets(home), demo=False)


@pytest.mark.parametrize("where", [Where(1, EVERYWHERE), Where(1, public=PUBLIC), Where(1, proxies=("127.0.0.1",))])
def test_the_demonstration_stays_on_this_machine(home, where):
    assert "stays on this machine" in refused(home, where, demo=True)


@pytest.mark.parametrize(
    "public", ["throughline.example", "https://a.example/path", "https://", "https://a.example?x", "ftp://a.example"]
)
def test_an_address_nobody_could_type_is_refused(home, public):
    assert "is not an address readers could type" in refused(home, Where(1, public=public))


@pytest.mark.parametrize(
    ("proxy", "why"), [("*", "is not the address"), ("proxy", "is not the address"), ("0.0.0.0/0", "every address")]
)
def test_a_proxy_is_named_by_its_address(home, proxy, why):
    assert why in refused(home, Where(1, public=PUBLIC, proxies=(proxy,)))


def test_the_server_is_told_what_was_asked(home):
    told = serving.command(Where(9, EVERYWHERE, PUBLIC, ("10.0.0.1", "10.0.0.2")), home)
    assert told[1:4] == ["-P", "-m", "app.asgi"]
    assert told[4:] == [
        f"--address={EVERYWHERE}", "--port=9", f"--public-address={PUBLIC}", "--proxy=10.0.0.1", "--proxy=10.0.0.2",
        f"--secrets={(home / 'secrets.toml').resolve()}",
    ]  # fmt: skip
