"""What the user types is never lost, and what was said can be said again."""

from overlay.bubble.drafts import MOST_KEPT, Drafts


def test_back_through_what_was_said() -> None:
    """Up and Down go through what was said, newest first, and back to the draft."""
    drafts = Drafts().typed("one").sent().typed("two").sent().typed("dra")
    assert drafts.text == "dra"
    assert drafts.older().text == "two"
    assert drafts.older().older().older().text == "one"
    assert drafts.older().older().newer().newer().newer().text == "dra"


def test_an_old_text_that_is_changed_is_the_draft() -> None:
    """Editing what was said before leaves it as it was said."""
    drafts = Drafts().typed("one").sent().older().typed("one more")
    assert (drafts.text, drafts.said) == ("one more", ("one",))
    assert drafts.sent().said == ("one", "one more")


def test_said_again_it_is_there_once() -> None:
    """What is said twice is the newest, once; and there is an end to what is kept."""
    drafts = Drafts()
    for text in ("a", "b", "a"):
        drafts = drafts.typed(text).sent()
    assert drafts.said == ("b", "a")
    for number in range(200):
        drafts = drafts.typed(str(number)).sent()
    assert len(drafts.said) == MOST_KEPT


def test_what_did_not_arrive_comes_back() -> None:
    """Words that could not be sent stand before those typed since."""
    assert Drafts().typed("lost").sent().typed("next").given_back("lost").text == "lost\nnext"
    assert Drafts().given_back("lost").text == "lost"
