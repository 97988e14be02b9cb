"""Segmented Poisson regression, held to R's glm on the C. difficile counts of qicharts2 (source line in the file).

R stops at a change of deviance of 1e-8, which leaves its coefficients good to eight digits and its dispersion, taken one
step before the last, to five.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from pipelines.measures.exact import rate_ratio_exact
from pipelines.measures.impact import judge_impact, segmented_poisson

REFERENCE = json.loads((Path(__file__).parent / "data" / "segmented_poisson.json").read_text(encoding="utf-8"))
COUNTS, CHANGED_AT = REFERENCE["y"], REFERENCE["intervention_after"]
GLM = REFERENCE["its_poisson"]


def test_the_terms_and_their_coefficients_are_those_of_the_reference():
    found = segmented_poisson(COUNTS, CHANGED_AT)
    assert list(found.terms) == GLM["terms"]
    assert found.coef == pytest.approx(GLM["coef"], rel=1e-7)


def test_the_standard_errors_and_the_deviance_are_those_of_the_reference():
    found = segmented_poisson(COUNTS, CHANGED_AT)
    assert found.se == pytest.approx(GLM["se"], rel=1e-5)
    assert found.deviance == pytest.approx(GLM["deviance"], rel=1e-10)


def test_the_dispersion_and_what_it_does_to_the_errors_are_those_of_the_reference():
    found = segmented_poisson(COUNTS, CHANGED_AT)
    assert found.dispersion == pytest.approx(GLM["pearson_dispersion"], rel=1e-5)
    assert found.se_quasi == pytest.approx(GLM["se_quasi"], rel=1e-5)


def test_an_equal_exposure_changes_nothing_but_the_intercept():
    one, two = segmented_poisson(COUNTS, CHANGED_AT), segmented_poisson(COUNTS, CHANGED_AT, [50.0] * len(COUNTS))
    assert two.coef[1:] == pytest.approx(one.coef[1:], rel=1e-7)
    assert two.coef[0] == pytest.approx(one.coef[0] - np.log(50), rel=1e-7)


def test_the_effect_of_a_verdict_is_the_exact_ratio_of_the_reference():
    exact = REFERENCE["exact_rate_ratio_post_vs_pre"]
    found = judge_impact(COUNTS, changed_at=CHANGED_AT, expected="lower", measure_type="flow")
    assert found.verdict == "improved"
    assert found.effect.value == pytest.approx(exact["rr"], rel=1e-9)
    assert [found.effect.lower, found.effect.upper] == pytest.approx(exact["ci95"], rel=1e-9)
    assert found.segmented is not None
    assert found.segmented.coef == pytest.approx(GLM["coef"], rel=1e-7)
    counts = sum(COUNTS[CHANGED_AT:]), 12, sum(COUNTS[:CHANGED_AT]), 24
    assert rate_ratio_exact(*counts).p_value == pytest.approx(exact["p"], rel=1e-9)


def test_a_step_alone_is_the_ratio_of_the_means():
    step = np.log(np.mean(COUNTS[CHANGED_AT:]) / np.mean(COUNTS[:CHANGED_AT]))
    assert step == pytest.approx(REFERENCE["step_only"]["log_rr"], rel=1e-9)
