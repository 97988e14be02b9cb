"""A few hundred spoilt returns, the same each time; `make fuzz` throws others for as long as it is given."""

from __future__ import annotations

import pytest

from tests.fuzzing import Seed, broken_promise, own_seeds, spoilt

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    return own_seeds(tmp_path_factory.mktemp("sound"))


def test_the_sound_files_are_sound(sound):
    assert len(sound) >= 5
    assert [seed.name for seed in sound if broken_promise(seed)] == []


@pytest.mark.parametrize("dozen", range(12))
def test_a_spoilt_return_is_judged_or_refused_and_nothing_else(sound, dozen):
    numbers = range(12 * dozen, 12 * dozen + 12)
    assert {number: said for number in numbers if (said := broken_promise(spoilt(sound, number)))} == {}


def test_the_marked_copy_of_a_spoilt_return_opens(sound):
    numbers = range(1_000, 1_012)
    assert {number: said for number in numbers if (said := broken_promise(spoilt(sound, number), is_copied=True))} == {}


@pytest.mark.parametrize(
    "digits", ["943476591²", "H80120000100¹", "4533²", "٩٤٣٤٧٦٥٩١٩", "\uff11\uff12\uff13\uff14\uff15"]
)
def test_signs_that_are_almost_digits_are_only_text(digits):
    content = f"Indicator ID,Number,Out of\nCP07,{digits},12\nFD01,{digits} {digits},\n".encode()
    assert broken_promise(Seed("signs.csv", content)) == ""
