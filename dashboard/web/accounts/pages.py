"""All pages of administrators."""

from flask import Blueprint

from dashboard.web.accounts.account_page import account_page
from dashboard.web.accounts.accounts_page import accounts_page
from dashboard.web.accounts.administration import Administration
from dashboard.web.accounts.audit_page import audit_page
from dashboard.web.accounts.roles_page import roles_page
from dashboard.web.accounts.signals_page import signals_page


def administration_pages(admin: Administration) -> list[Blueprint]:
    """One blueprint each."""
    return [roles_page(admin), accounts_page(admin), account_page(admin), audit_page(admin), signals_page(admin)]
