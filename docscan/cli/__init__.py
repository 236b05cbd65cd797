"""The command line. Every command is told by `docscan COMMAND --help`; what it needs is loaded when it runs.

Exit status: 0 all complete, 1 anything less, 2 usage or rulebook, 3 something to install, 4 a file that cannot be
taken, 5 a batch with failures, 130 interrupted.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from docscan.cli.console import INTERRUPTED, guarded

_EXIT_STATUS = (
    "Exit status: 0 all complete, 1 anything less, 2 usage or rulebook, 3 something to install, "
    "4 a file that cannot be taken, 5 a batch with failures, 130 interrupted."
)

app = typer.Typer(
    name="docscan",
    help="Check Letters of Medical Necessity and receipts for HSA, FSA and HRA claims. Offline; it advises and cites.",
    epilog=_EXIT_STATUS,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE", show_default=False, help="PDF, JPEG, PNG, TIFF, WebP or HEIC files; - is standard input."
    ),
]
_File = Annotated[str, typer.Argument(metavar="FILE", show_default=False, help="A file; - is standard input.")]


def _day(text: str) -> date:
    """A day in the one form that cannot be misread."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise typer.BadParameter("write the day as 2026-03-31.") from None


_AsOf = Annotated[
    date | None,
    typer.Option(
        "--as-of", metavar="DATE", parser=_day, show_default=False,
        help="Check as on this day (2026-03-31); today if not given.",
    ),
]  # fmt: skip
_Administrator = Annotated[
    str | None,
    typer.Option("--administrator", "-a", metavar="NAME", show_default=False, help="Whose rules to apply."),
]
_Administrators = Annotated[
    list[str] | None,
    typer.Option(
        "--administrator", "-a", metavar="NAME", show_default=False,
        help="Whose rules to apply; can be given several times, the file is read once.",
    ),
]  # fmt: skip
_Claim = Annotated[
    Path | None,
    typer.Option(
        "--claim", metavar="JSON", show_default=False,
        help='A file with what only you know of the claim: {"purpose": "fsa", "plan_year": {...}}.',
    ),
]  # fmt: skip
_Html = Annotated[
    Path | None,
    typer.Option("--html", metavar="FOLDER", show_default=False, help="Also write each report as an HTML page there."),
]
_Json = Annotated[bool, typer.Option("--json", help="Write JSON, one report a line.")]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit status."""
    sys.stdout = sys.stdout or io.StringIO()  # closed by the caller, who then wants no results
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a name that the terminal's encoding lacks must not end a command
            stream.reconfigure(errors="backslashreplace")
    status = 0
    try:
        app(args=list(sys.argv[1:] if arguments is None else arguments), prog_name="docscan")
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BrokenPipeError:
        status = 1
    except KeyboardInterrupt:
        status = INTERRUPTED
    try:
        sys.stdout.flush()
    except OSError:  # `docscan ... | head`: nobody reads the rest, and Python must not complain of it at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = status or 1
    return status


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"docscan {version('docscan')}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    pass


@app.command()
@guarded
def check(
    files: _Files,
    *,
    json: _Json = False,
    html: _Html = None,
    as_of: _AsOf = None,
    administrator: _Administrators = None,
    claim: _Claim = None,
    fields: Annotated[bool, typer.Option("--fields", "-f", help="Also show everything that was read.")] = False,
    every_rule: Annotated[
        bool, typer.Option("--all", help="With several administrators: also the rules on which they agree.")
    ] = False,
) -> None:
    """Check letters and receipts. What is there, what is missing and what to ask for, each finding with its source."""
    from docscan.cli.files import check_files

    raise typer.Exit(
        check_files(
            files, as_json=json, html=html, as_of=as_of, administrators=administrator or [],
            claim=claim, fields=fields, every_rule=every_rule,
        )
    )  # fmt: skip


@app.command()
@guarded
def packet(
    files: _Files,
    *,
    json: _Json = False,
    html: _Html = None,
    as_of: _AsOf = None,
    administrator: _Administrators = None,
    claim: _Claim = None,
    details: Annotated[bool, typer.Option("--details", "-d", help="Also show each document's own findings.")] = False,
) -> None:
    """Check files that belong to one claim: a letter and its receipts. Each by itself, then all together."""
    from docscan.cli.files import check_together

    raise typer.Exit(
        check_together(
            files, as_json=json, html=html, as_of=as_of, administrators=administrator or [], claim=claim,
            details=details,
        )
    )  # fmt: skip


@app.command()
@guarded
def judge(
    reports: Annotated[
        list[str],
        typer.Argument(
            metavar="REPORT", show_default=False, help="JSON of docscan check, packet or batch; - is standard input."
        ),
    ],
    *,
    administrator: _Administrators = None,
    as_of: Annotated[
        date | None,
        typer.Option(
            "--as-of",
            metavar="DATE",
            parser=_day,
            show_default=False,
            help="Judge as on this day (2026-03-31); as in the report if not given.",
        ),
    ] = None,
    claim: _Claim = None,
    json: Annotated[bool, typer.Option("--json", help="Write JSON, one report with its changes a line.")] = False,
    details: Annotated[bool, typer.Option("--details", "-d", help="Also show the report as it is now.")] = False,
) -> None:
    """Judge stored reports again, without reading. By other rules, on another day, with another claim: what changes."""
    from docscan.cli.judging import judge_again

    raise typer.Exit(
        judge_again(
            reports, administrators=administrator or [], as_of=as_of, claim=claim, as_json=json, details=details
        )
    )  # fmt: skip


_Drafted = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE", show_default=False, help="A letter, with its receipts if you like, or the JSON of a report."
    ),
]
_Format = Annotated[
    str | None,
    typer.Option(
        "--format", metavar="FORMAT", show_default=False, help="text, html or pdf; as --out is called if not given."
    ),
]
_Out = Annotated[
    Path | None, typer.Option("--out", "-o", metavar="FILE", show_default=False, help="Write it there, not to stdout.")
]


@app.command()
@guarded
def note(
    files: _Drafted,
    *,
    format: _Format = None,
    out: _Out = None,
    as_of: _AsOf = None,
    administrator: _Administrator = None,
    claim: _Claim = None,
) -> None:
    """Draft a one-page note for the doctor. What exactly to add to the letter or correct, with blanks."""
    from docscan.cli.drafts import draft

    raise typer.Exit(
        draft("note", files, form=format, output=out, as_of=as_of, administrator=administrator, claim=claim)
    )


@app.command()
@guarded
def request(
    files: _Drafted,
    *,
    format: _Format = None,
    out: _Out = None,
    as_of: _AsOf = None,
    administrator: _Administrator = None,
    claim: _Claim = None,
) -> None:
    """Draft a request for information. For an administrator to check and send; it decides nothing."""
    from docscan.cli.drafts import draft

    raise typer.Exit(
        draft("request", files, form=format, output=out, as_of=as_of, administrator=administrator, claim=claim)
    )


@app.command()
@guarded
def text(
    file: _File,
    boxes: Annotated[
        bool, typer.Option("--boxes", help="One word a line with its page, line, box, confidence (tab-separated).")
    ] = False,
) -> None:
    """Show what was read, page by page."""
    from docscan.cli.files import show_text

    raise typer.Exit(show_text(file, boxes=boxes))


@app.command()
@guarded
def batch(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", show_default=False, help="Every document below it is checked.")
    ],
    *,
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="RUN", show_default=False, help="The folder for the results.")
    ],
    as_of: _AsOf = None,
    administrator: _Administrator = None,
    workers: Annotated[
        int,
        typer.Option("--workers", "-w", min=0, show_default=False, help="Processes; one for each core if not given."),
    ] = 0,
    timeout: Annotated[
        float, typer.Option("--timeout", min=1.0, metavar="SECONDS", help="Give a file up after this long.")
    ] = 900.0,
    every_file: Annotated[
        bool, typer.Option("--all", help="A row also for what is neither a PDF nor a picture, instead of a count.")
    ] = False,
) -> None:
    """Check a folder into a table. Writes results.jsonl and results.csv into RUN; run again, it goes on."""
    from docscan.cli.folder import check_folder

    raise typer.Exit(
        check_folder(
            folder, out, as_of=as_of, administrator=administrator, workers=workers,
            timeout=timeout, every_file=every_file,
        )
    )  # fmt: skip


class _Rules(TyperGroup):
    """`docscan rules new` and `docscan rules test` are commands; whatever else is asked of the rules is `show`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.commands and args[0] not in ctx.help_option_names):
            args = ["show", *args]
        return super().parse_args(ctx, args)


rules_app = typer.Typer(
    name="rules",
    cls=_Rules,
    help="List the rules, or tell one in full: what it asks, its source, its examples. Write and test your own.",
    epilog="The word show can be left out: docscan rules --administrator wex, docscan rules LMN-10.",
    short_help="List the rules, or tell one in full. Write and test your own.",
    subcommand_metavar="[ID] | new NAME | test [FILE]",
    rich_markup_mode=None,
)
app.add_typer(rules_app)


@rules_app.command()
@guarded
def show(  # noqa: PLR0917 - one for each option
    rule: Annotated[
        str | None, typer.Argument(metavar="[ID]", show_default=False, help="A rule, told in full.")
    ] = None,
    administrator: _Administrator = None,
    json: Annotated[bool, typer.Option("--json", help="Write JSON, one rule a line.")] = False,
    table: Annotated[bool, typer.Option("--table", help="Set all administrators side by side.")] = False,
    checks: Annotated[bool, typer.Option("--checks", help="List what a rule can ask.")] = False,
    fields: Annotated[bool, typer.Option("--fields", help="List what a rule can ask about.")] = False,
) -> None:
    """List the rules, or tell one in full. What it asks, its source, its examples; the word show can be left out."""
    from docscan.cli.rulebook import show_rules

    raise typer.Exit(
        show_rules(rule, administrator=administrator, as_json=json, table=table, checks=checks, fields=fields)
    )


@rules_app.command()
@guarded
def new(
    name: Annotated[str, typer.Argument(metavar="NAME", show_default=False, help="Of the plan, such as my-plan.")],
    extends: Annotated[
        str, typer.Option("--extends", metavar="ADMINISTRATOR", help="Whose rules it takes over.")
    ] = "generic-fsa",
    folder: Annotated[
        Path | None,
        typer.Option("--folder", show_default=False, help="Where to; DOCSCAN_RULEBOOKS, else here, if not given."),
    ] = None,
) -> None:
    """Write a rulebook of your own to begin with. It loads as it is, and says in remarks what can be changed."""
    from docscan.cli.rulebook import new_rules

    raise typer.Exit(new_rules(name, extends=extends, folder=folder))


@rules_app.command()
@guarded
def test(
    target: Annotated[
        str | None,
        typer.Argument(
            metavar="[FILE]", show_default=False, help="A rulebook, my-plan.toml; or an administrator's name."
        ),
    ] = None,
    administrator: _Administrator = None,
    json: Annotated[bool, typer.Option("--json", help="Write JSON, one example a line.")] = False,
) -> None:
    """Load a rulebook and run its examples. Of a file those it brings or changes, of an administrator all."""
    from docscan.cli.rulebook import test_rules
    from docscan.errors import UsageError

    if target and administrator:
        raise UsageError("A file or an administrator can be tested, not both.", "Leave one of them out.")
    raise typer.Exit(test_rules(target or administrator, as_json=json))


@app.command()
@guarded
def items(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[WORDS]...", show_default=False, help="As a receipt or a letter has them."),
    ] = None,
    *,
    purpose: Annotated[
        str,
        typer.Option(
            "--purpose", metavar="NAME", help="fsa, hsa, hra, limited_purpose_fsa, deduction or insurer_claim."
        ),
    ] = "fsa",
    on: Annotated[
        date | None,
        typer.Option(
            "--on", metavar="DATE", parser=_day, show_default=False, help="By the law of this day; today if not given."
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Write JSON; of the list, one item a line.")] = False,
) -> None:
    """Tell what the IRS texts say of an item or a treatment. Its entry in Publication 502, conditions, source."""
    from docscan.cli.items import show_items

    raise typer.Exit(show_items(words or [], purpose=purpose, on=on, as_json=json))


@app.command()
@guarded
def serve(
    host: Annotated[str | None, typer.Option("--host", show_default=False, help="Address to listen on.")] = None,
    port: Annotated[
        int | None, typer.Option("--port", min=0, max=65535, show_default=False, help="Port; 0 takes a free one.")
    ] = None,
) -> None:
    """Run the web page and the upload API. By default on http://127.0.0.1:8080."""
    from docscan.cli.service import run_service

    raise typer.Exit(run_service(host, port))


@app.command()
@guarded
def demo(
    folder: Annotated[
        Path, typer.Argument(metavar="[FOLDER]", show_default=False, help="The documents; sample_docs if not given.")
    ] = Path("sample_docs"),
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FOLDER", help="Where the reports go.")] = Path(
        "docscan-demo"
    ),
) -> None:
    """Show docscan at work on sample documents. Starts the service, uploads them, writes a report for each."""
    typer.echo("Getting ready …", err=True)  # what is loaded now takes a while
    from docscan.cli.demonstration import show

    raise typer.Exit(show(folder, out))


@app.command()
@guarded
def schema(
    name: Annotated[
        str, typer.Argument(metavar="[NAME]", help="report, packet, changes, judged, error or row.")
    ] = "report",
) -> None:
    """Print the JSON Schema of docscan's JSON."""
    import json

    from docscan.presenting.schemas import schema

    typer.echo(json.dumps(schema(name), indent=2))


@app.command()
@guarded
def doctor() -> None:
    """Tell what is installed and what is missing. With what to type."""
    from docscan.cli.installation import examine

    raise typer.Exit(examine())
