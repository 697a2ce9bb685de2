"""A page of a PDF as a picture of a floor plan."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PyQt6.QtCore import QSize
from PyQt6.QtGui import QImage
from PyQt6.QtPdf import QPdfDocument

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.types import U1
from heatmap_gui.services.plan_import import LONGEST_PX, on_white

_POINT_M = 0.0254 / 72
_RATIO = re.compile(r"\b1\s*:\s*(\d{2,4})\b")
_Error = QPdfDocument.Error


@dataclass(frozen=True, slots=True, eq=False)
class PdfPage:
    """picture: (height, width, 3) BGR. ratio: 100 where the page says 1:100; None where it says none, or several.
    paper_m: metres on paper per px.
    """

    picture: U1
    pages: int
    ratio: int | None
    paper_m: float


def read_pdf_page(path: Path, page: int) -> PdfPage:
    """page: from 0; the last one where there are fewer. Slow: for `Background`. Raises InputError in one line."""
    document = QPdfDocument(None)
    try:
        error = document.load(str(path))
        if error != _Error.None_ or document.pageCount() < 1:
            locked = error in (_Error.IncorrectPassword, _Error.UnsupportedSecurityScheme)
            why = (
                "locked by a password: save a copy without one"
                if locked
                else "not a PDF that can be read: open it in a PDF program and save it again"
            )
            raise InputError(f"{path.name}: {why}")
        page = min(page, document.pageCount() - 1)
        points = document.pagePointSize(page)
        if min(points.width(), points.height()) < 1:
            raise InputError(f"{path.name}: page {page + 1} is empty: choose another page")
        factor = LONGEST_PX / max(points.width(), points.height())
        size = QSize(max(1, round(points.width() * factor)), max(1, round(points.height() * factor)))
        image = document.render(page, size)
        ratios = {int(found) for found in _RATIO.findall(document.getAllText(page).text())}
        ratio = ratios.pop() if len(ratios) == 1 else None
        return PdfPage(on_white(_pixels(image)), document.pageCount(), ratio, _POINT_M / factor)
    finally:
        document.close()


def _pixels(image: QImage) -> U1:
    """A copy (height, width, 4) BGRA."""
    image = image.convertToFormat(QImage.Format.Format_ARGB32)
    bits = image.constBits()
    assert bits is not None
    bits.setsize(image.sizeInBytes())
    rows = np.frombuffer(bytes(bits), np.uint8).reshape(image.height(), image.bytesPerLine())  # type: ignore[call-overload]
    return np.ascontiguousarray(rows[:, : image.width() * 4].reshape(image.height(), image.width(), 4))
