"""The architecture as rules that a program can hold; `tests/test_floors.py` runs them, docs/architecture.md explains.

Each rule takes the modules of the house by name and gives what breaks it, by file and line.
"""

import ast
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from tools.source import APP, Finding, Module, read, run_at_import

Modules = Mapping[str, Module]
Rule = Callable[[Modules], Iterator[Finding]]

# A floor that knows only what is below it can be read, tested and replaced without what is above it.
FLOORS = {"data_access": 0, "dashboard": 1, "layouts": 2, "callbacks": 3, APP: 4}
STOREYS = {"words": 0, "charts": 1, "panels": 2, "files": 3, "web": 4}

# Each of these is a decision we may want to take back: it must not have leaked into every folder by then.
HOMES = {
    "sqlalchemy": ("data_access", APP),  # who reads the database goes through reader(scope), or its limits do not hold
    "alembic": ("data_access",),
    "duckdb": ("data_access",),
    "duckdb_sqlalchemy": ("data_access",),
    "psycopg": ("data_access",),
    "plotly": ("dashboard.charts",),  # figures are described once and drawn three ways: page, slides, PDF
    "dash": ("layouts", "callbacks", APP),  # so that the API and files answer without a page
    "dash_bootstrap_components": ("layouts", "callbacks", APP),
}

# What cannot be read at one sitting hides its mistakes.
LONGEST_MODULE, LONGEST_FUNCTION = 300, 50

# A module that opens something when imported cannot be tested without it, nor made twice with other settings.
OPENERS = {"create_engine", "connect", "create_app", "create_server", "Dash", "Flask"}

# The dashboard works in a cabinet room without internet, and tells no one else who is looking.
CDN = re.compile(
    r"""https?://[^\s"'/]*\b(?:cdn|cdnjs|unpkg|jsdelivr|esm|ajax|fonts|maxcdn|bootstrapcdn|gstatic|polyfill)\b[^\s"')]*"""
)
SERVED = {".css", ".js", ".mjs", ".html", ".svg"}

IDS = {"Input", "Output", "State"}


def imports_go_down(modules: Modules) -> Iterator[Finding]:
    """Between floors, and between the storeys of dashboard; the tools, like tests, stand above all and serve none."""
    heights = {**FLOORS, "tools": len(FLOORS)}
    for module in modules.values():
        for used in module.imports(modules):
            theirs = used.target.partition(".")[0]
            if theirs not in heights:
                continue
            above, own = storey(used.target), storey(module.name)
            if heights[theirs] > heights[module.floor]:
                yield module.at(used.line, f"{used.target}: imports go down, {theirs} is above {module.floor}")
            elif above is not None and own is not None and above > own:
                yield module.at(used.line, f"{used.target}: inside dashboard, words < charts < panels < files < web")


def storey(name: str) -> int | None:
    """Where in dashboard a module lies; None outside it."""
    parts = name.split(".")
    return STOREYS.get(parts[1]) if parts[0] == "dashboard" and len(parts) > 1 else None


def dashboard_has_five_storeys(modules: Modules) -> Iterator[Finding]:
    """What lies beside the storeys would be held by no order."""
    for module in modules.values():
        if module.name.startswith("dashboard.") and storey(module.name) is None:
            yield module.at(1, f"lies in none of {', '.join(STOREYS)}")


def packages_stay_home(modules: Modules) -> Iterator[Finding]:
    """A package from outside is used only on the floors that own it."""
    for module in modules.values():
        for used in module.imports(modules):
            homes = HOMES.get(used.target.partition(".")[0])
            if homes and module.floor in FLOORS and not any(f"{module.name}.".startswith(f"{home}.") for home in homes):
                yield module.at(used.line, f"{used.target} is used only in {', '.join(homes)}")


def no_cycles(modules: Modules) -> Iterator[Finding]:
    """Two modules that need each other are one module, or three."""
    graph = {
        name: {used.target for used in module.imports(modules) if used.target in modules and used.target != name}
        for name, module in modules.items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        cycle: list[str] = error.args[1][::-1]  # graphlib names the imported one first
        module = modules[cycle[0]]
        line = next(used.line for used in module.imports(modules) if used.target == cycle[1])
        yield module.at(line, f"imports in a circle: {' -> '.join(cycle)}")


def init_files_are_empty(modules: Modules) -> Iterator[Finding]:
    """A name has one address; a second one, passed on by a package, makes cycles and slow imports."""
    for module in modules.values():
        if module.is_package and module.text.strip():
            yield module.at(1, "__init__.py is empty")


def imports_stand_on_top(modules: Modules) -> Iterator[Finding]:
    """An import inside a function hides a dependency, most often a cycle."""
    for module in modules.values():
        found = {
            inner.lineno
            for node in ast.walk(module.tree)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            for inner in ast.walk(node)
            if isinstance(inner, ast.Import | ast.ImportFrom)
        }
        yield from (module.at(line, "imports inside a function") for line in sorted(found))


def sizes_are_human(modules: Modules) -> Iterator[Finding]:
    """No long module, no long function, but for migrations, which are lists."""
    for module in modules.values():
        if module.is_migration:
            continue
        if (lines := module.text.count("\n")) > LONGEST_MODULE:
            yield module.at(1, f"{lines} lines, {LONGEST_MODULE} are allowed")
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    yield module.at(node, f"{node.name}: {lines} lines, {LONGEST_FUNCTION} are allowed")


def called(node: ast.AST) -> str:
    """The last part of the name that a call calls; empty for what is no call of a name."""
    if not isinstance(node, ast.Call):
        return ""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def nothing_is_made_at_import(modules: Modules) -> Iterator[Finding]:
    """Engines, connections and apps are made in create_app and handed down."""
    for module in modules.values():
        if not module.is_migration:
            for node in run_at_import(module.tree.body):
                if called(node) in OPENERS:
                    yield module.at(node, f"{called(node)}() runs when the module is imported")


def ids_have_names(modules: Modules) -> Iterator[Finding]:
    """A misspelt id answers 200 and draws nothing; a misspelt constant does not even import. Ids live in layouts."""
    for module in modules.values():
        if module.floor not in ("callbacks", APP):
            continue
        for node in ast.walk(module.tree):
            if called(node) in IDS and isinstance(node, ast.Call):
                named = [keyword.value for keyword in node.keywords if keyword.arg == "component_id"]
                for value in [*node.args[:1], *named]:
                    if is_text(value) or (isinstance(value, ast.Dict) and any(map(is_text, value.values))):
                        yield module.at(value, f"{called(node)} takes its id from a constant in layouts")


def is_text(node: ast.AST) -> bool:
    """Whether a node is a string written out, with values in it or not."""
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def callbacks_are_checked(modules: Modules) -> Iterator[Finding]:
    """Dash says which ids are missing only while it is asked to."""
    for module in modules.values():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.keyword) and node.arg == "suppress_callback_exceptions":
                if isinstance(node.value, ast.Constant) and node.value.value is False:
                    continue
                yield module.at(node.value, "callback exceptions are not suppressed")


def modules_know_no_cdn(modules: Modules) -> Iterator[Finding]:
    """Neither written out, nor through `dbc.themes`, whose constants are addresses."""
    for module in modules.values():
        yield from (module.at(*found) for found in cdn_addresses(module.text))
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute) and ast.unparse(node) in ("dbc.themes", "dbc.icons"):
                yield module.at(node, f"{ast.unparse(node)} are addresses of a CDN")


def cdn_addresses(text: str) -> Iterator[tuple[int, str]]:
    """The line and address of each CDN a text names."""
    for number, line in enumerate(text.splitlines(), 1):
        yield from ((number, f"address of a CDN: {found}") for found in CDN.findall(line))


RULES: tuple[Rule, ...] = (
    imports_go_down,
    dashboard_has_five_storeys,
    packages_stay_home,
    no_cycles,
    init_files_are_empty,
    imports_stand_on_top,
    sizes_are_human,
    nothing_is_made_at_import,
    ids_have_names,
    callbacks_are_checked,
    modules_know_no_cdn,
)


def assets_know_no_cdn(root: Path) -> list[Finding]:
    """What the browser is served; bundles of others, under assets/vendor, name addresses that they do not call."""
    assets = root / "assets"
    return [
        Finding(path.relative_to(root).as_posix(), *found)
        for path in sorted(assets.rglob("*"))
        if path.suffix in SERVED and assets / "vendor" not in path.parents
        for found in cdn_addresses(path.read_text(encoding="utf-8", errors="replace"))
    ]


def opened_by_imports(root: Path) -> list[str]:
    """What modules of the house open when a process that refuses it imports them (`tools/import_audit.py`)."""
    modules = read(root)
    house = [module for module in modules.values() if module.floor in FLOORS and not module.is_migration]
    targets = {used.target for module in house for used in module.imports(modules)}
    outside = sorted(target for target in targets if target.partition(".")[0] not in FLOORS)
    audit = Path(__file__).with_name("import_audit.py")
    done = subprocess.run(
        [sys.executable, "-B", "-P", audit, root, *outside, "--", *(module.name for module in house)],
        cwd=root,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    return (done.stdout + done.stderr).splitlines() if done.returncode else []


def broken_rules(root: Path) -> list[str]:
    """What the text of the tree under `root` shows to be wrong with it, by file and line."""
    modules = read(root)
    found = [finding for rule in RULES for finding in rule(modules)] + assets_know_no_cdn(root)
    return [str(finding) for finding in sorted(found)]
