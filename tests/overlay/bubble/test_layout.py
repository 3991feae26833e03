"""What stands on the card has room, and nothing covers anything else."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from alisa.protocol.messages import Action
from overlay.bubble.layout import MOST_LINES, Measures, Part, arrange, fits, runs_leftwards
from overlay.bubble.notes import Kind, Note
from overlay.bubble.palette import BY_DAY
from overlay.bubble.questions import question_of
from overlay.bubble.shown import View


@dataclass(frozen=True)
class Letters:
    """Letters that are all as wide."""

    each: int
    line: int

    def measure(self, text: str) -> int:
        return self.each * len(text)


MEASURES = Measures(width=300, pad=12, gap=8, inner=6, words=Letters(8, 16), notes=Letters(7, 14))
QUESTION = question_of(Action("a", "T", "t"), 0)


def test_words_alone_make_a_small_card() -> None:
    """A short sentence has a card of its size."""
    layout = arrange(View("Hello"), (0, 0), MEASURES, BY_DAY)
    assert layout.size == (5 * 8 + 24, 16 + 24)
    assert layout.ground == BY_DAY.ground


def test_the_product_speaks_on_its_own_ground() -> None:
    """A note beside her words stands on a strip, alone it colours the card: it never looks like her words."""
    trouble = Note("Away.", "Start it.", Kind.TROUBLE)
    both = arrange(View("Hello", trouble), (0, 0), MEASURES, BY_DAY)
    assert both.ground == BY_DAY.ground
    assert [colour for _, colour in both.strips] == [BY_DAY.trouble_ground]
    assert all(block.ground == BY_DAY.trouble_ground for block in both.blocks if block.part is not Part.WORDS)
    assert arrange(View(note=trouble), (0, 0), MEASURES, BY_DAY).ground == BY_DAY.trouble_ground
    assert arrange(View(note=Note("Hi.")), (0, 0), MEASURES, BY_DAY).ground == BY_DAY.note_ground


texts = st.text(st.sampled_from("abc defgh。日 \n"), max_size=200).filter(str.strip)
notes = st.none() | st.builds(Note, texts, st.just("") | texts, st.sampled_from(Kind))


@given(st.just("") | texts, notes, st.none() | st.just(QUESTION), st.tuples(st.integers(50, 300), st.integers(30, 200)))
def test_nothing_covers_anything(words: str, note: Note | None, question: None, form: tuple[int, int]) -> None:
    """Every part is inside the card, below the one before it, and strips hold their letters."""
    shown = View(words, note, question)
    if shown.is_empty:
        return
    layout = arrange(shown, form, MEASURES, BY_DAY)
    width, height = layout.size
    assert width <= MEASURES.width + 2 * MEASURES.pad
    bottom = 0
    for block in layout.blocks:
        x0, y0, x1, y1 = block.box
        assert MEASURES.pad <= x0 < x1 <= width - MEASURES.pad
        assert bottom <= y0 < y1 <= height - MEASURES.pad
        bottom = y1
    for x0, y0, x1, y1 in (box for box, _ in layout.strips):
        assert 0 < x0 < x1 <= width - MEASURES.pad
        held = [block.box for block in layout.blocks if block.part in (Part.NOTE, Part.HINT)]
        assert all(x0 < box[0] and box[2] < x1 and y0 < box[1] and box[3] < y1 for box in held)


def test_what_fits_is_a_number_of_lines() -> None:
    """Seven lines fit, eight do not."""
    assert fits("a\n" * (MOST_LINES - 1) + "a", MEASURES)
    assert not fits("a\n" * MOST_LINES + "a", MEASURES)


def test_scripts_that_run_leftwards_begin_on_the_right() -> None:
    """The first letter with a direction decides."""
    assert runs_leftwards("123 שלום")
    assert not runs_leftwards("Hello שלום")
    assert not runs_leftwards("…")
