"""`python -m heatmap_gui` is the same program as `heatmap`."""

from heatmap_gui.cli import main

raise SystemExit(main())
