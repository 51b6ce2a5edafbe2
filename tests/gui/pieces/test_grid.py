from hypothesis import given
from hypothesis import strategies as st

from portfolio_desktop.gui.pieces.grid import GAP, MARGIN, Grid, Sizes

SIZES = Sizes(180, 110, 36)


@st.composite
def grids(draw: st.DrawFn) -> tuple[Grid, int, list[int]]:
    """A grid of some groups, or of none; how many lines it has, and where its headings stand."""
    groups = draw(st.lists(st.integers(1, 23), max_size=5))
    loose = draw(st.integers(0, 40)) if not groups else 0
    headings, count = [], loose
    for size in groups:
        headings.append(count)
        count += 1 + size
    return Grid(count, headings, draw(st.integers(0, 1500)), SIZES), count, headings


@given(grids())
def test_nothing_lies_on_anything_else_and_all_of_it_is_inside(made: tuple[Grid, int, list[int]]) -> None:
    grid, count, _headings = made
    areas = [grid.rect(place) for place in range(count)]
    for at, (left, top, width, height) in enumerate(areas):
        assert top + height <= grid.height
        for other_left, other_top, other_width, other_height in areas[at + 1 : at + 30]:
            apart = (
                left + width <= other_left
                or other_left + other_width <= left
                or top + height <= other_top
                or other_top + other_height <= top
            )
            assert apart


@given(grids())
def test_every_place_is_found_where_it_is(made: tuple[Grid, int, list[int]]) -> None:
    grid, count, headings = made
    for place in range(count):
        left, top, width, height = grid.rect(place)
        assert grid.at(left + width // 2, top + height // 2) == place
        if place not in headings:
            assert grid.near(left + width // 2, top + height // 2) == place
    assert grid.at(5, grid.height + 50) is None


@given(grids(), st.integers(0, 3000), st.integers(1, 900))
def test_what_can_be_seen_is_what_lies_between(made: tuple[Grid, int, list[int]], top: int, room: int) -> None:
    grid, count, _headings = made
    seen = grid.seen(top, top + room)
    wanted = [p for p in range(count) if grid.rect(p)[1] < top + room and grid.rect(p)[1] + grid.rect(p)[3] > top]
    assert set(wanted) <= set(seen)
    assert len(seen) <= len(wanted) + 2 * grid.columns
    assert seen == sorted(set(seen))


@given(grids(), st.data())
def test_keys_go_to_cards_only_and_every_card_is_reached(
    made: tuple[Grid, int, list[int]], data: st.DataObject
) -> None:
    grid, count, headings = made
    cards = [place for place in range(count) if place not in headings]
    if not cards:
        return
    place = data.draw(st.sampled_from(cards))
    for lines, steps in ((1, 0), (-1, 0), (0, 1), (0, -1), (3, 0), (-3, 0)):
        assert grid.moved(place, lines, steps) in cards
    walked, at = [cards[0]], cards[0]
    while (following := grid.moved(at, 0, 1)) != at:
        at = following
        walked.append(at)
    assert walked == cards
    while (before := grid.moved(at, 0, -1)) != at:
        at = before
    assert at == cards[0]


def test_up_and_down_keep_the_column_over_a_heading() -> None:
    grid = Grid(1 + 5 + 1 + 2, [0, 6], 2 * MARGIN + 3 * 180 + 2 * GAP, SIZES)
    assert grid.columns == 3
    assert grid.moved(2, 1) == 5
    assert grid.moved(3, 1) == 5, "the last one of a shorter line"
    assert grid.moved(5, 1) == 8
    assert grid.moved(8, -1) == 5
    assert grid.moved(8, 1) == 8
    assert grid.moved(1, -1) == 1


def test_one_column_at_least() -> None:
    assert Grid(3, [], 10, SIZES).columns == 1
    assert Grid(0, [], 500, SIZES).height == 0
