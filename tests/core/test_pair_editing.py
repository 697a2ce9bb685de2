"""Pairs by gesture: every press, drag and key, without a window."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from heatmap_gui.core.pair_editing import Landmarks, PairEdit, PairEditor, Pairs, Side

REACH = 10.0


def _editor(*pairs: tuple[float, float, float, float]) -> PairEditor:
    editor = PairEditor()
    rows = np.array(pairs, np.float64).reshape(-1, 4)
    editor.show(Pairs.of(rows[:, :2], rows[:, 2:]))
    return editor


def _click(editor: PairEditor, side: Side, x: float, y: float) -> PairEdit | None:
    """And what comes of it is taken."""
    edit = editor.press(side, x, y, REACH)
    editor.release()
    if edit is not None:
        editor.show(edit.pairs)
    return edit


def test_two_clicks_make_a_pair_whichever_picture_is_first() -> None:
    editor = _editor()
    assert _click(editor, "image", 100, 50) is None
    edit = _click(editor, "plan", 7, 8)
    assert edit is not None and (edit.deed, edit.number) == ("add", 0)
    assert _click(editor, "plan", 30, 40) is None
    _click(editor, "image", 300, 200)
    assert editor.pairs.image.tolist() == [[100, 50], [300, 200]]
    assert editor.pairs.plan.tolist() == [[7, 8], [30, 40]]
    assert editor.pairs.used.all()
    assert editor.selected == 1
    assert editor.begun is None


def test_a_second_click_in_the_same_picture_moves_what_is_begun() -> None:
    editor = _editor((100, 50, 7, 8))
    _click(editor, "image", 200, 90)
    _click(editor, "image", 210, 95)
    assert editor.begun is not None
    assert editor.begun[1].tolist() == [210, 95]
    assert len(editor.pairs) == 1


def test_a_point_that_is_pressed_is_selected_and_follows_the_pointer() -> None:
    editor = _editor((100, 50, 7, 8), (300, 50, 70, 8))
    assert editor.press("image", 303, 52, REACH) is None
    assert editor.selected == 1
    assert editor.move("image", 304, 52) is None, "a hand that clicks is not quite still"
    edit = editor.move("image", 320, 60)
    assert edit is not None and edit.deed == "move"
    assert edit.pairs.image.tolist() == [[100, 50], [320, 60]]
    assert edit.pairs.plan.tolist() == [[7, 8], [70, 8]]
    editor.release()
    assert editor.move("image", 400, 60) is None


def test_a_new_point_follows_the_pointer_until_it_is_let_go() -> None:
    editor = _editor()
    _click(editor, "image", 100, 50)
    edit = editor.press("plan", 7, 8, REACH)
    assert edit is not None
    editor.show(edit.pairs)
    edit = editor.move("plan", 17, 18)
    assert edit is not None and edit.pairs.plan.tolist() == [[17, 18]]


def test_nudge_moves_the_point_in_hand() -> None:
    editor = _editor((100, 50, 7, 8))
    assert editor.nudge(1, 0) is None
    editor.press("plan", 7, 8, REACH)
    edit = editor.nudge(0, -0.5)
    assert edit is not None and edit.deed == "nudge"
    assert edit.pairs.plan.tolist() == [[7, 7.5]]
    editor.cancel()
    _click(editor, "image", 200, 90)
    assert editor.nudge(1, 0) is None
    assert editor.begun is not None and editor.begun[1].tolist() == [201, 90]


def test_delete_and_hold_out() -> None:
    editor = _editor((100, 50, 7, 8), (300, 50, 70, 8))
    held = editor.hold_out(0, True)
    assert (held.deed, held.pairs.used.tolist()) == ("hold out", [False, True])
    editor.show(held.pairs)
    assert editor.hold_out(0, False).pairs.used.all()
    editor.selected = 0
    edit = editor.delete()
    assert edit is not None and edit.deed == "delete"
    assert edit.pairs.image.tolist() == [[300, 50]]
    assert edit.pairs.used.tolist() == [True]
    assert editor.delete() is None


def test_escape_lets_go_of_what_is_begun_first() -> None:
    editor = _editor((100, 50, 7, 8))
    editor.selected = 0
    editor.begun = ("image", np.array([3.0, 4.0]))
    assert editor.cancel() and editor.begun is None and editor.selected == 0
    assert editor.cancel() and editor.selected is None
    assert not editor.cancel()


def test_tab_goes_round() -> None:
    editor = _editor((100, 50, 7, 8), (300, 50, 70, 8))
    editor.next(1)
    first = editor.selected
    editor.next(1)
    second = editor.selected
    editor.next(1)
    assert (first, second, editor.selected) == (0, 1, 0)
    editor.next(-1)
    assert editor.selected == 1


def test_what_is_not_there_any_more_is_not_selected() -> None:
    editor = _editor((100, 50, 7, 8), (300, 50, 70, 8))
    editor.selected = 1
    editor.show(editor.pairs.without(0))
    assert editor.selected is None


MARKS = Landmarks(np.array([[50.0, 60.0], [70.0, 80.0], [90.0, 20.0]]), ("till", "", "pillar"), 8.0)


def _take(editor: PairEditor, edit: PairEdit | None, marks: Landmarks = MARKS) -> PairEdit:
    assert edit is not None
    editor.show(edit.pairs, marks)
    return edit


def test_a_pair_is_named_and_keeps_its_name() -> None:
    editor = _editor((100, 50, 7, 8), (300, 50, 70, 8))
    edit = editor.name(1, "  till ")
    assert (edit.deed, edit.pairs.names) == ("name", ("", "till"))
    assert not edit.pairs.same(editor.pairs)
    editor.show(edit.pairs)
    assert editor.pairs.without(0).names == ("till",)
    assert editor.pairs.moved(1, "plan", np.array([1.0, 2.0])).names == ("", "till")


def test_a_click_on_the_plan_beside_a_landmark_is_that_landmark() -> None:
    editor = _editor()
    editor.show(editor.pairs, MARKS)
    editor.press("image", 300, 200, REACH)
    edit = _take(editor, editor.press("plan", 54, 63, REACH))
    assert edit.pairs.plan.tolist() == [[50, 60]] and edit.pairs.names == ("till",)
    assert editor.move("plan", 55, 63) is None, "it holds its place against a hand that trembles"
    moved = editor.move("plan", 80, 63)
    assert moved is not None and moved.pairs.plan.tolist() == [[80, 63]]
    editor.release()
    assert editor.press("plan", 93, 24, REACH) is None
    assert editor.begun is not None and editor.begun[1].tolist() == [90, 20]
    editor.release()
    editor.press("plan", 90, 29, REACH)
    assert editor.begun[1].tolist() == [90, 29], "beside it is another place"


def test_landmarks_that_are_offered_are_clicked_in_the_picture_only() -> None:
    editor = _editor()
    editor.show(editor.pairs, MARKS)
    editor.offer(0)
    edit = _take(editor, editor.press("image", 300, 200, REACH))
    assert edit.pairs.plan.tolist() == [[50, 60]] and edit.pairs.names == ("till",)
    assert editor.offering and editor.begun is None
    editor.offer(1)
    dragged = editor.move("image", 330, 210)
    assert dragged is not None and dragged.pairs.image.tolist() == [[330, 210]], "the hand still holds its point"
    editor.release()
    editor.skip()
    assert editor.left == [0, 2] and editor.begun is None
    editor.offer(2)
    assert editor.cancel() and not editor.offering
    editor.clear()
    assert editor.left == [0, 1, 2], "another camera may see it"


def test_a_click_elsewhere_on_the_plan_ends_the_offer() -> None:
    editor = _editor()
    editor.show(editor.pairs, MARKS)
    editor.offer(0)
    editor.press("plan", 200, 200, REACH)
    assert not editor.offering and editor.begun is not None and editor.begun[1].tolist() == [200, 200]
    editor.offer(0)
    editor.delete()
    assert not editor.offering and editor.begun is None


GESTURES = st.lists(
    st.tuples(
        st.sampled_from(["press", "move", "release", "nudge", "next", "delete", "hold", "cancel", "offer", "skip"]),
        st.sampled_from(["image", "plan"]), st.integers(0, 100), st.integers(0, 100),
    ),
    max_size=40,
)  # fmt: skip


@given(GESTURES)
@settings(max_examples=200, deadline=None)
def test_whatever_the_hand_does_pairs_stay_whole(gestures: list[tuple[str, Side, int, int]]) -> None:
    editor = PairEditor()
    for what, side, x, y in gestures:
        edit: PairEdit | None = None
        if what == "press":
            edit = editor.press(side, x, y, REACH)
        elif what == "move":
            edit = editor.move(side, x, y)
        elif what == "release":
            editor.release()
        elif what == "nudge":
            edit = editor.nudge(x - 50, y - 50)
        elif what == "next":
            editor.next(1 if x > 50 else -1)
        elif what == "delete":
            edit = editor.delete()
        elif what == "hold" and len(editor.pairs):
            edit = editor.hold_out(x % len(editor.pairs), y > 50)
        elif what == "cancel":
            editor.cancel()
        elif what == "offer" and editor.left:
            editor.offer(editor.left[0])
        elif what == "skip":
            editor.skip()
        before = len(editor.pairs)
        if edit is not None:
            assert len(edit.pairs) - before == {"add": 1, "delete": -1}.get(edit.deed, 0)
            editor.show(edit.pairs, MARKS)
        pairs = editor.pairs
        assert len(pairs.image) == len(pairs.plan) == len(pairs.used) == len(pairs.names)
        assert editor.selected is None or 0 <= editor.selected < len(pairs)
        assert not (editor.offering and editor.begun is not None and editor.begun[0] == "image")
