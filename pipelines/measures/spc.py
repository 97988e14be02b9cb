"""Statistical process control: what a series usually does, and whether its latest point is unusual.

`xmr` and the named charts follow their reference implementations; `chart_for` decides what a page may show.
"""

from __future__ import annotations

from pipelines.measures.charts import Chart, Improvement
from pipelines.measures.spc_kinds import c, g, p, p_prime, run, t, u, u_prime
from pipelines.measures.spc_runs import RunsTest, runs_test
from pipelines.measures.spc_xmr import xmr

__all__ = [
    "Chart",
    "Improvement",
    "RunsTest",
    "c",
    "g",
    "p",
    "p_prime",
    "run",
    "runs_test",
    "t",
    "u",
    "u_prime",
    "xmr",
]
