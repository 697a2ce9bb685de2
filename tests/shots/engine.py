"""What is seen without a window: the demo store, its heat map, its report."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import cv2

from heatmap_gui.cli import main
from heatmap_gui.resources import resource
from heatmap_gui.store.site_files import load_site
from heatmap_gui.vision.sources import open_source

SHOTS = Path(__file__).parents[2] / "out" / "shots"
SITE = resource("calibration_data") / "calibration_demo.json"
FRAME = 300  # of each camera: people are in the picture by then
THEMES = {"ember": 0, "paper": 1}  # colour map: what Chromium calls its theme
PAGE_PX = (1200, 2400)


def shoot_cameras() -> None:
    """A frame of each of the demo store's cameras, and the plan."""
    site = load_site(SITE)
    for camera in site.cameras:
        source = open_source(camera.id, camera.url)
        for _ in range(FRAME):
            source.grab()
        image = source.retrieve().image
        source.close()
        if image is not None:
            cv2.imwrite(str(SHOTS / f"camera_{camera.id}.png"), image)
    if site.floor.plan_path:
        shutil.copy(site.floor.plan_path, SHOTS / "plan.png")


def shoot_heatmaps(measured: Path) -> None:
    """The measured heat map, and the picture from its recorded detections in both themes."""
    shutil.copy(measured / "heatmap.png", SHOTS / "heatmap.png")
    for colormap in THEMES:
        recorded = ["-i", str(measured / "detections.json"), "-p", str(SHOTS / "plan.png")]
        picture = str(SHOTS / f"heatmap_{colormap}.png")
        main(["heatmap", *recorded, "-o", picture, "--colormap", colormap])


def shoot_report(measured: Path) -> None:
    """The report in both themes, where Chromium is installed."""
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser is None:
        print("report left out: no Chromium here")
        return
    for theme, number in THEMES.items():
        command = [
            *(browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
            f"--blink-settings=preferredColorScheme={number}",
            f"--window-size={PAGE_PX[0]},{PAGE_PX[1]}",
            f"--screenshot={SHOTS / f'report_{theme}.png'}",
            (measured / "report.html").as_uri(),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=60)


def shoot() -> None:
    """All of them, from a minute of the demo store."""
    shoot_cameras()
    main(["--demo", "--headless", "--out", str(SHOTS / "demo")])
    shoot_heatmaps(SHOTS / "demo")
    shoot_report(SHOTS / "demo")
