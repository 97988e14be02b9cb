from __future__ import annotations

import pytest

from schemas.actors import Actor, may_act_for, require
from schemas.problems import UserError


@pytest.mark.parametrize("role", ["analyst", "approver", "business_unit"])
def test_nobody_acts_for_an_agency_that_is_not_named(role):
    nobody = Actor("A person", role, "")
    assert not may_act_for(nobody, "")
    with pytest.raises(UserError, match="cannot act for an agency that is not named"):
        require(nobody, role, agency_id="")


def test_a_role_is_written_in_words():
    with pytest.raises(UserError, match=r"^A legal adviser cannot act for ltht\.$"):
        require(Actor("A person", "legal_adviser"), "legal_adviser", agency_id="ltht")
