"""What the tracker assumes of the world: one setting for every site."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tuning:
    """One setting for every site. Lengths are metres; where the floor has no scale, whoever is seen is 1.7 m tall.

    Costs are negative log likelihoods.
    """

    forget_s: float = 10.0  # a track unseen for longer is over
    try_s: float = 1.35  # an unconfirmed one much earlier
    confirm: float = 7.0  # evidence that makes a track one
    confirm_s: float = 0.75  # and how long it must last: what flickers shorter is nobody
    hit: float = 0.35  # evidence of a detection that is as likely false as true
    miss: float = 0.7  # evidence against, of a camera that should see the track and does not
    q_person: float = 1.0  # m²/s³, density of the white acceleration
    q_vehicle: float = 5.0
    speed_person: float = 1.0  # m/s, standard deviation at birth
    speed_vehicle: float = 6.0
    fade_s: float = 3.3  # a velocity that is not seen is forgotten
    foot_sigma: float = 0.03  # of a box's lower edge, in box heights
    side_sigma: float = 0.045  # of its middle
    sway_m: float = 0.08  # of a foot about the point where its owner stands
    sway_vehicle: float = 0.4  # of a vehicle's middle, in its heights: from each side another middle is seen
    part_seen: float = 3.0  # times that, of one that reaches beyond the picture
    short: float = 0.55  # a box of less than this share of a person's height has lost its feet
    half_hidden: float = 0.85  # or of this share, where its lower edge stands on no floor
    tall_m: float = 1.7  # of a person whose feet are hidden,
    tall_sigma_m: float = 0.1  # give or take
    cut: float = 1.0  # a box shorter than expected has lost its feet: their error, in lost height
    frame_cut: float = 0.2  # a box that ends at the frame's lower edge too: their error, in box heights
    doubt: float = 0.7  # errors grow as confidence falls
    box_q: float = 0.1  # (box heights)²/s³
    box_fade_s: float = 3.0
    box_sigma: float = 0.05  # of an edge, in box heights
    box_memory_s: float = 2.0  # a box is predicted, and a gap in a camera bridged, for so long
    gate: float = 15.0  # squared Mahalanobis distance on the floor beyond which nothing is associated
    slack: float = 4.0  # times that for boxes that overlap by half
    w_box: float = 5.0  # cost of boxes that do not overlap at all
    box_unknown: float = 0.5  # share of it where this camera has no box of the track
    lost: float = 1.0  # cost of each second out of sight
    back_m: float = 0.8  # one who was lost for long, and is alone, may come back so far from where he should be
    back_m_s: float = 0.2  # and so much farther for each second
    max_cost: float = 8.5  # beyond: rather somebody new
    max_cost_weak: float = 3.0  # the same for weak detections
    twin_iou: float = 0.7  # a detection that overlaps a matched one so much is its double
    merge_m: float = 0.75  # two tracks so close, never seen by one camera at once,
    merge_s: float = 0.4  # for so long, are one


TUNING = Tuning()
WEAK = 0.1  # confidence that may continue a track
