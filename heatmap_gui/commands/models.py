"""`models list|fetch|export`: which networks there are, fetching their weights, bringing `.pt` into a portable form."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from tqdm import tqdm

from heatmap_gui.core.errors import InputError
from heatmap_gui.vision.download import download, file_sha256
from heatmap_gui.vision.models import PICKLED, RUNNABLE, Card, find_model, find_weights, read_cards

HELP = "List the known models, fetch their weights, or export a .pt model to a form that needs no extra."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The action and what it is about."""
    parser.add_argument("action", choices=("list", "fetch", "export"), help="what to do")
    parser.add_argument(
        "model",
        nargs="?",
        help=f"fetch: a name from the list; export: a {PICKLED} file, or a name in the models folder",
    )
    parser.add_argument("--format", choices=("onnx", "openvino"), default="onnx", help="of an export (%(default)s)")


def run(args: argparse.Namespace) -> int:
    """Exit status 0; errors are raised."""
    models_dir: Path = args.settings.home / "models"
    if args.action == "list":
        return _list(models_dir, as_json=args.json)
    if args.model is None:
        raise InputError(f"models {args.action} needs the name of a model: models list shows them")
    if args.action == "fetch":
        result = _fetch(args.model, models_dir)
    else:
        result = {"exported": str(_export(args.model, models_dir, args.format))}
    print(json.dumps(result) if args.json else "\n".join(f"{key}: {value}" for key, value in result.items()))
    return 0


def _list(models_dir: Path, *, as_json: bool) -> int:
    there = {name: find_weights(name, models_dir) for name in read_cards()}
    known = [
        {**asdict(card), "there": str(there[name]) if there[name] else None} for name, card in read_cards().items()
    ]
    others = sorted(path for path in models_dir.glob("*") if path.suffix in (*RUNNABLE, PICKLED) and path.is_file())
    unknown = [str(path) for path in others if path not in there.values()]
    if as_json:
        print(json.dumps({"models_dir": str(models_dir), "models": known, "others": unknown}))
        return 0
    print(f"{'name':<12} {'there':<6} {'MB':>5}  {'input':<8} {'COCO mAP':>8}  licence")
    for name, card in read_cards().items():
        size = "x".join(map(str, card.input_px))
        print(
            f"{name:<12} {'yes' if there[name] else 'no':<6} {card.bytes / 1e6:5.1f}  {size:<8} {card.coco_map:>8}"
            f"  {card.licence}"
        )
    print(f"motion       needs no model\nfolder: {models_dir}")
    for path in unknown:
        print(f"also there: {path}")
    return 0


def _fetch(name: str, models_dir: Path) -> dict[str, str]:
    cards = read_cards()
    if name not in cards:
        raise InputError(f"there is no model card {name!r}: known are {', '.join(cards)}")
    card = cards[name]
    target = models_dir / card.file
    if not target.is_file() or file_sha256(target) != card.sha256:
        _download(card, target)
    return {"model": str(target), "sha256": card.sha256, "licence": f"{card.licence} ({card.licence_url})"}


def _download(card: Card, target: Path) -> None:
    with tqdm(
        total=card.bytes, unit="B", unit_scale=True, desc=card.name, disable=not sys.stderr.isatty(), leave=False
    ) as bar:

        def show(there: int, total: int) -> None:
            bar.update(there - bar.n)

        download(card.url, target, card.bytes, card.sha256, show)


def _export(model: str, models_dir: Path, form: str) -> Path:
    named = Path(model)
    weights = named if named.suffix else models_dir / f"{model}{PICKLED}"
    path = find_model(str(weights), models_dir)
    if path.suffix != PICKLED:
        raise InputError(f"{path} is not a {PICKLED} model: only these need to be exported")
    from heatmap_gui.vision.detectors.ultralytics import export_weights

    return export_weights(path, form)
