"""The demo store: 20 x 14 m, five shelves, three tills, an entrance, three overlapping cameras."""

from __future__ import annotations

from heatmap_gui.vision.synthetic.layout import Area, Block, Gate, Rect, Room, Till, View

PLAN_SIZE_M = (20.0, 14.0)
METRES_PER_PIXEL = 0.02

ROOM = Room(0.4, 0.4, 19.6, 13.0, 4.6, door=(2.2, 4.6))

_GONDOLAS_X = (7.4, 10.2, 13.0, 15.8)
_TILLS_X = (7.0, 9.2, 11.4)

BLOCKS = (
    Block("goods", 4.6, 0.4, 18.6, 0.95, 2.0),
    Block("goods", 19.05, 1.6, 19.6, 8.4, 2.0),
    Block("goods", 0.4, 2.6, 1.0, 9.4, 1.9),
    *(Block("goods", x, 2.6, x + 0.9, 7.0, 1.25) for x in _GONDOLAS_X),
    Block("produce", 2.7, 3.4, 4.7, 4.6, 0.85),
    Block("produce", 2.7, 6.5, 4.7, 7.7, 0.85),
    Block("produce", 14.9, 9.3, 17.1, 10.5, 0.85),
    *(Block("till", x, 9.8, x + 0.6, 11.6, 0.95) for x in _TILLS_X),
    *(Block("post", x + 0.08, 10.55, x + 0.3, 10.85, 1.35) for x in _TILLS_X),
    *(Block("post", x, 12.92, x + 0.12, 13.08, 2.4) for x in (2.14, 4.54)),
    Block("pillar", 2.0, 9.7, 2.35, 10.05, 4.6),
)

_WALLS: tuple[Rect, ...] = ((0.0, 13.0, 2.2, 13.2), (4.6, 13.0, 20.0, 13.2))
OBSTACLES: tuple[Rect, ...] = (*(block.rect for block in BLOCKS), *_WALLS)

TILLS = tuple(Till(tuple((x + 1.05, y) for y in (10.7, 9.9, 9.15, 8.4, 7.65))) for x in _TILLS_X)

VIEWS = (
    View(1, "Entrance", (10.3, 8.6, 4.3), (4.2, 7.2, 0.0), 94.0),
    View(2, "Aisles", (12.2, 12.8, 4.3), (12.0, 7.0, 0.0), 90.0),
    View(3, "Tills", (19.4, 12.8, 4.3), (12.2, 7.4, 0.0), 84.0),
)

CROSSROADS = (
    *((x, y) for x in (6.4, 9.25, 12.05, 14.85, 17.7) for y in (1.75, 4.8, 7.7)),
    *((x, y) for x in (1.9, 5.4) for y in (2.6, 5.5, 8.6)),
    (3.7, 2.2), (3.7, 5.5), (3.7, 8.9), (3.6, 10.2), (6.4, 9.0), (5.8, 11.0), (6.0, 12.3),
    *((x + 1.05, 12.3) for x in _TILLS_X), (14.0, 12.0), (14.1, 9.8),
    (16.0, 11.6), (18.0, 9.6), (18.2, 11.4), (16.0, 8.5),
    (4.4, 12.0), (2.4, 12.0),
)  # fmt: skip

ZONES = (
    Area("entrance", "Entrance", "entry", ((1.2, 10.9), (5.0, 10.9), (5.8, 11.7), (5.8, 13.0), (1.2, 13.0))),
    Area("queue", "Queue", "queue", ((7.6, 7.3), (13.0, 7.3), (13.0, 10.3), (7.6, 10.3))),
    Area("checkout", "Checkout", "checkout", ((6.9, 10.3), (13.0, 10.3), (13.0, 11.7), (6.9, 11.7))),
    Area("fresh", "Fruit and vegetables", "shelf", ((1.0, 2.5), (5.7, 2.5), (5.7, 8.0), (1.0, 8.0))),
    Area("groceries", "Groceries", "shelf", ((5.9, 0.95), (12.05, 0.95), (12.05, 7.0), (5.9, 7.0))),
    Area("household", "Household", "shelf", ((12.05, 0.95), (19.05, 0.95), (19.05, 7.0), (12.05, 7.0))),
    Area("offers", "Special offers", "general", ((14.0, 8.6), (18.2, 8.6), (18.2, 11.3), (14.0, 11.3))),
    Area("staff", "Staff only", "forbidden", ((0.4, 0.4), (3.0, 0.4), (3.0, 1.5), (0.4, 1.5))),
)

GATES = (Gate("entrance", "Entrance", (1.4, 12.5), (5.4, 12.5), "left"),)

LABELS = (
    ("Fruit and vegetables", (3.75, 5.55), False), ("Chilled", (0.72, 6.0), True),
    ("Bakery and drinks", (11.6, 0.69), False), ("Snacks", (7.62, 4.8), True), ("Pantry", (10.42, 4.8), True),
    ("Household", (13.22, 4.8), True), ("Care", (16.02, 4.8), True),
    ("Frozen", (19.34, 5.0), True), ("Special offers", (16.0, 10.95), False),
    *((f"Till {k}", (x + 0.3, 9.5), False) for k, x in enumerate(_TILLS_X, start=1)),
    ("Entrance", (3.4, 12.2), False), ("Staff", (1.3, 0.95), False),
)  # fmt: skip
