"""The architecture, held; and the rules that hold it, each shown a tree that breaks it."""

from pathlib import Path

import pytest

from tools import floors

ROOT = Path(__file__).parent.parent
CDN = "https:" + "//cdn.example.org/a.js"

BROKEN = {
    "a lower floor imports a higher one": (
        {"data_access/a.py": "import layouts.b\n", "layouts/b.py": ""},
        "data_access/a.py:1: layouts.b: imports go down, layouts is above data_access",
    ),
    "layouts import callbacks, by a dotted from": (
        {"layouts/a.py": "\nfrom callbacks import b\n", "callbacks/b.py": ""},
        "layouts/a.py:2: callbacks.b: imports go down, callbacks is above layouts",
    ),
    "someone imports app": (
        {"callbacks/a.py": "from app import create\n", "app.py": "def create(): pass\n"},
        "callbacks/a.py:1: app: imports go down, app is above callbacks",
    ),
    "relative imports are imports": (
        {"dashboard/charts/a.py": "from ..panels import b\n", "dashboard/panels/b.py": ""},
        "dashboard/charts/a.py:1: dashboard.panels.b: inside dashboard, words < charts < panels < files < web",
    ),
    "the house imports tools": (
        {"app.py": "from tools import say\n", "tools/say.py": ""},
        "app.py:1: tools.say: imports go down, tools is above app",
    ),
    "beside the storeys": ({"dashboard/extras.py": ""}, "dashboard/extras.py:1: lies in none of words, charts"),
    "sqlalchemy on the wrong floor": (
        {"dashboard/panels/a.py": "from sqlalchemy import text\n"},
        "dashboard/panels/a.py:1: sqlalchemy is used only in data_access, app",
    ),
    "plotly on the wrong storey": (
        {"dashboard/words/a.py": "import plotly.graph_objects as go\n"},
        "dashboard/words/a.py:1: plotly.graph_objects is used only in dashboard.charts",
    ),
    "dash below layouts": (
        {"dashboard/web/a.py": "import os\nfrom dash import html\n"},
        "dashboard/web/a.py:2: dash is used only in layouts, callbacks, app",
    ),
    "a cycle": (
        {"data_access/a.py": "import data_access.b\n", "data_access/b.py": "from data_access import a\n"},
        "imports in a circle: data_access.",
    ),
    "a full __init__.py": ({"layouts/__init__.py": "x = 1\n"}, "layouts/__init__.py:1: __init__.py is empty"),
    "an import inside a function": (
        {"data_access/a.py": "class A:\n    def f(self):\n        import os\n"},
        "data_access/a.py:3: imports inside a function",
    ),
    "a long module": ({"layouts/a.py": "\n" * 301}, "layouts/a.py:1: 301 lines, 300 are allowed"),
    "a long function": (
        {"layouts/a.py": "\ndef f():\n" + "    pass\n" * 50},
        "layouts/a.py:2: f: 51 lines, 50 are allowed",
    ),
    "an engine at import": (
        {"data_access/a.py": "from sqlalchemy import create_engine\nclass A:\n    e = create_engine('duckdb://')\n"},
        "data_access/a.py:3: create_engine() runs when the module is imported",
    ),
    "an app at import": (
        {"app.py": "def create_app(): return 1\nserver = create_app()\n"},
        "app.py:2: create_app() runs when the module is imported",
    ),
    "an id written out": (
        {"callbacks/a.py": "from dash import Input\ndef f(): return Input('main', 'children')\n"},
        "callbacks/a.py:2: Input takes its id from a constant in layouts",
    ),
    "an id written out in a pattern": (
        {"callbacks/a.py": "from dash import ALL, State\ndef f(): return State({'type': 'x', 'index': ALL}, 'data')\n"},
        "callbacks/a.py:2: State takes its id from a constant in layouts",
    ),
    "suppressed callback exceptions": (
        {"app.py": "from dash import Dash\ndef f(): return Dash(suppress_callback_exceptions=True)\n"},
        "app.py:2: callback exceptions are not suppressed",
    ),
    "a CDN in a module": ({"layouts/a.py": f"x = '{CDN}'\n"}, "layouts/a.py:1: address of a CDN: "),
    "a CDN in a constant of others": (
        {"layouts/a.py": "import dash_bootstrap_components as dbc\ndef f(): return dbc.themes.FLATLY\n"},
        "layouts/a.py:2: dbc.themes are addresses of a CDN",
    ),
    "a CDN in a style": ({"assets/a.css": f"\n@import '{CDN}';\n"}, "assets/a.css:2: address of a CDN: "),
}

OPENING = {
    "a file written at import": (
        {"layouts/a.py": "from pathlib import Path\nPath('left-behind').write_text('x')\n"},
        "layouts/a.py:2: importing layouts.a opens open 'left-behind'",
    ),
    "a database opened at import, by another name": (
        {"data_access/a.py": "import duckdb\nc = getattr(duckdb, 'con' + 'nect')('x.duckdb')\n"},
        "data_access/a.py:2: importing data_access.a opens duckdb.connect ('x.duckdb',)",
    ),
    "a socket opened at import": (
        {"app.py": "import socket\ns = socket.socket()\ntry:\n    s.bind(('', 0))\nfinally:\n    s.close()\n"},
        "app.py:4: importing app opens socket.bind",
    ),
    "a module that cannot be imported": (
        {"callbacks/a.py": "\n1 / 0\n"},
        "callbacks/a.py:2: importing callbacks.a fails: division by zero",
    ),
}

SOUND = {
    "data_access/__init__.py": "",
    "data_access/migrations/versions/0001_first.py": "from alembic import op\ndef upgrade():\n"
    + "    op.f('x')\n" * 60,
    "data_access/reader.py": "import sqlalchemy\ndef read():\n    return sqlalchemy.create_engine('duckdb://')\n",
    "dashboard/charts/bars.py": "import plotly.graph_objects as go\nfrom dashboard.words import text\n",
    "dashboard/words/text.py": "from data_access import reader\n",
    "layouts/shell.py": "from dash import html\nfrom dashboard.charts import bars\nMAIN = 'main'\n",
    "callbacks/shell.py": "from dash import Input\nfrom layouts import shell\ndef f(): return Input(shell.MAIN, 'n')\n",
    "app.py": "from callbacks import shell\ndef create_app(): pass\nif __name__ == '__main__':\n    create_app()\n",
    "tools/measure.py": "from data_access import reader\n",
    "assets/a.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "assets/vendor/b.js": CDN,
}


def build(root: Path, files: dict[str, str]) -> Path:
    """Write a small tree."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


def test_the_house_keeps_its_rules() -> None:
    found = floors.broken_rules(ROOT)
    assert not found, "\n" + "\n".join(found)


def test_importing_the_house_opens_nothing() -> None:
    found = floors.opened_by_imports(ROOT)
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize(("files", "expected"), BROKEN.values(), ids=BROKEN)
def test_a_broken_rule_is_named_by_file_and_line(tmp_path: Path, files: dict[str, str], expected: str) -> None:
    found = floors.broken_rules(build(tmp_path, files))
    assert len(found) == 1, found
    assert expected in found[0]


@pytest.mark.parametrize(("files", "expected"), OPENING.values(), ids=OPENING)
def test_what_opens_at_import_is_named_by_file_and_line(tmp_path: Path, files: dict[str, str], expected: str) -> None:
    found = floors.opened_by_imports(build(tmp_path, files))
    assert len(found) == 1, found
    assert expected in found[0]
    assert not (tmp_path / "left-behind").exists()


@pytest.mark.parametrize("files", [SOUND, {}], ids=["a sound tree", "an empty tree"])
def test_what_is_sound_passes(tmp_path: Path, files: dict[str, str]) -> None:
    root = build(tmp_path, files)
    assert floors.broken_rules(root) == []
    assert floors.opened_by_imports(root) == []
