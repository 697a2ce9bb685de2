"""Real processes that start in milliseconds: forked from one that has imported what they run."""

from __future__ import annotations

import multiprocessing

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.end_to_end.roles", "tests.end_to_end.console_editor"])
