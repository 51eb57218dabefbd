"""What the answers come to so far, beside the form while it is filled in."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout

from carehome.i18n import _, show_day
from carehome.ui.assessments.sheet import Sheet
from carehome.ui.assessments.words import (
    change_of,
    decided_word,
    level_so_far,
    level_tone,
)
from carehome.ui.kit import theme
from carehome.ui.kit.chips import Tag
from carehome.ui.kit.elided import Elided

ROW = 20
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Standing(QFrame):
    """Total, level with the reason for every change of it, groups beside last time."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self._sheet = sheet
        self.level = Tag("")
        self.total, self.rest = QLabel(), QLabel()
        self.reasons = QLabel()
        self.last = Elided()
        self._points: list[QLabel] = []
        self._changes: list[QLabel] = []
        theme.mark(self, "card")
        theme.mark(self.total, "title")
        theme.mark(self.rest, "note")
        theme.mark(self.reasons, "note")
        theme.mark(self.last, "note")
        self.level.setWordWrap(True)
        self.rest.setWordWrap(True)
        self.reasons.setWordWrap(True)
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(self.total)
        head.addStretch()
        head.addWidget(self.level)
        column = QVBoxLayout(self)
        column.setContentsMargins(*map(theme.px, (14, 10, 14, 12)))
        column.setSpacing(theme.px(6))
        column.addLayout(head)
        column.addWidget(self.rest)
        column.addLayout(self._groups())
        column.addWidget(self.reasons)
        column.addWidget(self.last)

        sheet.answered.connect(self.refresh)
        sheet.compared.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Say anew what the answers come to."""
        sheet, judged = self._sheet, self._sheet.judgement
        open_items = len(judged.missing)
        self.total.setText(_("{points} points").format(points=judged.total))
        self.total.setVisible(sheet.form.has_total)
        self.level.setText(level_so_far(sheet.form, judged))
        sure = judged.possible[0] if len(set(judged.possible)) == 1 else None
        level = judged.level if judged.level is not None else sure
        self.level.set_tone(level_tone(sheet.form, level))
        if open_items and sheet.form.has_total:
            text = _("{count} {count:item|items} to go, {least} to {most} points")
            least, most = judged.least, judged.most
            self.rest.setText(text.format(count=open_items, least=least, most=most))
        elif open_items:
            text = _("{count} {count:item|items} to go")
            self.rest.setText(text.format(count=open_items))
        else:
            self.rest.setText(_("All items are answered."))
        self._show_groups()
        told = [change.text for change in judged.changes]
        if judged.clause and judged.is_whole:
            told.insert(0, judged.clause)
        self.reasons.setText("\n".join(told))
        self.reasons.setVisible(bool(told))
        self._show_last()

    def _groups(self) -> QGridLayout:
        """Lay out a line for each group: its name, its points, the change."""
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(10))
        grid.setVerticalSpacing(theme.px(4))
        grid.setColumnStretch(0, 1)
        for at, group in enumerate(self._sheet.form.groups):
            points, change = QLabel(), QLabel()
            points.setMinimumHeight(theme.px(ROW))
            for label in (points, change):
                label.setAlignment(RIGHT)
            theme.mark(change, "note")
            grid.addWidget(Elided(group.name), at, 0)
            grid.addWidget(points, at, 1)
            grid.addWidget(change, at, 2)
            self._points.append(points)
            self._changes.append(change)
        return grid

    def _show_groups(self) -> None:
        sheet = self._sheet
        before = sheet.last.judgement.groups if sheet.last else ()
        for at, score in enumerate(sheet.judgement.groups):
            told = f"{score.points} / {score.maximum}"
            if score.level is not None:
                told = _("{points}, level {level}").format(
                    points=told, level=score.level
                )
            self._points[at].setText(told)
            was = before[at].points if before else None
            whole = score.answered == score.items
            change = change_of(was, score.points) if whole else ""
            before_told = _("last time {points}").format(points=was)
            words = f"{before_told}  {change}" if change else before_told
            self._changes[at].setText(words if was is not None else "")

    def _show_last(self) -> None:
        last = self._sheet.state.last
        if last is None:
            self.last.setText(_("There is no assessment before this one."))
            return
        text = _("Last time ({day}): {level}")
        if last.form.has_total:
            text = _("Last time ({day}): {points} points, {level}")
        told = text.format(
            day=show_day(last.head.base_on),
            points=last.judgement.total,
            level=decided_word(last),
        )
        self.last.setText(told)
