"""The commands: `python -m dashboard`, or `.venv/bin/defence-ties`."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import typer

from dashboard.commands import briefing, rows, tables, versions
from dashboard.commands.shared import CLEAN

app = typer.Typer(
    help="Look after the tables of the data set, and hand over what they show.", no_args_is_help=True,
    rich_markup_mode="markdown", pretty_exceptions_enable=False,
)  # fmt: skip
app.command(epilog=tables.CHECK_EXAMPLES)(tables.check)
app.command(epilog=tables.TIDY_EXAMPLES)(tables.tidy)
app.command(epilog=versions.CHANGES_EXAMPLES)(versions.changes)
app.command(epilog=versions.RELEASE_EXAMPLES)(versions.release)
app.command(epilog=rows.ADD_EXAMPLES)(rows.add)
app.command("import", epilog=rows.IMPORT_EXAMPLES)(rows.import_register)
app.command(epilog=briefing.EXAMPLES)(briefing.brief)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that the arguments name and return its exit status."""
    status: object = CLEAN
    try:
        app(arguments, prog_name="defence-ties")
    except SystemExit as ended:
        status = ended.code
    return int(str(status or CLEAN))


if __name__ == "__main__":
    sys.exit(main())
