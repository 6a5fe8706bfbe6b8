"""What a build remembers of an earlier one: every answer for the very same question, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from book.cache import Cache, kept_cache


class Work:
    """Counts how often it is done."""

    def __init__(self) -> None:
        self.done = 0

    def __call__(self) -> int:
        self.done += 1
        return self.done


@pytest.fixture
def work() -> Work:
    return Work()


def test_without_a_file_an_answer_is_worked_out_once(work: Work) -> None:
    cache = Cache()
    assert [cache.answer("q", b"x", work), cache.answer("q", b"x", work), Cache().answer("q", b"x", work)] == [1, 1, 2]


def test_an_answer_is_remembered_by_question_and_what_is_given(tmp_path: Path, work: Work) -> None:
    for _ in range(2):
        with kept_cache(tmp_path, "program") as cache:
            answers = [cache.answer(*asked, work) for asked in (("q", b"x"), ("q", b"y"), ("p", b"x"), ("q", b"x"))]
        assert answers == [1, 2, 3, 1]


def test_another_program_works_everything_out(tmp_path: Path, work: Work) -> None:
    for program in ("one", "another"):
        with kept_cache(tmp_path, program) as cache:
            cache.answer("q", b"x", work)
    assert work.done == 2


def test_what_is_not_asked_for_any_more_is_forgotten(tmp_path: Path, work: Work) -> None:
    for given in (b"x", b"y", b"x"):
        with kept_cache(tmp_path, "program") as cache:
            cache.answer("q", given, work)
    assert work.done == 3


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"program": "program"}', '{"program": "program", "answers": 3}'])
def test_a_broken_file_is_no_memory(tmp_path: Path, work: Work, broken: str) -> None:
    (tmp_path / "q.json").write_text(broken)
    with kept_cache(tmp_path, "program") as cache:
        assert cache.answer("q", b"x", work) == 1


def test_an_error_is_not_remembered(tmp_path: Path, work: Work) -> None:
    with pytest.raises(ZeroDivisionError), kept_cache(tmp_path, "program") as cache:
        cache.answer("q", b"x", lambda: 1 // 0)
    with kept_cache(tmp_path, "program") as cache:
        assert cache.answer("q", b"x", work) == 1


def test_each_question_has_a_file_that_is_written_when_its_answers_change(tmp_path: Path, work: Work) -> None:
    def ask(*asked: tuple[str, bytes]) -> dict[str, int]:
        with kept_cache(tmp_path, "program") as cache:
            for each in asked:
                cache.answer(*each, work)
        return {path.stem: path.stat().st_ino for path in tmp_path.iterdir()}

    before = ask(("q", b"x"), ("p", b"x"))
    after = ask(("q", b"x"), ("p", b"y"))
    assert before.keys() == after.keys() == {"p", "q"}
    assert (before["q"], before["p"] == after["p"]) == (after["q"], False)
    assert ask(("q", b"x")).keys() == {"q"}


def test_a_former_cache_that_is_at_hand_is_not_read_again(tmp_path: Path, work: Work) -> None:
    with kept_cache(tmp_path, "program") as former:
        former.answer("q", b"x", work)
    (tmp_path / "q.json").write_text("{")
    with kept_cache(tmp_path, "program", former) as cache:
        assert cache.answer("q", b"x", work) == 1


def test_answers_that_are_taken_over_are_kept(tmp_path: Path, work: Work) -> None:
    with kept_cache(tmp_path, "program") as former:
        former.answer("q", b"x", work)
    with kept_cache(tmp_path, "program", former) as cache:
        cache.ask_again("q", former)
    with kept_cache(tmp_path, "program") as later:
        assert later.answer("q", b"x", work) == 1
