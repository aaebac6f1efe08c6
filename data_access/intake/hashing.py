"""A 64-bit hash of all that an event row says, the same on every engine and machine: the same event twice is one."""

import numpy as np
import pandas as pd
import pyarrow as pa

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)


def event_hash(events: pa.Table, office_slugs: dict[int, str]) -> np.ndarray:
    """int64, one per row of complaint, happened_at, kind, office (id), outcome, satisfied.

    Offices count by their slug, not by their id, which differs between databases.
    """
    state = np.zeros(len(events), dtype=np.uint64)
    state = _mix(state, _integers(events.column("complaint")))
    state = _mix(state, _integers(events.column("happened_at").cast(pa.int64())))
    for name in ("kind", "outcome"):
        state = _mix(state, _words(events.column(name)))
    state = _mix(state, _offices(events.column("office"), office_slugs))
    satisfied = events.column("satisfied").cast(pa.int8()).fill_null(2)
    return _mix(state, _integers(satisfied)).view(np.int64)


def _mix(state: np.ndarray, values: np.ndarray) -> np.ndarray:
    """SplitMix64's finaliser (Steele, Lea, Flood 2014) over the running state and the next value."""
    with np.errstate(over="ignore"):
        mixed = (state ^ values) + _GOLDEN
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return np.asarray(mixed ^ (mixed >> np.uint64(31)))


def _integers(column: pa.ChunkedArray) -> np.ndarray:
    return np.asarray(column.cast(pa.int64()).to_numpy()).astype(np.int64).view(np.uint64)


def _hash_of_each(words: list[str | None]) -> np.ndarray:
    texts = np.array(["" if word is None else word for word in words], dtype=object)
    return pd.util.hash_array(texts, categorize=False) if len(texts) else np.zeros(0, dtype=np.uint64)


def _words(column: pa.ChunkedArray) -> np.ndarray:
    encoded = column.combine_chunks()
    if not pa.types.is_dictionary(encoded.type):
        encoded = encoded.dictionary_encode(null_encoding="encode")
    table = np.append(_hash_of_each(encoded.dictionary.to_pylist()), _hash_of_each([None]))
    indices = encoded.indices.fill_null(len(table) - 1).to_numpy(zero_copy_only=False)
    return np.asarray(table[indices])


def _offices(column: pa.ChunkedArray, slugs: dict[int, str]) -> np.ndarray:
    highest = max(slugs, default=0)
    table = np.append(_hash_of_each([slugs.get(key) for key in range(highest + 1)]), _hash_of_each([None]))
    return np.asarray(table[column.cast(pa.int64()).fill_null(highest + 1).to_numpy()])
