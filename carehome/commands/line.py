"""The words of the `carehome` command; each loads what it needs when it runs."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from carehome import i18n

cli = typer.Typer(add_completion=False, pretty_exceptions_enable=False)

HomeOption = Annotated[
    Path | None, typer.Option("--home", help="Folder that holds the home.")
]
NeededHome = Annotated[Path, typer.Option("--home", help="Folder of the home.")]
UserOption = Annotated[
    str | None,
    typer.Option(
        "--user",
        envvar="CAREHOME_USER",
        help="Sign-in name; the demonstration home's director unless given.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@cli.callback(invoke_without_command=True)
def desktop(
    context: typer.Context,
    home: HomeOption = None,
    language: Annotated[
        Literal["zh_CN", "en"] | None, typer.Option(help="For this run only.")
    ] = None,
    scale: Annotated[int | None, typer.Option(help="Text size: 100, 115, 130.")] = None,
) -> None:
    """Run one care home: residents, beds, fees, deposits."""
    i18n.use(language or i18n.DEFAULT)
    if context.invoked_subcommand is None:
        from carehome.commands import desktop as command

        raise typer.Exit(command.run(home, scale, language))


@cli.command()
def demo(
    home: NeededHome,
    seed: Annotated[int, typer.Option(help="The same seed, the same home.")] = 1,
    day: Annotated[
        str | None, typer.Option(help="The day it ends on, 2026-11-21; today.")
    ] = None,
) -> None:
    """Make the demonstration home: 128 beds and six months of history."""
    from carehome.commands import demo as command
    from carehome.commands import told

    with told.plainly():
        command.run(home, seed, told.read_day(day) if day else told.today())


@cli.command("import-residents")
def import_residents(
    file: Path,
    home: HomeOption = None,
    user: UserOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only check.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Check a resident roll; with --home, read its good rows in."""
    from carehome.commands import roll, told

    with told.plainly():
        roll.run(file, home, user, dry_run, as_json)


@cli.command("import-staff")
def import_staff(
    file: Path,
    home: HomeOption = None,
    user: UserOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only check.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Check a list of staff; with --home, read its good rows in."""
    from carehome.commands import staff_roll, told

    with told.plainly():
        staff_roll.run(file, home, user, dry_run, as_json)


@cli.command()
def bill(
    home: NeededHome,
    month: Annotated[str, typer.Option(help="Such as 2026-10.")],
    post: Annotated[bool, typer.Option("--post", help="Post, not only try.")] = False,
    confirm_old: Annotated[
        str,
        typer.Option(
            help="As the director, confirm corrections of months long past; say why."
        ),
    ] = "",
    pdf: Annotated[Path | None, typer.Option(help="Write the bills here.")] = None,
    user: UserOption = None,
    as_json: JsonOption = False,
) -> None:
    """Compute a month's bills, and post them when told to."""
    from carehome.commands import bill as command
    from carehome.commands import told

    with told.plainly():
        command.run(home, month, post, pdf, user, as_json, confirm_old)


@cli.command()
def screenshots(
    out: Path,
    home: Annotated[
        Path | None, typer.Option(help="A demonstration home made before.")
    ] = None,
    only: Annotated[
        str, typer.Option(help="Only pictures whose names begin so, such as fees.")
    ] = "",
    language: Annotated[
        Literal["zh_CN", "en"] | None, typer.Option(help="Only this one.")
    ] = None,
    scheme: Annotated[
        Literal["light", "dark"] | None, typer.Option(help="Only this one.")
    ] = None,
    scale: Annotated[int, typer.Option(help="Text size: 100, 115, 130.")] = 100,
    size: Annotated[str, typer.Option(help="Pixels of the window.")] = "1366x768",
) -> None:
    """Draw all there is to see in the demonstration home as pictures.

    Each picture comes in Chinese and English, light and dark.
    """
    from carehome.commands import screenshots as command
    from carehome.commands import told

    with told.plainly():
        formats = command.formats(language, scheme, scale, size)
        command.run(out, home, only, formats)


@cli.command("try")
def try_out(
    out: Annotated[Path, typer.Option(help="Where papers and pictures go.")],
) -> None:
    """Open a demonstration home; without a display, do its month end instead."""
    from carehome.commands import told, tryout

    with told.plainly():
        tryout.run(out)
