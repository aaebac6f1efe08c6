"""Keys that settings give to machines: each opens one address, by one method, and is no account's."""

import hmac
from collections.abc import Mapping
from typing import Final

from flask import request

from dashboard.web.asking import BACKUPS_API, METRICS
from data_access.settings import Settings

_BEARER: Final = "bearer"


class MachineKeys:
    """Knows these keys. Where none is set, only administrators get in."""

    def __init__(self, keys: Mapping[tuple[str, str], str]) -> None:
        """`keys`: method and path -> key; an empty one opens nothing."""
        self._keys = {where: key.encode() for where, key in keys.items() if key}

    def opens(self) -> bool:
        """Whether this request needs no account."""
        key = self._keys.get((request.method, request.path))
        if key is None:
            return False
        scheme, _, given = request.headers.get("Authorization", "").partition(" ")
        return scheme.lower() == _BEARER and hmac.compare_digest(given.strip().encode("utf-8", "replace"), key)


def machine_keys(settings: Settings) -> MachineKeys:
    """Those of these settings."""
    return MachineKeys({("GET", METRICS): settings.metrics_token, ("POST", BACKUPS_API): settings.backup_token})
