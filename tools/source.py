"""The Python modules of the house as syntax trees, and who imports whom; `tools/floors.py` judges them."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

FOLDERS = ("data_access", "dashboard", "layouts", "callbacks", "tools")
APP = "app"


@dataclass(frozen=True, order=True)
class Finding:
    """One broken rule, by file and line."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


@dataclass(frozen=True)
class Import:
    """One name imported: `target` is the module it comes from, whether ours or not."""

    line: int
    target: str


@dataclass(frozen=True)
class Module:
    """One file: its dotted name, where it lies, and its text."""

    name: str
    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax."""
        return ast.parse(self.text, self.path)

    @property
    def floor(self) -> str:
        """The folder of the house it lies in; for app.py, `app`."""
        return self.name.partition(".")[0]

    @property
    def is_package(self) -> bool:
        """Whether it is an `__init__.py`."""
        return self.path.endswith("__init__.py")

    @property
    def is_migration(self) -> bool:
        """Whether alembic runs it: written once, by a generator's rules, and never imported by us."""
        return self.name.startswith("data_access.migrations.")

    def at(self, node: ast.AST | int, message: str) -> Finding:
        """A finding at a node (or line) of this module."""
        return Finding(self.path, node if isinstance(node, int) else getattr(node, "lineno", 1), message)

    def imports(self, known: Mapping[str, object]) -> Iterator[Import]:
        """All it imports, wherever in it: `from a import b` is of a.b when that is a module, else of a."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (Import(node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                base = self.resolve(node)
                for alias in node.names:
                    yield Import(node.lineno, dotted if (dotted := f"{base}.{alias.name}") in known else base)

    def resolve(self, node: ast.ImportFrom) -> str:
        """The absolute name of the module a `from` import names, dots in front included."""
        if not node.level:
            return node.module or ""
        package = self.name.split(".") if self.is_package else self.name.split(".")[:-1]
        parts = package[: len(package) - node.level + 1]
        return ".".join([*parts, node.module] if node.module else parts)


def read(root: Path) -> dict[str, Module]:
    """Every module of the house under `root`, by dotted name; folders that are not there yet are empty."""
    paths = [path for folder in FOLDERS for path in sorted((root / folder).rglob("*.py"))]
    app = root / f"{APP}.py"
    modules = {}
    for path in [*paths, *([app] if app.exists() else [])]:
        inside = path.relative_to(root)
        name = ".".join(inside.parent.parts if path.name == "__init__.py" else inside.with_suffix("").parts)
        modules[name] = Module(name, inside.as_posix(), path.read_text(encoding="utf-8"))
    return modules


def run_at_import(body: list[ast.stmt]) -> Iterator[ast.AST]:
    """Every node that runs when the module is imported: not the inside of functions, nor what only a script runs."""
    waiting: list[ast.AST] = list(body)
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, ast.If) and "__name__" in ast.dump(node.test):
            continue
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            waiting += [*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)]
        elif not isinstance(node, ast.Lambda):
            waiting += ast.iter_child_nodes(node)
