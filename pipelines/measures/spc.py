"""Statistical process control: what a series usually does, and whether its latest point is unusual.

`xmr` and the named charts follow their reference implementations; `chart_for` decides what a page may show.
"""

from __future__ import annotations

from pipelines.measures.charts import Chart, Improvement, variation_word
from pipelines.measures.spc_kinds import c, g, p, p_prime, run, t, u, u_prime
from pipelines.measures.spc_runs import RunsTest, runs_test
from pipelines.measures.spc_shown import chart_for, limits_for
from pipelines.measures.spc_words import signal_words
from pipelines.measures.spc_xmr import xmr

__all__ = [
    "Chart",
    "Improvement",
    "RunsTest",
    "c",
    "chart_for",
    "g",
    "limits_for",
    "p",
    "p_prime",
    "run",
    "runs_test",
    "signal_words",
    "t",
    "u",
    "u_prime",
    "variation_word",
    "xmr",
]
