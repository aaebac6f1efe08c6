"""The composition root: makes everything once, joins it, serves it. `python app.py` starts the server."""

import atexit
import gc
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from dash import Dash
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
from dashboard.panels.answers import Answers
from dashboard.web.accounts.administration import Administration
from dashboard.web.accounts.own import Own
from dashboard.web.accounts.own_factor import factor_page
from dashboard.web.accounts.own_page import own_page
from dashboard.web.accounts.pages import add_administration
from dashboard.web.actions.page import ActionsDesk, actions_page
from dashboard.web.asking import is_ahead
from dashboard.web.assets import Assets, set_lifetimes
from dashboard.web.backups.desk import ending_backups
from dashboard.web.backups.pages import BACKUPS, add_backups
from dashboard.web.boundaries import BoundaryFiles
from dashboard.web.compression import compress
from dashboard.web.conduct.open_page import open_page
from dashboard.web.door.arrival import Arrival
from dashboard.web.door.attempts import Attempts
from dashboard.web.door.code import SecondStep, code_page
from dashboard.web.door.devices import Devices
from dashboard.web.door.half import Halfway
from dashboard.web.door.keys import Keys
from dashboard.web.door.machines import machine_keys
from dashboard.web.door.provider import ProviderClient
from dashboard.web.door.session import Clock, Limits, Sessions, only_live
from dashboard.web.door.sign_in import Door, sign_in_pages
from dashboard.web.door.single_sign_on import ProviderDoor, single_sign_on
from dashboard.web.door.throttle import Throttle
from dashboard.web.entries import announcements, initiatives, stories
from dashboard.web.entries.desk import Desk as EntriesDesk
from dashboard.web.entries.desk import entries_page
from dashboard.web.errors import handle_errors
from dashboard.web.files import Files
from dashboard.web.forms import Forms
from dashboard.web.frozen.pages import briefing_pages
from dashboard.web.guard import current_scope, guard
from dashboard.web.headers import set_headers
from dashboard.web.imports.page import PROGRESS as IMPORT_PROGRESS
from dashboard.web.imports.pages import count_imports, ending_imports
from dashboard.web.imports.receiving import receive_files
from dashboard.web.listening import listen
from dashboard.web.log_lines import log_request, set_log
from dashboard.web.metrics.making import metrics_over
from dashboard.web.metrics.page import metrics_page
from dashboard.web.metrics.several import adding_up
from dashboard.web.observing import observe
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
from dashboard.web.serve import announce, serve
from dashboard.web.witness import Witness
from dashboard.web.workers import Workers
from data_access.accounts.doorstep import read_doorstep
from data_access.accounts.guesses import GuessCounts
from data_access.accounts.seals import Seals
from data_access.accounts.second_factor import SecondFactors
from data_access.accounts.settings_note import note_settings
from data_access.accounts.sign_in import Doorkeeper
from data_access.accounts.tokens import Tokens
from data_access.asked import AskedTogether
from data_access.boundaries import boundaries_for
from data_access.database import Database, DatabaseProblem, open_database
from data_access.existing import open_existing
from data_access.intake.feed.alone import play
from data_access.map_style import MapStyles, read_map_style
from data_access.origin import Origins
from data_access.reader import Reader, reader
from data_access.served import check_served
from data_access.settings import Settings, SettingsProblem
from layouts.made import dash_of, scripts_of
from layouts.shell import shell

DATABASE_ERRORS = (OperationalError, InterfaceError, InternalError, TimeoutError)
"""What says that the database is out of reach, rather than that a question is wrong."""


def create_app(settings: Settings) -> Dash:
    """The whole application over the database of these settings. Raises SettingsProblem or DatabaseProblem."""
    return assemble(settings, open_existing(settings.database_url, settings.query_seconds, settings.read_url))


def create_server() -> Flask:
    """The WSGI application, set up by the environment: `waitress-serve --call app:create_server`."""
    settings = Settings.from_environment(os.environ)
    set_log(settings.log_format, settings.log_level)
    database = open_existing(settings.database_url, settings.query_seconds, settings.read_url)
    note_settings(database, settings)
    server: Flask = assemble(settings, database).server
    return server


def assemble(settings: Settings, database: Database, *, now: Clock = time.time) -> Dash:
    """Everything joined over an open database. `now` is the clock that sessions end by."""
    folder = Path(__file__).resolve().parent / "assets"
    assets = Assets(folder)
    origins = Origins(database)
    app = dash_of(assets, folder, origins.now)
    app.layout = lambda: shell(origin=origins.now())
    server: Flask = app.server
    server.secret_key = settings.secret_key
    trust_proxies(server, settings.trusted_proxies)
    receive_files(server, settings)
    check_host(server, settings.host_names)
    metrics = metrics_over(database, settings.metrics_dir)
    answers = Answers(heard=metrics.heard)
    own = folder / "boundaries"
    official = settings.boundaries_dir
    boundaries = BoundaryFiles(boundaries_for(official, own), assets.url_of, official=official is not None)

    def reader_here() -> Reader:
        return reader(database, current_scope())

    witness = Witness(database, now)
    styles = MapStyles(partial(read_map_style, database), official=official is not None)
    drawing = Drawing(answers, witness, DATABASE_ERRORS, boundaries.layers, styles)
    _add_callbacks(app, answers, drawing, reader_here)
    files = Files(witness)
    own_routes = (probes(database, metrics.viewed), metrics_page(metrics), boundaries.blueprint())
    for blueprint in (*for_programs(database, answers, files), *own_routes):
        server.register_blueprint(blueprint)
    plain = PlainPages(assets.url_of, origins.now)
    _set_door(server, settings, database, plain, now)
    together = AskedTogether(database, settings.secret_key, now) if database.dialect == "postgresql" else None
    rates = Rates(settings.rate_per_minute, settings.exports_per_minute, now, together)
    limit_rates(server, rates, plain)
    tokens, seals = Tokens(database, now), Seals(settings.secret_key)
    admin = Administration(plain, database, witness, _limits(settings), tokens, seals)
    add_administration(server, admin, DATABASE_ERRORS)
    add_backups(server, admin, settings.backup_dir)
    _add_reviews(server, Desk(plain, database), answers, files)
    server.register_blueprint(actions_page(ActionsDesk(plain, database)))
    check_bodies(app)
    handle_errors(server, plain, witness.refused, DATABASE_ERRORS)
    set_lifetimes(server, assets, scripts_of(app), boundaries.addresses)
    compress(server)
    set_headers(server, app.csp_hashes(), settings.hsts_days)
    check_documents(server, plain, reader_here)
    limit_refusals(server, rates, plain)
    count_imports(server, metrics.importing.set)
    observe(server, metrics.saw, log_request)
    return app


def _add_callbacks(app: Dash, answers: Answers, drawing: Drawing, reader_here: Callable[[], Reader]) -> None:
    """What Dash asks of us."""
    page_callbacks.register(app, reader_here, DATABASE_ERRORS)
    panel_callbacks.register(app, drawing, reader_here)
    fold_callbacks.register(app, drawing, reader_here)
    filter_bar_callbacks.register(app, reader_here, DATABASE_ERRORS)
    drill_callbacks.register(app)
    complaint_callbacks.register(app, answers, reader_here)


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
    keys = Keys(doorkeeper, tokens, attempts, now)
    guard(server, keys, sessions, forms, machine_keys(settings).opens)


def _add_reviews(server: Flask, desk: Desk, answers: Answers, files: Files) -> None:
    """Pages on which people enter what is reviewed, promised and told, or open what is noted; sheets, briefings."""
    server.register_blueprint(days_page(desk))
    server.register_blueprint(promises_page(desk))
    server.register_blueprint(replies_page(desk))
    server.register_blueprint(audits_page(desk))
    server.register_blueprint(sheets_page(desk.pages, desk.database, answers))
    for sheet in (initiatives.SHEET, stories.SHEET, announcements.SHEET):
        server.register_blueprint(entries_page(EntriesDesk(desk.pages, desk.database, sheet)))
    server.register_blueprint(open_page(desk.pages, desk.database))
    server.register_blueprint(briefing_pages(desk.pages, desk.database, answers, files, DATABASE_ERRORS))


def _limits(settings: Settings) -> Limits:
    return Limits(settings.idle_minutes, settings.session_hours, settings.display_days)


def _nobody_asks(asked: Request) -> bool:
    """Whether a page asks by itself: that does not count as being active."""
    return only_live(asked) or asked.path == IMPORT_PROGRESS or is_ahead(asked) or panel_callbacks.is_redraw(asked)


def main(environ: Mapping[str, str]) -> None:
    """Serve until stopped. Raises SettingsProblem or DatabaseProblem, in one sentence, when that cannot be."""
    settings = Settings.from_environment(environ)
    as_json = set_log(settings.log_format, settings.log_level)
    check_served(settings)
    with listen(settings) as door:
        announce(settings, as_json=as_json)
        with adding_up(settings.metrics_dir, several=settings.workers > 1) as folder:
            running = partial(_running, replace(settings, metrics_dir=folder))
            if folder is not None:
                Workers(door, running, settings, folder).run()
                return
            with running() as server:
                serve(settings, server, door, as_json=as_json)


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
        with ending_imports(server), ending_backups(server.extensions[BACKUPS]):
            yield server
    finally:
        if feed is not None:
            feed.stop()
        database.close()


if __name__ == "__main__":
    # What a process holds when it ends would be looked through, for seconds, for what could be thrown away.
    atexit.register(gc.freeze)
    try:
        main(os.environ)
    except (SettingsProblem, DatabaseProblem) as problem:
        print(problem, file=sys.stderr)
        sys.exit(2)
