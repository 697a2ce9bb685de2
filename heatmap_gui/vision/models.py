"""Model cards: which networks are known, where to fetch them, under which licence, and which of them are there.

A card is a TOML file in resources/models, its name is the model's. Weights lie in one folder (HEATMAP_HOME/models).
"""

from __future__ import annotations

import tomllib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from heatmap_gui.core.errors import InputError, UnavailableError
from heatmap_gui.resources import resource

RUNNABLE = (".onnx", ".xml")
PICKLED = ".pt"
COCO_LABELS = tuple(
    """
    person,bicycle,car,motorcycle,airplane,bus,train,truck,boat,traffic light,fire hydrant,stop sign,parking meter,
    bench,bird,cat,dog,horse,sheep,cow,elephant,bear,zebra,giraffe,backpack,umbrella,handbag,tie,suitcase,frisbee,
    skis,snowboard,sports ball,kite,baseball bat,baseball glove,skateboard,surfboard,tennis racket,bottle,wine glass,
    cup,fork,knife,spoon,bowl,banana,apple,sandwich,orange,broccoli,carrot,hot dog,pizza,donut,cake,chair,couch,
    potted plant,bed,dining table,toilet,tv,laptop,mouse,remote,keyboard,cell phone,microwave,oven,toaster,sink,
    refrigerator,book,clock,vase,scissors,teddy bear,hair drier,toothbrush
    """.replace("\n    ", "").strip().split(",")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Card:
    """A known model.

    file: its name in the models folder. bytes, sha256: of the file at `url`. input_px: width, height it is made for.
    format: how its output is read (vision/detectors/yolo.py). coco_map: its publisher's mAP 50-95 on COCO val, percent.
    """

    name: str
    title: str
    file: str
    url: str
    sha256: str
    bytes: int
    licence: str
    licence_url: str
    input_px: tuple[int, int]
    format: str
    labels: tuple[str, ...]
    coco_map: float


def read_card(path: Path) -> Card:
    """The card in a TOML file. Raises InputError naming what is wrong with it."""
    try:
        fields: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        width, height = fields.pop("input_px")
        labels = fields.pop("labels")
        names = COCO_LABELS if labels == "coco" else tuple(labels)
        return Card(name=path.stem, input_px=(width, height), labels=names, **fields)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise InputError(f"{path} is not a model card ({error})") from None


def read_cards() -> dict[str, Card]:
    """All cards by name, the most accurate first."""
    cards = [read_card(path) for path in resource("resources/models").glob("*.toml")]
    return {card.name: card for card in sorted(cards, key=lambda card: (-card.coco_map, card.name))}


def find_weights(name: str, models_dir: Path) -> Path | None:
    """The file of a named model in the folder, the forms that need no extra first; None when it is not there."""
    places = [models_dir / f"{name}{suffix}" for suffix in (*RUNNABLE, PICKLED)]
    places.insert(2, models_dir / f"{name}_openvino_model" / f"{name}.xml")
    return next((path for path in places if path.is_file()), None)


def find_default(models_dir: Path) -> Path | None:
    """The model to take when none is named: the most accurate known one, else any other; never a pickle."""
    known = [find_weights(name, models_dir) for name in read_cards()]
    others = sorted(path for path in models_dir.glob("*") if path.is_file())
    return next((path for path in (*known, *others) if path is not None and path.suffix in RUNNABLE), None)


def find_model(model: str, models_dir: Path) -> Path:
    """The file that a name or a path means.

    Raises InputError when there is no such thing, UnavailableError when it is known but has not been fetched.
    """
    named = Path(model)
    if named.suffix or named.parent != Path():
        if named.is_file():
            return named
        raise InputError(f"there is no model file {named}: check the path, or name one of {', '.join(read_cards())}")
    found = find_weights(model, models_dir)
    if found is not None:
        return found
    if model in read_cards():
        raise UnavailableError(f"the model {model} is not in {models_dir}: run heatmap models fetch {model}")
    raise InputError(f"there is no model {model!r}: known are motion, {', '.join(read_cards())}, or name a file")


def network_there(model: str, models_dir: Path) -> bool:
    """Whether a network is at hand for what is configured; the motion detector is none."""
    if model == "auto":
        return find_default(models_dir) is not None
    with suppress(InputError, UnavailableError):
        return model != "motion" and find_model(model, models_dir).is_file()
    return False
