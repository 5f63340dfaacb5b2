"""A host that answers nothing is given up, named as such, and taken up again when it is back."""

from crawler.addresses import host_of
from crawler.breaker import HOST_DOWN, PATIENCE, Breaker
from crawler.facts import FailureKind as Kind
from crawler.targets import State, TargetRegistry

HOST = "http://www.example.org"
NAME = host_of(HOST)


def silenced(times: int) -> Breaker:
    breaker = Breaker()
    for _ in range(times):
        breaker.note(NAME, Kind.TIMEOUT_CONNECT)
    return breaker


def test_many_silent_addresses_in_a_row_give_the_host_up() -> None:
    target = TargetRegistry().add(f"{HOST}/a")
    assert silenced(PATIENCE - 1).refuse(target) is None
    assert silenced(PATIENCE).refuse(target) == HOST_DOWN
    assert silenced(PATIENCE).refuse(TargetRegistry().add("http://other.example.org/")) is None


def test_an_answer_of_any_kind_is_no_silence() -> None:
    breaker = silenced(PATIENCE - 1)
    breaker.note(NAME, Kind.NOT_FOUND)
    breaker.note(NAME, Kind.TIMEOUT_CONNECT)
    assert breaker.refuse(TargetRegistry().add(f"{HOST}/a")) is None


def test_what_was_left_comes_back_with_the_host() -> None:
    breaker, registry = silenced(PATIENCE), TargetRegistry()
    left, other = registry.add(f"{HOST}/a"), registry.add("http://other.example.org/")
    registry.decide(left, State.SKIPPED, str(breaker.refuse(left)))
    registry.decide(other, State.SKIPPED, "budget")
    assert breaker.note(NAME, Kind.RESET) is False
    assert breaker.note(NAME, None) is True
    assert breaker.left(registry, NAME) == [left]
    assert breaker.note(NAME, None) is False


def test_an_interruption_does_not_make_it_ask_again() -> None:
    breaker, registry = Breaker(), TargetRegistry()
    breaker.restore(registry.add(f"{HOST}/a"))
    assert breaker.refuse(registry.add(f"{HOST}/b")) == HOST_DOWN
