"""The pages of an account, and what may stand on them, as `tests.app.oracle` has it of each of their panels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dashboard.panels.answer import compute
from dashboard.panels.catalogue import PANELS
from dashboard.panels.panel import COUNTS
from data_access.filters import parse, takes_by
from data_access.reader import Reader
from layouts.pages import page_at
from tests.app import oracle
from tests.app.asks import Ask, address, counts_in, knowing
from tests.app.oracle import Verdict, verdict
from tests.app.serving import Caller
from tests.app.walled import DISTRICTS, Person


@dataclass
class Seen:
    """The pages of one account, in a browser; `free` reads what nobody is kept from."""

    person: Person
    caller: Caller
    free: Reader
    figures: dict[str, frozenset[int]] = field(default_factory=dict)

    def due(self, path: str, ask: Ask) -> Mapping[str, Verdict]:
        """What each panel on the page at this path has to say; a filter that one does not take is left out for it."""
        page = page_at(path)
        assert page is not None
        filters = parse(ask.items())
        spoken = [name for name in page.panels if name not in page.silent(filters)]
        # What an account may not see has no room beside what it may.
        names = [name for name in spoken if oracle.has(self.person, oracle.NEEDS[oracle.PANELS[name]])] or spoken
        if not self.beyond(ask) <= page.parameters or not takes_by(filters, page.by):
            return dict.fromkeys(names, Verdict(400, {}))
        return self.due_of(page.asked(path, filters).given(), names)

    def due_of(self, ask: Ask, names: Sequence[str]) -> Mapping[str, Verdict]:
        """What panels have to say."""
        filters = parse(ask.items())
        taken = {name: PANELS[name].taken(filters, ask.keys() - self.beyond(ask)).given() for name in names}
        return {name: verdict(self.person, name, own) for name, own in taken.items()}

    def beyond(self, ask: Ask) -> set[str]:
        """What is asked besides what the account is held to."""
        return {name for name, value in ask.items() if self.person.pinned.get(name) != value}

    def allowed(self, due: Mapping[str, Verdict]) -> frozenset[int]:
        """All numbers that may stand on the page."""
        inner = {PANELS[name].companion: one for name, one in due.items() if PANELS[name].companion}
        told = [(name, one) for name, one in [*due.items(), *inner.items()] if name and one.status == 200]
        return frozenset().union(*(self.counts(name, one.filters) | self.sums(name, one.filters) for name, one in told))

    def counts(self, name: str, filters: Ask) -> frozenset[int]:
        """The numbers of a panel under these filters."""
        self._compute(name, filters)
        return self.figures[address(name, filters)]

    def sums(self, name: str, filters: Ask) -> frozenset[int]:
        """Its columns added up: who is told the parts can do that, and some pages do."""
        self._compute(name, filters)
        return self.figures[f"{address(name, filters)} added up"]

    def _compute(self, name: str, filters: Ask) -> None:
        key = address(name, filters)
        if key in self.figures:
            return
        answer = compute(PANELS[name], knowing(self.free, filters), parse(filters.items()))
        values = [value for row in answer.rows for value in row.values()]
        self.figures[key] = counts_in(" ".join(map(str, [*values, answer.headline, answer.lead])))
        columns = [[row[column.name] or 0 for row in answer.rows] for column in answer.columns if column.unit in COUNTS]
        self.figures[f"{key} added up"] = counts_in(" ".join(str(sum(column)) for column in columns))

    def leads_on(self, path: str, ask: Ask) -> bool:
        """Whether a link leads to what the account may see."""
        ask = self.in_the_world(ask)
        if path.startswith("/api/v1/panels/"):
            name = path.removeprefix("/api/v1/panels/").removesuffix(".csv").removesuffix(".xlsx")
            taken = self.beyond(ask) <= set(PANELS[name].parameters)
            return self.person.role != "display" and taken and verdict(self.person, name, ask).status == 200
        if page_at(path) is None:
            door = oracle.ROUTES.get(path)
            return door is not None and oracle.gets_through(self.person, path, path)
        open_to = self.person.role != "display" or path == oracle.ONE_PAGE
        return open_to and all(one.status == 200 for one in self.due(path, ask).values())

    def in_the_world(self, ask: Ask) -> Ask:
        """The same, with a district that the oracle knows in place of one where nothing happened, of the same part."""
        slug = ask.get("district")
        if slug is None or slug in DISTRICTS:
            return ask
        if slug not in ABOVE:
            with self.free.snapshot() as snapshot:
                ABOVE[slug] = snapshot.directory.around("district", slug)
        division, government = (ABOVE[slug].get(name) for name in ("division", "government"))
        beside = [one for one, above in DISTRICTS.items() if above == (division, government)]
        around = [one for one, above in DISTRICTS.items() if above[1] == government]
        # Never the first: accounts are pinned to that one.
        known = {**ask, "district": (beside or around)[-1]}
        return known if beside else {name: value for name, value in known.items() if name != "division"}


ABOVE: dict[str, Mapping[str, str]] = {}
"""District -> what it lies in, of those that the oracle does not know."""
