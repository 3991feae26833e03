"""A question for consent shows everything as data, and does not stand for ever."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alisa.protocol.messages import Action
from overlay.bubble.questions import DEFAULT_SECONDS, MOST_QUESTIONS, Question, asked, question_of


def test_title_and_details_are_data() -> None:
    """What the wire says is shown as it is, on one line each, and cannot turn or break lines."""
    question = question_of(
        Action("a1", "Open\u202e\nDeny", "t", {"app_name": "Firefox", "args": ["-x", "y"], "n": 3, "ok": True}), 10.0
    )
    assert question.title == "Open ⏎ Deny"
    assert question.details == (("app name", "Firefox"), ("args", '["-x","y"]'), ("n", "3"), ("ok", "yes"))
    assert question.expires_at == 10.0 + DEFAULT_SECONDS
    assert "t" not in repr(question).split("token")[1:]


def test_what_is_left_out_is_counted() -> None:
    """Long values lose their middle and long lists their end, and the question says how much."""
    question = question_of(Action("a", "T", "t", {**{str(n): n for n in range(30)}, "0": "x" * 10_000}), 0)
    assert "more characters" in question.details[0][1]
    assert len(question.details[0][1]) < 300
    assert question.details[-1] == ("…", "and 22 more")


@pytest.mark.parametrize(
    ("term", "seconds"), [(30, 30.0), (0, 5.0), (10**9, 3600.0), ("soon", 120.0), (True, 120.0), (None, 120.0)]
)
def test_the_hub_says_how_long_a_question_stands(term: object, seconds: float) -> None:
    """`expires_seconds` in the details is its term, within reason, and no detail to look at."""
    question = question_of(Action("a", "T", "t", {"expires_seconds": term}), 0)
    assert (question.expires_at, question.details) == (seconds, ())


json_values = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=True) | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.text(), st.dictionaries(st.text(), json_values, max_size=12))
def test_any_question_can_be_shown(title: str, details: dict[str, object]) -> None:
    """Whatever stands in a question, it has a title and bounded rows of one line."""
    question = question_of(Action("a", title, "t", details), 0)
    assert question.title
    assert len(question.details) <= 9
    assert all(name and value and "\n" not in name + value and len(value) < 320 for name, value in question.details)


def test_a_question_asked_again_keeps_its_place() -> None:
    """The queue holds an action once, with its newest token, and a flood of questions has an end."""
    queue: tuple[Question, ...] = ()
    for number in range(100):
        queue = asked(queue, question_of(Action(str(number), "T", "t"), 0))
    assert [question.action for question in queue] == [str(number) for number in range(MOST_QUESTIONS)]
    queue = asked(queue, question_of(Action("3", "T", "new"), 0))
    assert (queue[3].action, queue[3].token, len(queue)) == ("3", "new", MOST_QUESTIONS)
