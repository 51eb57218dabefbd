"""Work off the screen's thread.

A job is a function and plain values: the background must never hold a widget,
or the last reference to it may die on the wrong thread and crash the program.
What shall happen on the screen stays on the screen's side, under a ticket.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from itertools import count
from types import BuiltinMethodType, CellType, FunctionType, MethodType
from typing import Any, NamedTuple, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance
from shiboken6 import isValid

from carehome.ui.kit.progress import Cancelled, Progress

T = TypeVar("T")
Failed = Callable[[Exception], object]


class _Asked(NamedTuple):
    """Who waits for an answer, and what they do with it."""

    asker: QObject
    then: Callable[[Any], object]
    failed: Failed | None
    progress: Progress | None
    future: Future[Any]


class Jobs(QObject):
    """Runs jobs one after another; answers always come later, on the screen.

    `changed` tells which tables a deed changed, `failed` what nobody else handles,
    `stopped` that a person ended a job, `busy` whether jobs run or wait.
    """

    changed = Signal(frozenset)
    failed = Signal(Exception)
    stopped = Signal()
    busy = Signal(bool)
    _finished = Signal(int)
    _announced = Signal(frozenset)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="job")
        self._tickets = count()
        self._asked: dict[int, _Asked] = {}
        self._closed = False
        later = Qt.ConnectionType.QueuedConnection
        self._finished.connect(self._answer, later)
        self._announced.connect(self.changed, later)

    def run(
        self,
        asker: QObject,
        then: Callable[[T], object],
        call: Callable[..., T],
        *values: Any,
        failed: Failed | None = None,
    ) -> None:
        """Give `call(*values)` to `then` if `asker` is still there by then.

        What `call` raises goes to `failed`, or else to the signal of that name.
        A Progress among the values is shown while the job runs.
        """
        assert not holds_screen(call, values), "pass a function and plain values"
        if self._closed:
            return
        ticket = next(self._tickets)
        future = self._pool.submit(call, *values)
        self._asked[ticket] = _Asked(asker, then, failed, _progress(values), future)
        if len(self._asked) == 1:
            self.busy.emit(True)
        future.add_done_callback(lambda _done: self._finished.emit(ticket))

    def run_last(
        self,
        asker: QObject,
        then: Callable[[T], object],
        call: Callable[..., T],
        *values: Any,
        failed: Failed | None = None,
    ) -> None:
        """Do as `run`, and forget what `asker` asked earlier for the same `then`."""
        for ticket, asked in tuple(self._asked.items()):
            if asked.asker is asker and asked.then == then:
                asked.future.cancel()
                self._asked[ticket] = asked._replace(then=_forget, failed=_forget)
        self.run(asker, then, call, *values, failed=failed)

    def announce(self, tables: frozenset[str]) -> None:
        """Hear from any thread which tables changed; `changed` tells it on screen."""
        self._announced.emit(tables)

    @property
    def progress(self) -> Progress | None:
        """What the running job tells, if it tells anything."""
        return next((asked.progress for asked in self._asked.values()), None)

    @property
    def is_busy(self) -> bool:
        """Say whether some job runs or waits for its turn or its answer."""
        return bool(self._asked)

    def close(self) -> None:
        """Let what was asked come to its end, long jobs at their next step.

        Nobody is told any more, but what a page has just stored is stored.
        """
        self._closed = True
        for asked in self._asked.values():
            if asked.progress:
                asked.progress.cancel()
        self._pool.shutdown()
        self._asked.clear()

    def _answer(self, ticket: int) -> None:
        if self._closed:
            return
        asked = self._asked.pop(ticket)
        if not self._asked:
            self.busy.emit(False)
        if asked.future.cancelled() or not isValid(asked.asker):
            return
        error = asked.future.exception()
        if error is None:
            asked.then(asked.future.result())
        elif isinstance(error, Exception):
            self._tell(error, asked.failed)
        else:
            raise error

    def _tell(self, error: Exception, failed: Failed | None) -> None:
        if isinstance(error, Cancelled):
            self.stopped.emit()
        if failed:
            failed(error)
        elif not isinstance(error, Cancelled):
            self.failed.emit(error)


def _forget(_answer: object) -> None:
    """Do nothing with an answer that came too late."""


def _progress(values: tuple[Any, ...]) -> Progress | None:
    """Find the Progress that a job was given, itself or its bound `step`."""
    owners = (getattr(value, "__self__", value) for value in values)
    return next((each for each in owners if isinstance(each, Progress)), None)


def holds_screen(*things: Any) -> bool:
    """Say whether a callable or its values hold a Qt object anywhere."""
    seen: set[int] = set()
    rest = list(things)
    while rest:
        held = rest.pop()
        if isinstance(held, QObject | SignalInstance):
            return True
        if id(held) not in seen:
            seen.add(id(held))
            rest.extend(_parts(held))
    return False


def _parts(held: Any) -> Iterable[Any]:
    """Return what a callable or a collection keeps alive."""
    if isinstance(held, tuple | list | set | frozenset):
        return held
    if isinstance(held, dict):
        return held.values()
    if isinstance(held, partial):
        return held.func, held.args, held.keywords
    if isinstance(held, MethodType | BuiltinMethodType):
        return held.__self__, getattr(held, "__func__", None)
    if isinstance(held, FunctionType):
        cells = held.__closure__ or ()
        return *map(_content, cells), held.__defaults__, held.__kwdefaults__
    return ()


def _content(cell: CellType) -> Any:
    """Return what a closure holds; a name that is not bound yet holds nothing."""
    try:
        return cell.cell_contents
    except ValueError:
        return None
