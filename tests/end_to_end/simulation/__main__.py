"""Runs one world again, and says what happens in it."""

from __future__ import annotations

import argparse
import logging
import tempfile
from pathlib import Path

import pytest

from tests.end_to_end.simulation.faults import Fault
from tests.end_to_end.simulation.runs import run
from tests.end_to_end.simulation.world import Ground


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.end_to_end.simulation", description=__doc__)
    parser.add_argument("seed", type=int)
    parser.add_argument("--point", type=int, help="where one thing fails, in place of many everywhere")
    parser.add_argument("--fault", type=Fault, help="how it fails there: " + ", ".join(Fault))
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="        %(message)s")
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        world = run(Ground(Path(folder), patch), args.seed, args.point, args.fault, told=print)
        for number, fault in world.faults.happened.items():
            print(f"point {number}, {world.faults.points[number]}: {fault}")
        for job in world.known.jobs:
            print(job.id, job.status, job.error or "")


main()
