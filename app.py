"""The composition root: makes everything once, joins it, serves it. `python app.py` starts the server."""

import logging
import os
import pkgutil
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import dash
from dash import Dash
from dash.fingerprint import build_fingerprint
from flask import Flask, Request
from sqlalchemy.exc import InterfaceError, InternalError, OperationalError, TimeoutError

from callbacks import complaints as complaint_callbacks
from callbacks import drill as drill_callbacks
from callbacks import filter_bar as filter_bar_callbacks
from callbacks import folds as fold_callbacks
from callbacks import pages as page_callbacks
from callbacks import panels as panel_callbacks
from callbacks.bodies import check_bodies
from callbacks.documents import check_documents
from callbacks.drawing import Drawing
from dashboard.panels.answer import Answers
from dashboard.web.accounts.administration import Administration
from dashboard.web.accounts.own import Own
from dashboard.web.accounts.own_factor import factor_page
from dashboard.web.accounts.own_page import own_page
from dashboard.web.accounts.pages import add_administration
from dashboard.web.actions.page import ActionsDesk, actions_page
from dashboard.web.asking import is_ahead
from dashboard.web.assets import SUITES, Assets, fingerprint, set_lifetimes
from dashboard.web.boundaries import BoundaryFiles
from dashboard.web.compression import compress
from dashboard.web.conduct.open_page import open_page
from dashboard.web.door.arrival import Arrival
from dashboard.web.door.attempts import Attempts
from dashboard.web.door.code import SecondStep, code_page
from dashboard.web.door.devices import Devices
from dashboard.web.door.half import Halfway
from dashboard.web.door.keys import Keys
from dashboard.web.door.provider import ProviderClient
from dashboard.web.door.session import Clock, Limits, Sessions, only_live
from dashboard.web.door.sign_in import Door, sign_in_pages
from dashboard.web.door.single_sign_on import ProviderDoor, single_sign_on
from dashboard.web.door.throttle import Throttle
from dashboard.web.entries import announcements, initiatives, stories
from dashboard.web.entries.desk import Desk as EntriesDesk
from dashboard.web.entries.desk import entries_page
from dashboard.web.errors import handle_errors
from dashboard.web.forms import Forms
from dashboard.web.frozen.pages import briefing_pages
from dashboard.web.guard import current_scope, guard
from dashboard.web.headers import set_headers
from dashboard.web.imports.page import PROGRESS as IMPORT_PROGRESS
from dashboard.web.imports.pages import ending_imports
from dashboard.web.imports.receiving import receive_files, web_server
from dashboard.web.listening import listen
from dashboard.web.officers.audits_page import audits_page
from dashboard.web.officers.replies_page import replies_page
from dashboard.web.plain_page import PlainPages
from dashboard.web.probes import probes
from dashboard.web.programs import for_programs
from dashboard.web.proxies import check_host, trust_proxies
from dashboard.web.rates import Rates, limit_rates, limit_refusals
from dashboard.web.review.days_page import days_page
from dashboard.web.review.desk import Desk
from dashboard.web.review.promises_page import promises_page
from dashboard.web.review.sheets import sheets_page
from dashboard.web.witness import Witness
from dashboard.web.workers import Workers
from data_access.accounts.doorstep import read_doorstep
from data_access.accounts.guesses import GuessCounts
from data_access.accounts.seals import Seals
from data_access.accounts.second_factor import SecondFactors
from data_access.accounts.settings_note import note_settings
from data_access.accounts.sign_in import Doorkeeper
from data_access.accounts.tokens import Tokens
from data_access.boundaries import boundaries_for
from data_access.database import Database, DatabaseProblem, open_database
from data_access.existing import open_existing
from data_access.intake.feed.alone import play
from data_access.map_style import MapStyles, read_map_style
from data_access.origin import Origin, Origins
from data_access.reader import Reader, reader
from data_access.served import check_served
from data_access.settings import Settings, SettingsProblem
from layouts.document import document
from layouts.pictured import PicturedDash
from layouts.shell import shell

DATABASE_ERRORS = (OperationalError, InterfaceError, InternalError, TimeoutError)
"""What says that the database is out of reach, rather than that a question is wrong."""

CHUNKS = ("dcc/async-graph.js", "dcc/async-datepicker.js", "dcc/async-dropdown.js")
"""What every page needs of what Dash loads late: named in the document they come early, and are kept for good."""


def create_app(settings: Settings) -> Dash:
    """The whole application over the database of these settings. Raises SettingsProblem or DatabaseProblem."""
    return assemble(settings, open_existing(settings.database_url, settings.query_seconds, settings.read_url))


def create_server() -> Flask:
    """The WSGI application, set up by the environment: `waitress-serve --call app:create_server`."""
    settings = Settings.from_environment(os.environ)
    database = open_existing(settings.database_url, settings.query_seconds, settings.read_url)
    note_settings(database, settings)
    server: Flask = assemble(settings, database).server
    return server


def assemble(settings: Settings, database: Database, *, now: Clock = time.time) -> Dash:
    """Everything joined over an open database. `now` is the clock that sessions end by."""
    folder = Path(__file__).resolve().parent / "assets"
    assets = Assets(folder)
    origins = Origins(database)
    app = _dash(assets, folder, origins.now)
    app.layout = lambda: shell(origin=origins.now())
    server: Flask = app.server
    server.secret_key = settings.secret_key
    trust_proxies(server, settings.trusted_proxies)
    receive_files(server, settings)
    check_host(server, settings.host_names)
    answers = Answers()
    own = folder / "boundaries"
    official = settings.boundaries_dir
    boundaries = BoundaryFiles(boundaries_for(official, own), assets.url_of, official=official is not None)

    def reader_here() -> Reader:
        return reader(database, current_scope())

    page_callbacks.register(app, reader_here, DATABASE_ERRORS)
    witness = Witness(database, now)
    styles = MapStyles(partial(read_map_style, database), official=official is not None)
    drawing = Drawing(answers, witness, DATABASE_ERRORS, boundaries.layers, styles)
    panel_callbacks.register(app, drawing, reader_here)
    fold_callbacks.register(app, drawing, reader_here)
    filter_bar_callbacks.register(app, reader_here, DATABASE_ERRORS)
    drill_callbacks.register(app)
    complaint_callbacks.register(app, answers, reader_here)
    for program in for_programs(database, answers, witness):
        server.register_blueprint(program)
    server.register_blueprint(probes(database))
    server.register_blueprint(boundaries.blueprint())
    plain = PlainPages(assets.url_of, origins.now)
    _set_door(server, settings, database, plain, now)
    rates = Rates(settings.rate_per_minute, settings.exports_per_minute, now)
    limit_rates(server, rates, plain)
    tokens, seals = Tokens(database, now), Seals(settings.secret_key)
    admin = Administration(plain, database, witness, _limits(settings), tokens, seals)
    add_administration(server, admin, DATABASE_ERRORS)
    _add_reviews(server, Desk(plain, database), answers)
    server.register_blueprint(actions_page(ActionsDesk(plain, database)))
    check_bodies(app)
    handle_errors(server, plain, witness.refused, DATABASE_ERRORS)
    set_lifetimes(server, assets, _scripts_of(app), boundaries.addresses)
    compress(server)
    set_headers(server, app.csp_hashes(), settings.hsts_days)
    check_documents(server, plain, reader_here)
    limit_refusals(server, rates, plain)
    return app


def _set_door(server: Flask, settings: Settings, database: Database, plain: PlainPages, now: Clock) -> None:
    """Sessions, the pages at the door, and the guard before everything."""
    doorkeeper = Doorkeeper(database, settings.secret_key)
    sessions = Sessions(server, doorkeeper, _limits(settings), is_passive=_nobody_asks, now=now)
    forms, witness, halfway = Forms(server), Witness(database), Halfway(now)
    arrival = Arrival(sessions, witness, Devices(settings.secret_key, now))
    counts = GuessCounts(database, now) if database.dialect == "postgresql" else None
    attempts = Attempts(Throttle(settings.secret_key, now, counts), arrival)
    gone = (DatabaseProblem, *DATABASE_ERRORS)
    name = settings.provider.name if settings.provider else ""
    doorstep = partial(read_doorstep, database)
    door = Door(plain, sessions, doorkeeper, doorstep, gone, forms, halfway, arrival, attempts, name)
    factors, tokens = SecondFactors(database, settings.secret_key, now), Tokens(database, now)
    server.register_blueprint(sign_in_pages(door))
    server.register_blueprint(code_page(SecondStep(plain, forms, doorkeeper, factors, halfway, arrival, attempts)))
    if settings.provider:
        client = ProviderClient(settings.provider, now)
        server.register_blueprint(single_sign_on(ProviderDoor(door, client, arrival, database, doorkeeper.vouched)))
    own = Own(plain, database, sessions, doorkeeper, attempts, factors, tokens)
    server.register_blueprint(own_page(own))
    server.register_blueprint(factor_page(own))
    guard(server, Keys(doorkeeper, tokens, attempts, now), sessions, forms)


def _add_reviews(server: Flask, desk: Desk, answers: Answers) -> None:
    """Pages on which people enter what is reviewed, promised and told, or open what is noted; sheets, briefings."""
    server.register_blueprint(days_page(desk))
    server.register_blueprint(promises_page(desk))
    server.register_blueprint(replies_page(desk))
    server.register_blueprint(audits_page(desk))
    server.register_blueprint(sheets_page(desk.pages, desk.database, answers))
    for sheet in (initiatives.SHEET, stories.SHEET, announcements.SHEET):
        server.register_blueprint(entries_page(EntriesDesk(desk.pages, desk.database, sheet)))
    server.register_blueprint(open_page(desk.pages, desk.database))
    server.register_blueprint(briefing_pages(desk.pages, desk.database, answers))


def _limits(settings: Settings) -> Limits:
    return Limits(settings.idle_minutes, settings.session_hours, settings.display_days)


def _dash(assets: Assets, folder: Path, origin: Callable[[], Origin]) -> Dash:
    return PicturedDash(
        origin,
        "jawabdeh",
        update_title=None,  # the documented way to leave the title alone
        index_string=document(assets.url_of, assets.names, scripts=[_chunk(path) for path in CHUNKS]),
        assets_folder=str(folder),
        include_assets_files=False,  # the document links them itself, in its order and by their fingerprints
        serve_locally=True,
        add_log_handler=False,
        enable_mcp=False,
        compress=False,  # dashboard.web.compression does it, with a memory
    )


def _chunk(path: str) -> str:
    """The address of a script that Dash would load late and without a fingerprint, with one."""
    content = pkgutil.get_data("dash", path) or b""
    return f"{SUITES}dash/{build_fingerprint(path, dash.__version__, fingerprint(content))}"


def _scripts_of(app: Dash) -> frozenset[str]:
    """The addresses of all scripts of Dash that its document names."""
    return frozenset(re.findall(rf'src="({SUITES}[^"]+)"', app.index()))


def _nobody_asks(asked: Request) -> bool:
    """Whether a page asks by itself: that does not count as being active."""
    return only_live(asked) or asked.path == IMPORT_PROGRESS or is_ahead(asked) or panel_callbacks.is_redraw(asked)


def main(environ: Mapping[str, str]) -> None:
    """Serve until stopped. Raises SettingsProblem or DatabaseProblem, in one sentence, when that cannot be."""
    settings = Settings.from_environment(environ)
    check_served(settings)
    with listen(settings) as door:
        shown = f"[{settings.host}]" if ":" in settings.host else settings.host
        print(f"Jawabdeh is at http://{shown}:{settings.port}", flush=True)
        if settings.workers > 1:
            Workers(door, partial(_running, settings), settings.workers, settings.threads).run()
            return
        with _running(settings) as server:
            alone = settings.trusted_proxies == 0  # then waitress drops what only proxies have to say
            told = {"threads": settings.threads, "ident": None, "clear_untrusted_proxy_headers": alone}
            web_server(server, sockets=[door], **told).run()


@contextmanager
def _running(settings: Settings) -> Iterator[Flask]:
    """A whole server in this process, over connections of its own; what it begins by itself ends with the block.

    That the database can be served was checked before. A worker that begins while PostgreSQL is away says so to
    whoever asks, and recovers with it.
    """
    database = open_database(
        settings.database_url,
        query_seconds=settings.query_seconds,
        read_url=settings.read_url,
        at_once=settings.workers == 1,
    )
    feed = play(database, settings.feed_pace) if settings.feed else None
    try:
        server: Flask = assemble(settings, database).server
        with ending_imports(server):
            yield server
    finally:
        if feed is not None:
            feed.stop()
        database.close()


if __name__ == "__main__":
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s")
    try:
        main(os.environ)
    except (SettingsProblem, DatabaseProblem) as problem:
        print(problem, file=sys.stderr)
        sys.exit(2)
