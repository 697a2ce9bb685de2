"""Traffic Heatmap: from camera pixels to a floor plan in person-seconds."""

__version__ = "0.1.0"
