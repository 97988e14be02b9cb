from __future__ import annotations

from datetime import date

import pytest

from schemas.access import Person, matched, parsed, read_claims
from schemas.problems import UserError

ISSUER, OTHER = "https://id.example/leeds", "https://id.example/elsewhere"
AGENCIES = {"lcc_cf": None, "ltht": None}
TODAY = date(2026, 11, 26)
HEAD = f'contact = "The business unit"\n[[provider]]\nissuer = "{ISSUER}"\n'


def person(**said: str) -> str:
    lines = {"name": "A Reader", "email": "reader@leeds.example", "role": "executive"} | said
    dates = ("from", "until", "revoked")
    return "[[person]]\n" + "\n".join(f"{k} = {v if k in dates else repr(v)}" for k, v in lines.items() if v) + "\n"


def claims(**said: object):
    return read_claims({"iss": ISSUER, "sub": "7", "email": "reader@leeds.example", "email_verified": True} | said)


def found(text: str, **said: object):
    return matched(parsed(text, AGENCIES), claims(**said), TODAY)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('contact = "x', "cannot be read"),
        (HEAD.replace("contact", "kontact"), "there is no field “kontact”. Did you mean “contact”?"),
        (HEAD.partition("\n")[2], "access.toml: “contact” is missing."),
        (HEAD + person(rol="chair"), "person 1 (reader@leeds.example): there is no field “rol”. Did you mean “role”?"),
        (HEAD + person(role="boss"), "person 1 (reader@leeds.example): role is one of executive, scrutineer"),
        (
            HEAD + person(role="analyst", agency="lcc_fc"),
            "agency must be the id of an agency for an analyst. Did you mean “lcc_cf”?",
        ),
        (HEAD + person(role="analyst"), "agency must be the id of an agency for an analyst."),
        (HEAD + person(role="respondent", agency="ltht"), "agency must be the respondent's reference"),
        (HEAD + person(agency="ltht"), "a person in the role executive belongs to no agency"),
        (HEAD + person(role="chair"), "a chair has a group"),
        (HEAD + person(email="reader"), "must be an e-mail address"),
        (HEAD + person(email=""), "give an email, or the provider's subject"),
        (HEAD + person(issuer=OTHER), f"there is no provider with the issuer {OTHER}"),
        (HEAD + person(**{"from": "2027-01-01", "until": "2026-01-01"}), "from is after until"),
        (HEAD + person() + person(name="Again", role="chair", group="Audit"), "is there twice for the same days"),
        (HEAD + person() + person(email="other@leeds.example"), "have the same name"),
        (HEAD + HEAD.partition("\n")[2], f"The issuer {ISSUER} is there twice"),
        (HEAD.replace(ISSUER, "https://login.microsoftonline.com/common/v2.0"), "must name one organisation"),
        (HEAD.replace(ISSUER, "ftp://id.example"), "must begin with https://"),
        (HEAD + f'[[provider]]\nissuer = "{OTHER}"\n' + person(), "which provider vouches for them, as there are 2"),
        ('contact = "The business unit"\n' + person(), "as there is no provider"),
        ("session_hours = 900\n" + HEAD, "access.toml: session_hours"),
    ],
)
def test_a_fault_is_said_in_a_sentence_and_nobody_gets_in(text, fault):
    with pytest.raises(UserError, match="obody can sign in") as said:
        parsed(text, AGENCIES)
    assert fault in str(said.value)


def test_every_fault_of_a_list_is_named_at_once():
    with pytest.raises(UserError) as said:
        parsed(HEAD + person(role="chair") + person(name="B", email="b"), AGENCIES)
    assert "person 2 (b): name" in str(said.value)
    assert "person 2 (b): email" in str(said.value)


def test_two_terms_after_one_another_are_no_fault():
    text = HEAD + person(until="2026-11-25") + person(role="chair", group="Audit", **{"from": "2026-11-26"})
    who = found(text)
    assert isinstance(who, Person) and who.role == "chair"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"iss": OTHER}, "another provider"),
        ({"iss": None}, "another provider"),
        ({"iss": [ISSUER]}, "another provider"),
        ({"email": "else@leeds.example"}, "not on the list"),
        ({"email": None}, "not on the list"),
        ({"email": "reader@leeds.example" + " " * 600}, "not on the list"),
        ({"email": "reader@leeds.exampl\u0435"}, "not on the list"),  # a Cyrillic letter that looks the same
        ({"email": "\u212aeader@leeds.example"}, "not on the list"),  # a sign whose small letter is a plain k
        ({"email_verified": False}, "address not verified"),
        ({"email_verified": None}, "address not verified"),
        ({"email_verified": "yes"}, "address not verified"),
        ({"email_verified": 1}, "address not verified"),
        ({"role": "business_unit", "roles": ["business_unit"], "email": "b@leeds.example"}, "not on the list"),
        ({"email": "b@leeds.example", "preferred_username": "reader@leeds.example"}, "not on the list"),
    ],
)
def test_a_token_that_is_not_quite_right_is_nobody(said, why):
    assert found(HEAD + person(), **said) == why


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ({"until": "2026-11-25"}, "over"),
        ({"from": "2026-11-27"}, "not yet"),
        ({"revoked": "2026-11-26T08:00:00Z"}, "revoked"),
    ],
)
def test_access_holds_between_its_days_and_until_it_is_revoked(line, why):
    assert found(HEAD + person(**line)) == why
    assert isinstance(found(HEAD + person(until="2026-11-26", **{"from": "2026-11-26"})), Person)


def test_an_address_is_matched_in_any_case():
    assert isinstance(found(HEAD + person(email="Reader@Leeds.example"), email="READER@leeds.example"), Person)


def test_a_line_with_the_providers_own_name_goes_by_that_alone():
    text = HEAD + person(subject="oid-1")
    assert found(text) == "not on the list"  # the address has been given to somebody else
    assert isinstance(found(text, oid="oid-1", email="new@leeds.example", email_verified=None), Person)
    assert found(text, oid="oid-1", iss=OTHER) == "another provider"


def test_a_provider_whose_administrators_give_out_addresses_says_nothing_of_them():
    text = HEAD + 'verified = "provider"\nemail = "preferred_username"\n' + person()
    assert isinstance(found(text, email=None, preferred_username="reader@leeds.example", email_verified=None), Person)
    assert found(text, preferred_username="reader@leeds.example", email_verified=False) == "address not verified"


def test_the_same_address_at_another_provider_is_another_person():
    two = HEAD + f'[[provider]]\nissuer = "{OTHER}"\n' + person(issuer=OTHER)
    assert found(two) == "not on the list"
    assert isinstance(found(two, iss=OTHER), Person)


@pytest.mark.parametrize("moment", [None, "now", True, float("nan"), 10**30, -(10**30)])
def test_a_time_that_is_none_is_left_out(moment):
    assert claims(iat=moment).signed_in_at is None


def test_two_sign_ins_are_never_taken_for_one():
    made = [{"iat": 1}, {"iat": 2}, {"sub": "8"}, {"nonce": "x"}, {"iss": OTHER}, {"sub": '7", "', "nonce": "7"}]
    assert len({claims(**each).session for each in made}) == len(made)
    assert claims(iat=1).session == claims(iat=1, email="changed@leeds.example").session


@pytest.mark.parametrize("claim", ["preferred_username", "upn"])
def test_a_name_people_choose_themselves_is_not_vouched_for_by_what_is_said_of_their_address(claim):
    with pytest.raises(UserError, match=rf"speaks of the claim email, and not of {claim}"):
        parsed(HEAD + f'email = "{claim}"\n' + person(), {})
