"""Times as requests write them: ISO 8601 texts. A bare number is none, whatever it might count."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import AwareDatetime, BeforeValidator

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def as_time(written: object) -> object:
    """What is read as a time. Raises ValueError."""
    if not isinstance(written, str) or not _DAY.match(written):
        raise ValueError("a time such as 2026-01-31T08:00:00+01:00 is expected")
    return written


def _as_day(written: object) -> object:
    if not isinstance(written, str) or not _DAY.fullmatch(written):
        raise ValueError("a day such as 2026-01-31 is expected")
    return written


Instant = Annotated[AwareDatetime, BeforeValidator(as_time)]
Day = Annotated[date, BeforeValidator(_as_day)]
