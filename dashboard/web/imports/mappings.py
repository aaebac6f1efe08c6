"""Which mapping the files that are sent are read by: none, one that comes with us, or one that is sent along."""

from pathlib import Path
from typing import Final

from dashboard.web.imports.receiving import sent, take
from dashboard.web.imports.uploads import Uploads
from dashboard.words.text import DEFAULT_LANGUAGE, marked, say
from data_access.intake.files import FileProblem
from data_access.intake.foreign.mapping import ForeignMapping
from data_access.intake.foreign.mapping_file import EXAMPLES, load_mapping

OWN: Final = "own"
"""Stands in the form for a mapping that is sent along."""
EXAMPLE: Final = marked("the example {name}")
NO_SUCH: Final = marked("The form names a mapping that is not there; choose one of its list.")
NOT_SENT: Final = marked("The mapping of your own was not chosen; choose its file.")
BOTH: Final = marked("Two mappings are chosen; leave out the file, or choose the mapping of your own.")
TOO_LARGE: Final = marked("The mapping is larger than {most} kiB, which none needs to be; choose another file.")
_MOST: Final = 256 * 1024


def examples() -> list[str]:
    """The names of those that come with us."""
    return sorted(path.stem for path in EXAMPLES.glob("*.yaml"))


def mapping_in(choice: str, uploads: Uploads) -> ForeignMapping | None:
    """The mapping that the form asks for; None: the files have rows in canonical form. Raises FileProblem."""
    files = sent("mapping_file")
    if choice not in {"", OWN, *examples()}:
        raise FileProblem(say(NO_SUCH, DEFAULT_LANGUAGE))
    if choice == OWN and not files:
        raise FileProblem(say(NOT_SENT, DEFAULT_LANGUAGE))
    if files and choice in examples():
        raise FileProblem(say(BOTH, DEFAULT_LANGUAGE))
    if not files:
        return load_mapping(Path(choice)) if choice else None
    lot = take(uploads, files[:1])
    try:
        if lot.files[0].stat().st_size > _MOST:
            raise FileProblem(say(TOO_LARGE, DEFAULT_LANGUAGE, most=_MOST // 1024))
        return load_mapping(lot.files[0])
    except FileProblem as problem:
        raise FileProblem(lot.without_folder(str(problem))) from problem
    finally:
        lot.remove()
