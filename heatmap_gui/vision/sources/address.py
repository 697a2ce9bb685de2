"""What a source's URL says: a path or a host, options behind `?`, and the form that may be shown to people."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from urllib.parse import parse_qsl

from heatmap_gui.core.errors import InputError


@dataclass(frozen=True, slots=True)
class Address:
    """One source as it was asked for. `url` is as given, credentials and all."""

    camera: str
    url: str
    keyframes_only: bool = False

    @property
    def shown(self) -> str:
        """The URL without credentials and without the query of a network address, for messages."""
        if "://" not in self.url:
            return self.url
        scheme, _, rest = self.url.partition("://")
        host_and_path = rest.rpartition("@")[2]  # the last one: a password may hold anything
        return f"{scheme}://{re.split('[?#&]', host_and_path)[0]}"

    def numbers(self, query: str, names: frozenset[str]) -> dict[str, float]:
        """The positive numbers of `a=1&b=2`; a name that is not in `names` is an error, not ignored."""
        values: dict[str, float] = {}
        for name, text in parse_qsl(query, keep_blank_values=True):
            if name not in names:
                raise InputError(f"{self.shown}: unknown option '{name}'; use {', '.join(sorted(names))}")
            try:
                value = float(text)
            except ValueError:
                value = math.nan
            if not 0 < value < math.inf:
                raise InputError(f"{self.shown}: {name}='{text}' must be a number above 0")
            values[name] = value
        return values
