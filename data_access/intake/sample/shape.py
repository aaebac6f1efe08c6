"""What a sample is: canonical rows of every kind, and the records that people decided and said."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa

LABEL: Final = "Sample data calibrated to published figures"


@dataclass(frozen=True)
class Sample:
    """Everything that a sample database holds.

    `rows`: kind -> Arrow table with the canonical columns. `unranked`: government -> why it is left out of rankings.
    `records`: table -> rows, with slugs where the table has ids of reference rows. `gamed`: signal -> offices that were
    made to show it.
    """

    rows: Mapping[str, pa.Table]
    unranked: Mapping[str, str]
    records: Mapping[str, list[dict[str, Any]]]
    gamed: Mapping[str, tuple[str, ...]]
    label: str = LABEL
