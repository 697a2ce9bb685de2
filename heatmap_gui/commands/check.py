"""`check`: a configuration and all that it names, or one site: a line each, and what to do."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from secrets import token_urlsafe

from heatmap_gui.commands.wording import count
from heatmap_gui.core.errors import HeatmapError, InputError
from heatmap_gui.core.projection import Projection
from heatmap_gui.core.site import Camera, Site
from heatmap_gui.core.site_checks import Finding, check_calibration, check_line, check_zone
from heatmap_gui.logs import mask
from heatmap_gui.services.catalog import Catalog
from heatmap_gui.services.checkup import check_alerts, check_log_file, check_overlaps, check_schedule, check_servers
from heatmap_gui.services.secrets import Seal, resolve
from heatmap_gui.settings import Settings
from heatmap_gui.store.pictures import read_picture
from heatmap_gui.store.site_files import load_site

HELP = (
    "Check a configuration, or a site file, and all that it names: sites, cameras, model, Redis, database, webhooks, "
    "mail, secrets. Nothing is posted, and no database changed. Exit status 2 when something has to be mended."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What is checked."""
    parser.add_argument("--config", type=Path, metavar="F", help="the configuration: production_config.json")
    parser.add_argument("--site", type=Path, metavar="SITE", help="a site file, or a cameras.yaml")


def run(args: argparse.Namespace) -> int:
    """Exit status 0, or 2 when there is an error among the findings."""
    if args.config is None and args.site is None:
        raise InputError("check: nothing to look at: give --config production_config.json or --site SITE.json")
    findings = []
    for found in _findings(args):
        finding = replace(found, message=mask(found.message))
        findings.append(finding)
        if not args.json:
            print(f"{finding.level:<5} {finding.subject}: {finding.message}", flush=True)
    errors, warnings = (sum(finding.level == level for finding in findings) for level in ("error", "warn"))
    if args.json:
        print(json.dumps({"findings": [asdict(f) for f in findings], "errors": errors, "warnings": warnings}))
    else:
        print(f"{count(errors, 'error')}, {count(warnings, 'warning')}")
    return 2 if errors else 0


def _findings(args: argparse.Namespace) -> Iterator[Finding]:
    settings: Settings = args.settings
    if args.config is not None:
        try:
            catalog = Catalog(args.config, seal=_seal(settings))
        except HeatmapError as error:
            yield Finding("error", "config", error.message)
        else:
            settings = catalog.settings
            yield from _check_configuration(catalog)
    if args.site is not None:
        try:
            yield from _check_site(load_site(args.site), "")
        except HeatmapError as error:
            yield Finding("error", "site", error.message)
    yield _check_model(settings)


def _seal(settings: Settings) -> Seal:
    """Opens what is sealed; where that key cannot be had, another one, as no key file is made here."""
    with suppress(HeatmapError):  # `check_servers` says what is wrong with the key
        if (known := Seal.known(settings)) is not None:
            return known
    return Seal(token_urlsafe())


def _check_configuration(catalog: Catalog) -> Iterator[Finding]:
    production, settings = catalog.production, catalog.settings
    watched: tuple[str, ...] = ()
    yield Finding("ok", "config", f"{count(len(production.schedules), 'schedule')}")
    yield from (Finding("warn", "config", warning) for warning in production.warnings)
    yield from check_servers(settings)
    if settings.log_file is not None:
        yield check_log_file(settings.log_file)
    yield from check_alerts(settings)
    for schedule in production.schedules.values():
        yield from check_schedule(schedule, settings)
    yield from check_overlaps(production.schedules.values())
    try:
        watched = tuple(catalog.watched())
    except HeatmapError as error:
        yield Finding("error", "watch", error.message)
    for store in dict.fromkeys([*(schedule.store_name for schedule in production.schedules.values()), *watched]):
        try:
            yield from _check_site(catalog.site(store), f"{store}: ")
        except HeatmapError as error:
            yield Finding("error", f"{store}: site", error.message)


def _check_site(site: Site, start: str) -> Iterator[Finding]:
    """start: of each subject, where there are several sites."""
    yield from (replace(found, subject=start + found.subject) for found in _site_findings(site))


def _site_findings(site: Site) -> Iterator[Finding]:
    parts = (count(len(site.cameras), "camera"), count(len(site.zones), "zone"), count(len(site.lines), "line"))
    unit, zone = site.floor.unit, site.timezone
    yield Finding("ok", "site", f"{site.name}: {', '.join(parts)}, lengths in {unit}, time zone {zone}")
    yield from (Finding("warn", "site", warning) for warning in site.warnings)
    yield _check_plan(site)
    if site.floor.metres_per_pixel is None:
        yield Finding("warn", "scale", "store.metres_per_pixel is missing: lengths will be in plan px")
    projections: dict[str, Projection] = {}
    for camera in site.cameras:
        yield from _check_camera(camera, site, projections)
    yield from (check_zone(zone, site, projections) for zone in site.zones)
    yield from (check_line(line, site, projections) for line in site.lines)


def _check_plan(site: Site) -> Finding:
    path, floor = site.floor.plan_path, site.floor
    if path is None:
        return Finding("warn", "plan", "no picture (store.plan_path): heat maps are drawn on an empty plan")
    try:
        height, width, _ = read_picture(path).shape
    except HeatmapError as error:
        return Finding("error", "plan", f"{error.message} (store.plan_path)")
    said = (floor.width_px, floor.height_px)
    if (width, height) != said:
        wrong = f"{path.name} is {width}x{height}, but plan_width and plan_height say {said[0]:g}x{said[1]:g}"
        return Finding("error", "plan", f"{wrong}: correct them, or restore the picture")
    return Finding("ok", "plan", f"{path.name}, {width}x{height}")


def _check_camera(camera: Camera, site: Site, projections: dict[str, Projection]) -> Iterator[Finding]:
    """Its source, then its calibration in that source's frames; adds its projection where there is one."""
    subject = f"camera {camera.id} source"
    size = camera.frame_size
    if camera.enabled:
        try:
            size = _first_frame_size(camera)
            yield Finding("ok", subject, f"gives frames of {size[0]}x{size[1]}")
        except HeatmapError as error:
            yield Finding("error", subject, error.message)
    else:
        yield Finding("ok", subject, "not asked: the camera is disabled")
    if size is None:
        return
    try:
        projection = Projection.of(site.floor, camera, size)
    except HeatmapError as error:
        yield Finding("error", f"camera {camera.id} calibration", error.message)
        return
    projections[camera.id] = projection
    yield check_calibration(camera, site.floor, projection)


def _first_frame_size(camera: Camera) -> tuple[int, int]:
    from heatmap_gui.vision.sources import open_source  # brings the decoders: not needed where the file is refused

    source = open_source(camera.id, resolve(camera.url))
    try:
        return source.retrieve().size if source.grab() is not None else source.size
    finally:
        source.close()


def _check_model(settings: Settings) -> Finding:
    from heatmap_gui.vision.models import find_default, find_model

    folder = settings.home / "models"
    if settings.model == "motion":
        return Finding("ok", "model", "motion: needs none")
    if settings.model != "auto":
        try:
            return Finding("ok", "model", str(find_model(settings.model, folder)))
        except HeatmapError as error:
            return Finding("error", "model", error.message)
    found = find_default(folder)
    if found is None:
        return Finding("warn", "model", f"none in {folder}, motion is used: fetch one (heatmap models fetch NAME)")
    return Finding("ok", "model", str(found))
