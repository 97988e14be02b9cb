from __future__ import annotations

import pytest


def test_what_is_built_once_is_built_for_the_first_who_asks(built_once):
    built = []

    def build(place):
        built.append(place)
        return len(built)

    assert [built_once("counted", build), built_once("counted", build)] == [1, 1]


def test_a_building_that_failed_half_way_is_begun_again_in_an_empty_folder(built_once):
    def fails(place):
        (place / "half").touch()
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        built_once("broken-off", fails)
    assert built_once("broken-off", lambda place: list(place.iterdir())) == []


def test_a_copy_of_a_home_is_its_askers_own(copied_home):
    def build(place):
        (place / "figure").write_text("12", encoding="utf-8")
        return place

    first, second = copied_home("copied", build), copied_home("copied", build)
    (first / "figure").write_text("13", encoding="utf-8")
    assert (second / "figure").read_text(encoding="utf-8") == "12"
