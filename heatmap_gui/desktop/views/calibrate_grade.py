"""A camera's grade with its reasons, and what to do next."""

from __future__ import annotations

from itertools import zip_longest

from PyQt6.QtCore import QLocale, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from heatmap_gui.core.grading import Grade, Reason
from heatmap_gui.core.pair_fit import LEAST
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.theme import THEME, font
from heatmap_gui.desktop.widgets.basics import Symbol, button, frame, label, row

_SYMBOLS = {"ok": ("done", "ok"), "warn": ("warning", "warn"), "error": ("error", "error")}
UNKNOWN = "\N{EN DASH}"
_BOX = 44  # px
_STEPS = 3


def centimetres(metres: float | None) -> str:
    """An error for people: whole centimetres; a dash where it is not known."""
    figure = UNKNOWN if metres is None else QLocale().toString(100 * metres, "f", 0)
    return f"{figure}\N{NARROW NO-BREAK SPACE}cm" if metres is not None else figure


class GradeBox(QWidget):
    """The letter in a box."""

    def __init__(self) -> None:
        super().__init__()
        self.letter = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_letter(self, letter: str) -> None:
        self.letter = letter
        self.setAccessibleName(self.tr("Grade %1").replace("%1", letter or self.tr("not known yet")))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(_BOX, _BOX)

    def paintEvent(self, _event: QPaintEvent | None) -> None:  # noqa: N802
        colour = {"A": "ok", "B": "accent", "C": "warn", "D": "error"}.get(self.letter, "border.strong")
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(THEME.colour(colour), 1.5))
            painter.setBrush(THEME.colour("bg.raised"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), tokens.RADIUS_CONTROL, 6)
            painter.setFont(font(tokens.FIGURE - 4, tokens.SEMIBOLD))
            painter.setPen(THEME.colour("text.primary"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.letter or UNKNOWN)


class GradePanel(QWidget):
    """Letter, headline, and a line a reason."""

    def __init__(self) -> None:
        super().__init__()
        self._box, self._headline, self._error = GradeBox(), label(kind="title", wrap=True), label(kind="secondary")
        self._lines: list[tuple[Symbol, QLabel, QLabel]] = []
        self._reasons = QGridLayout()
        self._reasons.setColumnStretch(1, 1)
        self._reasons.setHorizontalSpacing(tokens.GAP)
        self._reasons.setVerticalSpacing(6)
        words = QWidget()
        column = QVBoxLayout(words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._headline)
        column.addWidget(self._error)
        head = row(self._box, words, gap=tokens.PAD)
        lines = QWidget()
        lines.setLayout(self._reasons)
        self._reasons.setContentsMargins(0, 4, 0, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(frame("panel", head, lines, None))

    @property
    def letter(self) -> str:
        """The grade that is shown; empty: none yet."""
        return self._box.letter

    def show_grade(self, grade: Grade) -> None:
        self._box.show_letter(grade.letter)
        self._headline.setText(self._said(grade))
        known = self.tr("Typical error %1, worst %2")
        known = known.replace("%1", centimetres(grade.typical)).replace("%2", centimetres(grade.worst))
        self._error.setText(known if grade.typical is not None else self.tr("Error not known yet"))
        while len(self._lines) < len(grade.reasons):
            self._add_line()
        for line, reason in zip_longest(self._lines, grade.reasons):  # kept: a hand that drags changes their figures
            for widget in line:
                widget.setVisible(reason is not None)
            if reason is not None:
                symbol, what, figures = line
                symbol.show_symbol(*_SYMBOLS[reason.kind])
                for one, text in zip((what, figures), self._words(reason), strict=True):
                    one.setText(text)

    def _add_line(self) -> None:
        line = Symbol(), label(), label(kind="secondary")
        line[-1].setAlignment(Qt.AlignmentFlag.AlignRight)
        for column, widget in enumerate(line):
            self._reasons.addWidget(widget, len(self._lines), column)
        self._lines.append(line)

    def _said(self, grade: Grade) -> str:
        reason = grade.reason
        if not grade.letter:
            return self.tr("Not graded yet")
        if reason is not None and reason.matter == "suspect":
            return self.tr("One pair is off")
        words = {
            "A": self.tr("Very good"), "B": self.tr("Good"), "C": self.tr("Usable, counts may be off"),
            "D": self.tr("Too coarse"),
        }  # fmt: skip
        return words[grade.letter]

    def _words(self, reason: Reason) -> tuple[str, str]:
        number, other = f"{reason.value:.0f}", f"{reason.other:.0f}"
        if reason.matter == "pairs":
            words = self.tr("%1 used, %2 held out") if reason.other else self.tr("%1 used")
            return self.tr("Pairs"), words.replace("%1", number).replace("%2", other)
        if reason.matter == "suspect":
            words = self.tr("Pair %1 does not fit").replace("%1", f"{reason.value + 1:.0f}")
            return words, centimetres(reason.other)
        if reason.matter == "loose":
            if reason.kind == "ok":
                return self.tr("Sure all over the floor"), self.tr("± 40 cm or better")
            part = QLocale().toString(100 * reason.value, "f", 0)
            return self.tr("Far parts are loose"), self.tr("%1 % over ± 40 cm").replace("%1", part)
        if reason.matter == "held out":
            agree, apart = self.tr("Held-out pairs agree"), self.tr("Held-out pairs are off")
            return agree if reason.kind == "ok" else apart, centimetres(reason.value)
        if reason.matter == "error":
            return self.tr("Typical error"), centimetres(reason.value)
        return {
            "undetermined": (self.tr("No floor fits these pairs"), ""),
            "scale": (self.tr("The plan has no scale"), ""),
            "mirrored": (self.tr("The plan is mirrored"), self.tr("seen from below")),
        }[reason.matter]


class NextSteps(QWidget):
    """What to do next, the most useful first. acted: snap (the worst pair), scale."""

    acted = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self._title = label(self.tr("What to do next"), "section")
        self._steps = [label(wrap=True) for _ in range(_STEPS)]
        self._snap = button("", symbol="snap", clicked=lambda: self.acted.emit("snap"))
        self.extra = QVBoxLayout()
        self.extra.setContentsMargins(0, 0, 0, 0)
        below = QWidget()
        below.setLayout(self.extra)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._list = QWidget()
        listed = QVBoxLayout(self._list)
        listed.setContentsMargins(0, 0, 0, 0)
        for widget in (*self._steps, row(self._snap, None)):
            listed.addWidget(widget)
        layout.addWidget(frame("panel", self._title, self._list, None, below))

    def make_room(self, *, on: bool) -> None:
        """Something else is to be done first, which `extra` says."""
        self._list.setVisible(not on)

    def show_steps(self, grade: Grade, problem: str, gain: tuple[float, float] | None, snap: str) -> None:
        """problem: why no floor fits, in words. gain: what the next pair would make of the uncertainty, m, from and to.
        snap: the words for moving the worst pair to its corner; empty: there is none.
        """
        steps = self._said(grade, problem, gain)
        self._title.setText(self.tr("What to do next") if steps else self.tr("Nothing is left to do"))
        for number, one in enumerate(self._steps):
            one.setText(f"{number + 1}.  {steps[number]}" if number < len(steps) else "")
            one.setVisible(number < len(steps))
        self._snap.setText(snap)
        self._snap.setAccessibleName(snap)
        self._snap.setVisible(bool(snap))

    def _said(self, grade: Grade, problem: str, gain: tuple[float, float] | None) -> list[str]:
        matters = {reason.matter: reason for reason in grade.reasons if reason.kind != "ok"}
        steps = [f"{problem[:1].upper()}{problem[1:]}."] if problem else []
        pairs = matters.get("pairs")
        if pairs is not None and pairs.value < LEAST:
            steps.append(self.tr("Click a corner on the floor in the picture, then the same place on the plan."))
            more = self.tr("%1 more pairs are needed, spread over the floor: near, far, left and right.")
            steps.append(more.replace("%1", f"{LEAST - pairs.value:.0f}"))
            return steps
        if "scale" in matters:
            steps.append(self.tr("Set the plan's scale by one known length; errors are in plan pixels until then."))
        if "suspect" in matters:
            words = self.tr("Look at pair %1: move one of its points, or un-check it.")
            steps.append(words.replace("%1", f"{matters['suspect'].value + 1:.0f}"))
        if "mirrored" in matters:
            steps.append(self.tr("Check that the plan is drawn from above: the pairs go round the other way."))
        if pairs is not None:
            steps.append(self.tr("Add pairs, up to 6 or 8: only more than four show how good they are."))
        if gain is not None and ("loose" in matters or "error" in matters or pairs is not None):
            words = self.tr("A pair at the blue mark helps most: from ± %1 to ± %2.")
            steps.append(words.replace("%1", centimetres(gain[0])).replace("%2", centimetres(gain[1])))
        return steps[:_STEPS]
