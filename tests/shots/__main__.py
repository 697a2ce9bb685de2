"""Pictures of what the program shows, to be looked at: `python -m tests.shots` (make shots) puts them in out/shots.

`python -m tests.shots console` takes those of the console alone, which are best under a display (xvfb-run);
`... console first_start`, `measured` or `troubled` a part of them.
"""

from __future__ import annotations

import sys

from tests.shots import console, engine

if __name__ == "__main__":  # not in the process that looks through a camera
    engine.SHOTS.mkdir(parents=True, exist_ok=True)
    if sys.argv[1:2] != ["console"]:
        engine.shoot()
    console.shoot(engine.SHOTS, *sys.argv[2:3])
    print(f"pictures: {engine.SHOTS}")
