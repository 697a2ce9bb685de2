"""A seeded world whose truth is known: people in a store, synthetic cameras above them."""

from heatmap_gui.vision.synthetic.scenes import Scene, load_scene
from heatmap_gui.vision.synthetic.source import open_synthetic
from heatmap_gui.vision.synthetic.truth import Truth, truth
from heatmap_gui.vision.synthetic.truth_files import write_truth

__all__ = ["Scene", "Truth", "load_scene", "open_synthetic", "truth", "write_truth"]
