"""Tests that failed are found with their line, as the programs that run them say it."""

# ruff: noqa: RUF001 - scenes are as they stand on a screen

from __future__ import annotations

from vision.understanding.error import Found
from vision.understanding.suites import suites

JEST = """ FAIL  src/sum.test.js
  ● adds 1 + 2 to equal 3

    expect(received).toBe(expected) // Object.is equality

    Expected: 4
    Received: 3

    > 4 |   expect(sum(1, 2)).toBe(4);
        |                     ^

      at Object.toBe (node_modules/expect/build/index.js:3:9)
      at Object.<anonymous> (src/sum.test.js:4:21)

Tests:       1 failed, 1 total
"""
VITEST = """ FAIL  src/a.test.ts > adds
AssertionError: expected 3 to be 4 // Object.is equality

- Expected
+ Received

 ❯ src/a.test.ts:5:18
      3|
"""
GRADLE = """AppTest > adds() FAILED
    org.opentest4j.AssertionFailedError at AppTest.java:12

1 test completed, 1 failed
"""
SHORT = """____ test_a ____
test_x.py:4: in test_a
    assert f() == 2
E   AssertionError: assert 1 == 2
E    +  where 1 = f()
____ test_b ____
test_x.py:9: in test_b
    load({})
app.py:2: in load
    return d["k"]
/usr/lib/python3.12/site-packages/lib/x.py:70: in __getitem__
    raise KeyError(key)
E   KeyError: 'k'
"""


def places(text: str) -> list[tuple[str, str, int | None, str]]:
    found: list[Found] = [*suites(text)]
    return [(each.kind, each.file, each.line, each.message) for each in found]


def test_jest_and_vitest_name_the_line_of_the_test() -> None:
    """Not the title of the test, nor a line of the library: what was expected, and where."""
    assert places(JEST) == [
        ("javascript", "src/sum.test.js", 4, "expect(received).toBe(expected) // Object.is equality")
    ]
    assert places(VITEST) == [
        ("typescript", "src/a.test.ts", 5, "AssertionError: expected 3 to be 4 // Object.is equality")
    ]


def test_a_suite_that_does_not_begin_is_named_by_its_file() -> None:
    """There is no line then."""
    text = " FAIL  src/b.test.js\n  ● Test suite failed to run\n\n    Cannot find module './x' from 'src/b.test.js'\n"
    assert places(text) == [("javascript", "src/b.test.js", None, "Cannot find module './x' from 'src/b.test.js'")]


def test_what_a_reader_of_pictures_leaves_is_enough() -> None:
    """It loses letters that stand alone, and empty lines: so these were really read."""
    short = "pyt.py:6: in test_b\nf({})\npyt.py:2: in f\nreturn d['k']\nAAA AAA\nKeyError: 'k'\n2 failed in 3.25s"
    assert places(short) == [("python", "pyt.py", 2, "KeyError: 'k'")]
    jest = "FAIL src/sum.test.js\n@adds 1 +2 to equal 3\nexpect(received).toBe(expected)\nExpected: 4\n"
    jest += "at Object.<anonymous> (src/sum.test.js:4:21)"
    assert places(jest) == [("javascript", "src/sum.test.js", 4, "expect(received).toBe(expected)")]


def test_gradle_names_the_line() -> None:
    """In the words between the name of the test and the sum."""
    assert places(GRADLE) == [("java", "AppTest.java", 12, "AssertionFailedError")]


def test_pytest_in_short_is_followed_into_the_users_own_code() -> None:
    """Each test once; the deepest line that is no library's."""
    assert places(SHORT) == [
        ("python", "test_x.py", 4, "AssertionError: assert 1 == 2"),
        ("python", "app.py", 2, "KeyError: 'k'"),
    ]
