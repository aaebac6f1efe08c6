"""How the tools talk: a headline, progress, a result, and what to do next.

A new environment has no rich yet, but its pip carries a copy; with neither, plain lines will do.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

try:
    from rich import console as rich_console
    from rich import progress as rich_progress
except ImportError:
    from pip._vendor.rich import console as rich_console  # type: ignore[no-redef]
    from pip._vendor.rich import progress as rich_progress  # type: ignore[no-redef]

console = rich_console.Console(highlight=False, soft_wrap=True)


def headline(text: str) -> None:
    """Announce what starts now."""
    console.print(f"\n[bold]▸ {text}[/bold]")


def result(good: bool, text: str) -> None:
    """Tell how it went."""
    console.print(f"[green]✓[/green] {text}" if good else f"[bold red]✗[/bold red] {text}")


def next_steps(*lines: str) -> None:
    """Tell what to do now."""
    console.print("\n[bold]Next[/bold]")
    for line in lines:
        console.print(f"  {line}")


def elapsed_since(start: float) -> str:
    """Time since `start` (of `monotonic`), as people say it."""
    minutes, seconds = divmod(monotonic() - start, 60)
    return f"{minutes:.0f} min {seconds:.0f} s" if minutes else f"{seconds:.1f} s"


@contextmanager
def progress(total: int | None) -> Iterator[Callable[[str], None]]:
    """A bar that moves one step at each call, with a word on what is at hand; without a total, only the clock runs."""
    columns = (
        rich_progress.SpinnerColumn(),
        rich_progress.BarColumn(bar_width=30),
        rich_progress.TimeElapsedColumn(),
        rich_progress.TextColumn("{task.description}"),
    )
    with rich_progress.Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=total)

        def step(text: str) -> None:
            bar.update(task, advance=1, description=text)

        yield step
