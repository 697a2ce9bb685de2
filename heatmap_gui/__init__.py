"""Traffic Heatmap: from camera pixels to a floor plan in person-seconds."""

from heatmap_gui.quiet import silence

__version__ = "0.1.0"

silence()
