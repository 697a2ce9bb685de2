"""What an undo takes back: against a list of states kept by hand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from heatmap_gui.core.editing import History

MOVES = st.lists(st.one_of(st.integers(0, 99), st.sampled_from(["undo", "redo"])), max_size=60)


@given(MOVES)
def test_undo_and_redo_walk_along_all_states(moves: list[int | str]) -> None:
    history, states, at = History(-1), [-1], 0
    for move in moves:
        if move == "undo":
            assert history.undo() == (at > 0)
            at = max(0, at - 1)
        elif move == "redo":
            assert history.redo() == (at < len(states) - 1)
            at = min(len(states) - 1, at + 1)
        else:
            assert isinstance(move, int)
            history.put(move, f"put {move}")
            states, at = [*states[: at + 1], move], at + 1
        assert history.value == states[at]
        assert history.undoes == (f"put {states[at]}" if at else "")
        assert history.redoes == (f"put {states[at + 1]}" if at + 1 < len(states) else "")


def test_a_drag_is_one_step_until_it_ends() -> None:
    history = History(0)
    for value in (1, 2, 3):
        history.put(value, "move", "move zone 1")
    history.put(4, "move", "move zone 2")
    history.part()
    history.put(5, "move", "move zone 2")
    walked = []
    while history.undo():
        walked.append(history.value)
    assert walked == [4, 3, 0]


def test_a_joined_edit_after_an_undo_is_a_step_of_its_own() -> None:
    history = History(0)
    history.put(1, "move", "drag")
    history.put(2, "turn", "turn")
    history.undo()
    history.put(3, "move", "drag")
    assert history.undo()
    assert history.value == 1


def test_the_past_is_bounded() -> None:
    history = History(0)
    for value in range(1, 1001):
        history.put(value, "count")
    steps = 0
    while history.undo():
        steps += 1
    assert 100 <= steps < 1000
