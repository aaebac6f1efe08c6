"""What the audit log calls what was done, in words."""

from collections.abc import Mapping
from typing import Final

from dashboard.words.text import marked

ACTIONS: Final[Mapping[str, str]] = {
    "sign-in": marked("signed in"),
    "sign-in-failed": marked("sign-in failed"),
    "sign-in-throttled": marked("sign-in throttled"),
    "sign-out": marked("signed out"),
    "refused": marked("refused: outside the scope"),
    "account-added": marked("account added"),
    "account-changed": marked("account changed"),
    "account-disabled": marked("account disabled"),
    "account-enabled": marked("account enabled"),
    "account-reset": marked("account reset"),
    "sessions-ended": marked("sessions ended"),
    "password-changed": marked("password changed"),
    "second-factor-set": marked("second factor set"),
    "second-factor-removed": marked("second factor removed"),
    "token-made": marked("API token made"),
    "token-revoked": marked("API token revoked"),
    "token-let-send": marked("API token let send events"),
    "token-kept-from-sending": marked("API token kept from sending events"),
    "export": marked("file taken"),
    "complaint-viewed": marked("complaint viewed"),
    "citizen-viewed": marked("citizen viewed"),
    "approved": marked("approved"),
    "import": marked("rows taken in"),
    "rollback": marked("newest batch rolled back"),
    "settings": marked("settings changed"),
    "review-added": marked("review day entered"),
    "review-withdrawn": marked("review day withdrawn"),
    "commitment-made": marked("promise entered"),
    "commitment-withdrawn": marked("promise withdrawn"),
    "action-proposed": marked("action proposed"),
    "action-referred": marked("case referred to a government"),
    "action-approved": marked("action approved"),
    "action-declined": marked("action declined"),
    "action-withdrawn": marked("action withdrawn"),
    "action-outcome": marked("outcome of an action entered"),
    "signal-replied": marked("reply to a signal entered"),
    "reply-withdrawn": marked("reply to a signal withdrawn"),
    "audit-drawn": marked("closings drawn for calls"),
    "audit-answered": marked("result of a call entered"),
}
"""By the names in `data_access.accounts.audit.ACTIONS`."""
