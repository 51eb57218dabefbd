"""Papers appear under their name only when they are whole."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from carehome.errors import Trouble
from carehome.i18n import N_


class CannotWrite(Trouble):
    """The folder or the file refuses what is to be written."""

    text = N_(
        "“{file}” could not be saved. It may be open in another program, or the disk"
        " may be full or write-protected. Close it, or choose another place or name."
    )


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Give a place to write to, and put it under `path` once all went well."""
    part = path.with_name(f".{path.name}.part")
    try:
        yield part
        os.replace(part, path)
    except OSError as error:
        raise CannotWrite(file=path.name) from error
    finally:
        _drop(part)


def _drop(part: Path) -> None:
    try:
        part.unlink(missing_ok=True)
    except OSError:  # the folder went away; what matters was said above
        return
