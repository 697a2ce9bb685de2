"""How long something takes, in words."""

from __future__ import annotations

from PyQt6.QtCore import QCoreApplication, QLocale

_MINUTE_S, _HOUR_S = 60, 3600


def duration(seconds: float) -> str:
    """As "37 s", "6 min 48 s", "2 h 5 min", as the interface's language writes it."""
    whole = round(seconds)
    if whole < _MINUTE_S:
        return _said("%1 s", whole)
    if whole < _HOUR_S:
        return _said("%1 min %2 s", *divmod(whole, _MINUTE_S))
    return _said("%1 h %2 min", whole // _HOUR_S, whole % _HOUR_S // _MINUTE_S)


def _said(form: str, *numbers: int) -> str:
    text = QCoreApplication.translate("Durations", form)
    for place, number in enumerate(numbers, 1):
        text = text.replace(f"%{place}", QLocale().toString(number))
    return text
