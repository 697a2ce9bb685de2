"""Pictures of what the program shows, to be looked at: `python -m tests.shots` (make shots) puts them in out/shots.

`python -m tests.shots console` takes those of the console alone, which are best under a display (xvfb-run).
"""

from __future__ import annotations

import sys

from tests.shots import console, engine

engine.SHOTS.mkdir(parents=True, exist_ok=True)
if sys.argv[1:] != ["console"]:
    engine.shoot()
console.shoot(engine.SHOTS)
print(f"pictures: {engine.SHOTS}")
