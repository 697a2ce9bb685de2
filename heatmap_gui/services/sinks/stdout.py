"""Prints deliveries, a line of JSON each, for whoever reads this program's output."""

from __future__ import annotations

import json
import sys
from typing import TextIO

from heatmap_gui.core.errors import TryLaterError
from heatmap_gui.core.work import Delivery
from heatmap_gui.services.sinks import Reveal
from heatmap_gui.settings import Settings


def open_sink(_settings: Settings, _reveal: Reveal) -> Stdout:
    return Stdout(sys.stdout)


class Stdout:
    """The Sink. A body that is no JSON is printed as `text`."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def deliver(self, delivery: Delivery) -> str:
        try:
            document = json.loads(delivery.body)
        except ValueError:
            document = {"text": delivery.body.decode("utf-8", "replace")}
        try:
            self._stream.write(json.dumps(document, ensure_ascii=False) + "\n")  # in one piece: lines do not mix
            self._stream.flush()
        except OSError as error:
            raise TryLaterError(f"standard output: {error.strerror}", answered=False) from None
        return "printed"

    def close(self) -> None:
        """It is not ours."""
