"""What the benchmark measures on: a real clip with its site and truth, and a network's weights."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import av
import numpy as np

from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.core.types import F8

_CLIP = "data/pets09-s2l1/view001.mp4"
_SITE = "data/pets09-s2l1/calibration_pets.json"
_TRUTH = "data/pets09-s2l1/gt_frames_1-400.txt"
_MODEL = "models/yolov8n_int8.onnx"
_TRUTH_SCALE = 0.625  # the truth's pixels are those of the original, larger recording
FRAMES = 400  # of the clip: as far as the truth goes
ROW = slice(0, 6)  # of a line of a MOT file: frame, track id, left, top, width, height


@dataclass(frozen=True, slots=True)
class Material:
    """folder: with data/ and models/ (PETS 2009 S2.L1 view 1); model: weights instead of the folder's."""

    folder: Path | None
    model_file: Path | None = None

    @property
    def clip(self) -> Path:
        return self._file(_CLIP)

    @property
    def site(self) -> Path:
        return self._file(_SITE)

    @property
    def model(self) -> Path:
        return self.model_file or self._file(_MODEL)

    def beginning(self, target: Path) -> Path:
        """The clip as far as the truth goes, its packets as they are, written to target."""
        with av.open(str(self.clip)) as given, av.open(str(target), "w") as made:
            stream = made.add_stream_from_template(given.streams.video[0])
            for packet in islice(given.demux(video=0), FRAMES):
                packet.stream = stream
                made.mux(packet)
        return target

    def truth(self) -> F8:
        """Rows (n, 6) as in MOT files, in the clip's pixels."""
        rows = np.loadtxt(self._file(_TRUTH), delimiter=",", ndmin=2)[:, ROW]
        rows[:, 2:] *= _TRUTH_SCALE
        return np.asarray(rows, np.float64)

    def _file(self, name: str) -> Path:
        """Raises UnavailableError where it is missing."""
        if self.folder is None:
            raise UnavailableError(f"needs {name}: --data FOLDER, or HEATMAP_TEST_DATA")
        if not (self.folder / name).is_file():
            raise UnavailableError(f"needs {name}, which is not in {self.folder}")
        return self.folder / name
