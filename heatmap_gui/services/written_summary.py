"""A summary that a language model writes of figures, in addition to the sentences that rules make.

It gets aggregates and nothing else, and is believed nothing: a text with a number that was not among those it was given
is refused. Whatever goes wrong, there is no summary, and all else stays as it is. (The interface: chat completions, as
many servers offer it.)
"""

from __future__ import annotations

import hashlib
import json
import re
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from heatmap_gui.core.errors import HeatmapError, TryLaterError, UnavailableError
from heatmap_gui.core.protocols import Broker
from heatmap_gui.services.addresses import connect
from heatmap_gui.services.endpoints import Endpoint, read_endpoint
from heatmap_gui.services.posting import Answer, Line, StaleError
from heatmap_gui.services.secrets import resolve
from heatmap_gui.settings import Settings

BASE_URL = "https://api.openai.com/v1"
ANSWER_S = 12.0
_KEPT_S = 3600.0
_MOST_LETTERS = 2_000
_ASKED = (
    "You summarise figures of a shop for its manager in at most 120 words of plain text. Use only numbers that are in"
    " the data, as digits, copied or rounded; write no other number and no number as a word. If the data says that"
    " something is unknown or not enough data, say so."
)
_NUMBER = re.compile(r"(?<![\d.])(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s?(%|percent)?")
_IN_WORDS = re.compile(
    r"(?i)\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy"
    r"|eighty|ninety|hundreds?|thousands?|millions?|dozens?|half|third|quarter|double[sd]?|triple[sd]?|twice)\b"
)


@dataclass(frozen=True, slots=True)
class Written:
    """text, or why there is none."""

    text: str | None
    refused: str | None


class Writer:
    """Asks one server. key: what it wants to be shown. Any thread may use it."""

    def __init__(self, base_url: str, key: str, model: str, broker: Broker, *, answer_s: float = ANSWER_S) -> None:
        self._url, self._key, self._model = f"{base_url.rstrip('/')}/chat/completions", key, model
        self._broker, self._answer_s = broker, answer_s

    def summary(self, aggregates: Mapping[str, Any]) -> Written:
        """Of figures, JSON. The same figures are asked about once an hour."""
        data = json.dumps(aggregates, ensure_ascii=False, sort_keys=True)
        key = f"summary:{hashlib.sha256(f'{self._url} {self._model} {data}'.encode()).hexdigest()}"
        text = self._broker.cached(key)
        if text is None:
            try:
                text = self._asked(data)
            except HeatmapError as error:
                return Written(None, error.message)
            self._broker.cache(key, text, _KEPT_S)
        wrong = foreign_numbers(text, data)
        if wrong:
            return Written(None, f"the text holds what no figure says: {', '.join(wrong[:5])}")
        return Written(text, None)

    def _asked(self, data: str) -> str:
        """Raises HeatmapErrors."""
        said = [{"role": "system", "content": _ASKED}, {"role": "user", "content": data}]
        body = json.dumps({"model": self._model, "messages": said, "temperature": 0, "max_tokens": 400}).encode()
        answer = self._post(body)
        if answer.status != 200:
            raise UnavailableError(f"the language model answered {answer.status}")
        try:
            text = json.loads(answer.body)["choices"][0]["message"]["content"]
        except (ValueError, RecursionError, LookupError, TypeError):
            text = None
        if not isinstance(text, str) or not 0 < len(text.strip()) <= _MOST_LETTERS:
            raise UnavailableError("the language model answered nothing that can be read")
        return " ".join(text.split())

    def _post(self, body: bytes) -> Answer:
        until = time.monotonic() + self._answer_s
        endpoint = read_endpoint(self._url, self._key, 0.0)
        line = _opened(endpoint, until)
        try:
            head = f"{endpoint.head}Connection: close\r\nContent-Length: {len(body)}\r\n\r\n"
            return line.post(head.encode() + body, until)
        except StaleError:
            raise TryLaterError(f"{endpoint.host} broke off") from None
        finally:
            line.close()


def writer_of(settings: Settings, broker: Broker) -> Writer | None:
    """As the settings say; None where no key is set. Raises InputError where a reference leads nowhere."""
    if not settings.openai_api_key:
        return None
    key = resolve(settings.openai_api_key)
    return Writer(settings.openai_base_url or BASE_URL, key, settings.openai_model, broker)


def _opened(endpoint: Endpoint, until: float) -> Line:
    opened = connect(endpoint.host, endpoint.port, (endpoint.host,), until)  # whoever set the key may mean this machine
    if endpoint.tls:
        try:
            opened.settimeout(max(0.001, until - time.monotonic()))
            opened = ssl.create_default_context().wrap_socket(opened, server_hostname=endpoint.host)
        except (OSError, ValueError):
            opened.close()
            raise TryLaterError(f"{endpoint.host}: no safe connection") from None
    return Line(opened, endpoint.host)


def foreign_numbers(text: str, data: str) -> list[str]:
    """Numbers of a text, in digits or words, that do not follow from the data's by rounding or as a percentage."""
    known = {float(number) for number in re.findall(r"\d+(?:\.\d+)?(?:[eE][+-]?\d+)?", data)}
    wrong = [found[0].strip() for found in _NUMBER.finditer(text) if not _follows(found, known)]
    return wrong + [found[0] for found in _IN_WORDS.finditer(text)]


def _follows(found: re.Match[str], known: set[float]) -> bool:
    value = float(found[1].replace(",", "") + (found[2] or ""))
    reach = 10.0 ** -(len(found[2]) - 1 if found[2] else 0) / 2 + 1e-9
    ways = ((value, reach), (value / 100, reach / 100)) if found[3] else ((value, reach),)
    return any(abs(one - number) <= near for one, near in ways for number in known)
