"""Every address once, redirects resolved, counts kept."""

from hypothesis import given
from hypothesis import strategies as st

from crawler.facts import DataRequest
from crawler.targets import State, TargetRegistry, data_key

A, B, C = (f"http://www.example.gov.cn/{name}.html" for name in "abc")


def test_two_spellings_of_an_address_are_one_target() -> None:
    registry = TargetRegistry()
    target = registry.add("http://www.example.gov.cn/list.jsp?b=2&a=1")
    assert registry.get("https://example.gov.cn/list.jsp?a=1&b=2") is target
    assert registry.get("http://www.example.gov.cn/list.jsp;jsessionid=9?b=2&a=1") is target
    assert registry.get(A) is None


def test_a_redirect_ends_where_the_last_one_leads() -> None:
    registry = TargetRegistry()
    first, second, third = (registry.add(url) for url in (A, B, C))
    first.alias, second.alias = second, third
    registry.decide(first, State.REDIRECTED)
    registry.decide(second, State.REDIRECTED)
    assert first.end() is third


def test_a_circle_of_redirects_ends_with_itself() -> None:
    registry = TargetRegistry()
    first, second = registry.add(A), registry.add(B)
    first.alias, second.alias = second, first
    registry.decide(first, State.REDIRECTED)
    registry.decide(second, State.REDIRECTED)
    assert first.end() is first


@given(st.lists(st.tuples(st.integers(0, 4), st.sampled_from(list(State))), max_size=40))
def test_counts_by_state_always_add_up(changes: list[tuple[int, State]]) -> None:
    registry = TargetRegistry()
    targets = [registry.add(f"http://x.cn/{number}") for number in range(5)]
    for number, state in changes:
        if state is State.ACTIVE:
            registry.start(targets[number])
        else:
            registry.decide(targets[number], state)
    assert registry.counts.total() == len(registry) == 5
    assert all(registry.counts[state] == sum(target.state is state for target in targets) for state in State)


def test_the_same_address_asked_with_another_body_is_another_target() -> None:
    plain = DataRequest(url=A, reader="x")
    first, second = (DataRequest(url=A, reader="x", method="POST", body=f"page={page}") for page in (1, 2))
    assert len({data_key(plain), data_key(first), data_key(second)}) == 3
    registry = TargetRegistry()
    assert registry.add(A) is registry.by_key(data_key(plain))
