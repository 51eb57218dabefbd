"""The lists behind the staff files: posts, kinds of certificate, subjects, warnings."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from carehome.i18n import N_, _
from carehome.rules.certificates import Kind
from carehome.rules.staff import Post
from carehome.rules.training import Subject
from carehome.services.staff import StaffLists
from carehome.services.staff.lists import StaffRules
from carehome.ui.kit import table, theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.forms import Form
from carehome.ui.kit.lead import lead
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.pick import Pick
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.deeds import Deed, DeedDialog, let_scroll
from carehome.ui.staff import list_forms
from carehome.ui.staff.hand import Hand
from carehome.ui.staff.words import show_hours

POSTS, KINDS, SUBJECTS = "posts", "kinds", "subjects"
Entry = Post | Kind | Subject


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists as they stand."""

    posts: tuple[Post, ...]
    kinds: tuple[Kind, ...]
    subjects: tuple[Subject, ...]
    rules: StaffRules

    def needs(self, post: Post) -> str:
        """Name the certificates that a post asks for."""
        names = (kind.name for kind in self.kinds if kind.kind_id in post.needs)
        return _(", ").join(names)

    def askers(self, kind: Kind) -> str:
        """Name the posts that ask for a kind of certificate."""
        names = (post.name for post in self.posts if kind.kind_id in post.needs)
        return _(", ").join(names)


def read_lists(lists: StaffLists) -> Lists:
    """Read all lists behind the staff files."""
    posts, kinds, subjects = lists.posts(), lists.kinds(), lists.subjects()
    return Lists(tuple(posts), tuple(kinds), tuple(subjects), lists.rules())


class ListsView(LiveView):
    """Shows one list at a time and lets one entry at a time be changed or added."""

    SHOWS = frozenset(
        {
            *("post", "post_need", "certificate_kind", "training_subject"),
            "staff_rule",
        }
    )
    told = Signal(str)

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand.jobs)
        self._hand = hand
        self._lists: Lists | None = None
        self.which = Pick(
            {
                POSTS: _("Posts"),
                KINDS: _("Kinds of certificate"),
                SUBJECTS: _("Subjects of training"),
            }
        )
        self.which.setAccessibleName(_("List"))
        self.bar = Bar(self.which)
        self.warn = self.bar.add_button(_("Warnings and protection"), "warn")
        self.change = self.bar.add_button(_("Change"), "edit", "F2")
        self.add = self.bar.add_button(_("New entry"), "plus", "Alt+N")
        self.posts = TableView(
            TableModel(self._post_columns(), lambda post: post.post_id),
            "staff.posts",
            N_("Posts"),
        )
        self.kinds = TableView(
            TableModel(self._kind_columns(), lambda kind: kind.kind_id),
            "staff.kinds",
            N_("Kinds of certificate"),
        )
        self.subjects = TableView(
            TableModel(SUBJECT_COLUMNS, lambda each: each.subject_id),
            "staff.subjects",
            N_("Subjects of training"),
        )
        self._views: dict[str, TableView[Any]] = {
            POSTS: self.posts,
            KINDS: self.kinds,
            SUBJECTS: self.subjects,
        }
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.bar)
        column.addWidget(self._stack, 1)
        for view in self._views.values():
            self._stack.addWidget(ListCard(view))
            view.opened.connect(self.ask_entry)
            view.picked.connect(self._offer)
        self.which.set_code(POSTS)
        lead(self, self.which)

        self.which.chosen.connect(self._turn)
        self.warn.clicked.connect(self.ask_warnings)
        self.change.clicked.connect(self._change)
        self.add.clicked.connect(self.ask_new)
        self._turn()

    @property
    def view(self) -> TableView[Any]:
        """The list that is shown."""
        return self._views[self.which.code()]

    def refresh(self) -> None:
        """Read the lists again."""
        lists = self._hand.services.lists
        self._hand.jobs.run_last(self, self._show, read_lists, lists)

    def ask_new(self) -> None:
        """Ask for an entry that is new."""
        empty: dict[str, Entry] = {
            POSTS: Post(0, ""),
            KINDS: Kind(0, "", ""),
            SUBJECTS: Subject(0, ""),
        }
        self.ask_entry(empty[self.which.code()])

    def ask_entry(self, entry: Entry) -> None:
        """Ask what shall be another of an entry."""
        if self._lists is None:
            return
        save, lists = self._hand.services.lists, self._lists
        match entry:
            case Post():
                form, number = list_forms.post(entry, lists.kinds), entry.post_id
                deed = partial(_post_deed, save, entry)
                title = _("Post {name}") if number else _("New post")
            case Kind():
                form, number = list_forms.kind(entry), entry.kind_id
                deed = partial(_kind_deed, save, entry)
                title = _("Certificate {name}") if number else _("New certificate kind")
            case Subject():
                form, number = list_forms.subject(entry), entry.subject_id
                deed = partial(_subject_deed, save, entry)
                title = _("Subject {name}") if number else _("New subject")
        draft = f"staff-{self.which.code()}:{number}"
        self._ask(title.format(name=entry.name), form, deed, draft)

    def ask_warnings(self) -> None:
        """Ask how long before an end it is told."""
        if self._lists is None:
            return
        form = list_forms.warnings(self._lists.rules)
        save = self._hand.services.lists

        def deed(values: dict[str, Any]) -> "partial[None]":
            return partial(save.set_rules, StaffRules(**values))

        self._ask(_("Warnings and protection"), form, deed, "staff-rules")

    def _ask(self, title: str, form: Form, deed: Deed, draft: str) -> None:
        jobs = self._hand.jobs
        dialog = DeedDialog(title, form, _("Save"), jobs, deed, self, draft)
        if "needs" in form.fields:  # long names of certificates side by side
            dialog.setMinimumWidth(theme.px(760))
        let_scroll(dialog)
        dialog.accepted.connect(partial(self.told.emit, _("Saved.")))
        dialog.open()

    def _change(self) -> None:
        if entry := self.view.current_row():
            self.ask_entry(entry)

    def _show(self, lists: Lists) -> None:
        self._lists = lists
        self.posts.table.set_rows(list(lists.posts))
        self.kinds.table.set_rows(list(lists.kinds))
        self.subjects.table.set_rows(list(lists.subjects))
        rules = lists.rules
        text = _("What ends is told {far}, {middle} and {near} days before.")
        self.bar.note.setText(
            text.format(
                far=rules.warn_far, middle=rules.warn_middle, near=rules.warn_near
            )
        )
        self._offer()

    def _turn(self) -> None:
        self._stack.setCurrentIndex(list(self._views).index(self.which.code()))
        self._offer()

    def _offer(self, _row: object = None) -> None:
        self.change.setEnabled(self.view.current_row() is not None)

    def _post_columns(self) -> tuple[Column[Post], ...]:
        needs = partial(self._say, Lists.needs)
        return (
            Column(N_("Post"), lambda post: post.name, bold=True),
            Column(
                N_("Kind of work"),
                lambda post: _("Front-line care") if post.is_care else None,
            ),
            Column(N_("Certificates that it asks for"), needs, tip=needs, stretch=True),
            _used(),
        )

    def _kind_columns(self) -> tuple[Column[Kind], ...]:
        askers = partial(self._say, Lists.askers)
        return (
            Column(N_("Kind of certificate"), lambda kind: kind.name, bold=True),
            Column(N_("Holds for"), _validity),
            Column(N_("Renewal"), _renewal),
            Column(N_("Posts that ask for it"), askers, tip=askers, stretch=True),
            Column(N_("Source"), lambda kind: kind.source or None, _source, tip=_tip),
            _used(),
        )

    def _say(self, names: Callable[[Lists, Any], str], entry: Any) -> str:
        return names(self._lists, entry) if self._lists else ""


def _post_deed(lists: StaffLists, old: Post, values: dict[str, Any]) -> "partial[int]":
    needs = frozenset(map(int, values["needs"] or ()))
    return partial(lists.save_post, replace(old, **{**values, "needs": needs}))


def _kind_deed(lists: StaffLists, old: Kind, values: dict[str, Any]) -> "partial[int]":
    days = values["renew_days"] or 0
    new = replace(old, **{**values, "renew_days": days}, source="")
    return partial(lists.save_kind, new)


def _subject_deed(
    lists: StaffLists, old: Subject, values: dict[str, Any]
) -> "partial[int]":
    minutes = values["minutes_needed"] or 0
    new = replace(old, **{**values, "minutes_needed": minutes}, source="")
    return partial(lists.save_subject, new)


def _used() -> Column[Any]:
    return Column(
        N_("State"),
        lambda entry: _("In use") if entry.is_active else _("Hidden"),
        chip=lambda entry: "ok" if entry.is_active else "quiet",
    )


def _validity(kind: Kind) -> str:
    if kind.months is None:
        return _("Without end")
    return _("{count} {count:month|months}").format(count=kind.months)


def _renewal(kind: Kind) -> str | None:
    if not kind.renew_days:
        return None
    text = _("{count} {count:day|days} before the end")
    return text.format(count=kind.renew_days)


def _tip(entry: Kind | Subject) -> str:
    return entry.source


def _source(source: str) -> str:
    return source or _("Ours")


SUBJECT_COLUMNS: tuple[Column[Subject], ...] = (
    Column(N_("Subject"), lambda subject: subject.name, bold=True),
    table.number(
        N_("Hours a year"),
        lambda subject: subject.minutes_needed or None,
        show=show_hours,
    ),
    Column(
        N_("Who is trained"),
        lambda each: (
            _("Front-line care") if each.is_for_care else _("All members of staff")
        ),
    ),
    Column(N_("Source"), lambda each: each.source or _("Ours"), tip=_tip, stretch=True),
    _used(),
)
