"""All pages of administrators."""

from flask import Flask

from dashboard.web.accounts.account_page import account_page
from dashboard.web.accounts.accounts_page import accounts_page
from dashboard.web.accounts.administration import Administration
from dashboard.web.accounts.audit_page import audit_page
from dashboard.web.accounts.dials_page import conduct_page, signals_page
from dashboard.web.accounts.roles_page import roles_page
from dashboard.web.imports.pages import import_pages


def add_administration(server: Flask, admin: Administration, gone: tuple[type[Exception], ...]) -> None:
    """Add them to the server. `gone` are the errors that say that the database is out of reach."""
    own = (roles_page, accounts_page, account_page, audit_page, signals_page, conduct_page)
    for page in (*(page(admin) for page in own), *import_pages(server, admin, gone)):
        server.register_blueprint(page)
