"""The double-click and frozen entry."""

import multiprocessing

from heatmap_gui.cli import main

if __name__ == "__main__":
    multiprocessing.freeze_support()
    raise SystemExit(main())
