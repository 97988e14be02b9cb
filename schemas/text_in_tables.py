"""How text is kept in tables: as Python's own strings. Imported for its effect wherever tables begin to be worked with.

pandas keeps text in Arrow's arrays where pyarrow is installed, as it is here. That pays for tables of millions of rows; what a
release works on are thousands of small ones, and a third of its time went into turning text to and fro.
"""

from __future__ import annotations

import pandas as pd

pd.options.mode.string_storage = "python"
