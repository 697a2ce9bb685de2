"""Which models there are, and which one is in use."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel

from heatmap_gui.api.parts import Parts, Viewer
from heatmap_gui.services.model_list import Known, known_models

router = APIRouter(prefix="/api/v1", tags=["inference"])


class Model(BaseModel):
    """fetched: it is in the models folder. loaded: it looks at images now. What is null is not known of a file that
    somebody brought. coco_map: mAP 50-95 on COCO val, percent, as its publisher says.
    """

    name: str
    title: str | None
    fetched: bool
    loaded: bool
    licence: str | None
    licence_url: str | None
    bytes: int | None
    input_px: tuple[int, int] | None
    classes: list[str] | None
    coco_map: float | None


class LoadedModel(BaseModel):
    """What looks at images, in this process or in another one of the deployment."""

    name: str
    device: str
    precision: str
    labels: list[str]


class Models(BaseModel):
    """configured: the setting `model`. loaded: null where no model has been loaded."""

    configured: str
    loaded: LoadedModel | None
    items: list[Model]


@router.get("/models")
def list_models(parts: Parts, who: Viewer) -> Models:
    """Known models, the most accurate first, then other files in the models folder."""
    loaded, settings = parts.inference.model(), parts.catalog.settings
    return Models(
        configured=settings.model,
        loaded=None if loaded is None else LoadedModel.model_validate(loaded),
        items=[_model(one) for one in known_models(settings.home / "models", loaded)],
    )


def _model(one: Known) -> Model:
    card = one.card
    return Model(
        name=one.name,
        title=card.title if card else None,
        fetched=one.there,
        loaded=one.loaded,
        licence=card.licence if card else None,
        licence_url=card.licence_url if card else None,
        bytes=card.bytes if card else None,
        input_px=card.input_px if card else None,
        classes=list(card.labels) if card else None,
        coco_map=card.coco_map if card else None,
    )
