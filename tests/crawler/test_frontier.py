"""Order, limits and pauses of what waits."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from crawler.frontier import Frontier, LanePool
from crawler.targets import Rank, State, Target, TargetRegistry


def target(registry: TargetRegistry, host: str, rank: Rank, *, internal: bool = True) -> Target:
    return registry.add(f"http://{host}/{len(registry)}", rank=rank, internal=internal)


def drain(pool: LanePool, registry: TargetRegistry, now: float = 0.0) -> Iterator[Target]:
    while (taken := pool.take(now)) is not None:
        registry.start(taken[0])
        yield taken[0]
        pool.give_back(taken[1], now)


def test_better_ranks_come_first_and_equals_in_the_order_they_were_met() -> None:
    registry, pool = TargetRegistry(), LanePool(per_lane=1, in_all=10)
    ranks = [Rank.FILE, Rank.ARTICLE, Rank.UNIT, Rank.ARTICLE, Rank.HOME]
    for rank in ranks:
        pool.push(target(registry, "a.cn", rank), 0)
    assert [one.id for one in drain(pool, registry)] == [5, 3, 2, 4, 1]


def test_a_due_second_look_comes_before_anything_new_and_within_the_limit_of_its_host() -> None:
    registry, pool = TargetRegistry(), LanePool(per_lane=1, in_all=10)
    for rank in (Rank.HOME, Rank.FILE):
        pool.push(target(registry, "a.cn", rank), 0)
    file = target(registry, "a.cn", Rank.FILE)
    pool.push_again(file, 0)
    taken = pool.take(0)
    assert taken is not None
    assert (taken[0], pool.take(0)) == (file, None)
    registry.start(file)
    pool.give_back(taken[1], 0)
    assert [one.id for one in drain(pool, registry)] == [1, 2]
    assert not pool.is_waiting()


def test_what_must_not_be_taken_now_stays_in_its_place() -> None:
    registry, pool = TargetRegistry(), LanePool(per_lane=9, in_all=9)
    pages = [target(registry, "a.cn", Rank.ARTICLE), target(registry, "b.cn", Rank.PAGE)]
    file = target(registry, "b.cn", Rank.FILE)
    for one in (*pages, file):
        pool.push(one, 0)
    taken = pool.take(0, Rank.FILE)
    assert taken is not None
    assert (taken[0], pool.take(0, Rank.FILE)) == (file, None)
    registry.start(file)
    assert list(drain(pool, registry)) == pages


def test_a_host_has_no_more_requests_under_way_than_it_may() -> None:
    registry, pool = TargetRegistry(), LanePool(per_lane=2, in_all=10)
    for _ in range(5):
        pool.push(target(registry, "a.cn", Rank.PAGE), 0)
    taken = [pool.take(0), pool.take(0)]
    assert pool.take(0) is None
    assert taken[0] is not None
    pool.give_back(taken[0][1], 0)
    assert pool.take(0) is not None


def test_hosts_take_turns_and_share_one_limit() -> None:
    registry, pool = TargetRegistry(), LanePool(per_lane=2, in_all=3)
    for host in ("a.cn", "b.cn"):
        for _ in range(4):
            pool.push(target(registry, host, Rank.PAGE), 0)
    hosts = [taken[0].host for _ in range(4) if (taken := pool.take(0)) is not None]
    assert hosts == ["a.cn", "b.cn", "a.cn"]


def test_a_paused_host_is_left_alone_until_its_time() -> None:
    registry, pool = TargetRegistry(), LanePool(per_lane=2, in_all=9)
    pool.hold("a.cn", 5, 0)
    pool.push(target(registry, "a.cn", Rank.PAGE), 0)
    pool.push(target(registry, "b.cn", Rank.PAGE), 0)
    assert [one.host for one in drain(pool, registry)] == ["b.cn"]
    assert pool.next_time() == 5
    assert [one.host for one in drain(pool, registry, now=5)] == ["a.cn"]


def test_a_promoted_target_comes_earlier_and_once() -> None:
    registry = TargetRegistry()
    frontier = Frontier(per_host=9, inside=9, per_foreign_host=9, outside=9)
    late, other = target(registry, "a.cn", Rank.PAGE), target(registry, "a.cn", Rank.ARTICLE)
    frontier.push(late, 0)
    frontier.push(other, 0)
    frontier.promote(late, Rank.UNIT, 0)
    order = []
    while (taken := frontier.take(0)) is not None:
        registry.start(taken[0])
        order.append(taken[0])
    assert order == [late, other]


def test_what_was_decided_meanwhile_is_passed_over() -> None:
    registry, pool = TargetRegistry(), LanePool(per_lane=9, in_all=9)
    gone = target(registry, "a.cn", Rank.PAGE)
    pool.push(gone, 0)
    registry.decide(gone, State.SKIPPED, "budget")
    assert pool.take(0) is None
    assert not pool.is_waiting()


def test_foreign_hosts_cannot_hold_up_the_portal() -> None:
    registry = TargetRegistry()
    frontier = Frontier(per_host=2, inside=2, per_foreign_host=1, outside=1)
    for number in range(3):
        frontier.push(target(registry, f"out{number}.cn", Rank.OUTSIDE, internal=False), 0)
    frontier.push(target(registry, "a.cn", Rank.PAGE), 0)
    first, second = frontier.take(0), frontier.take(0)
    assert first is not None
    assert second is not None
    assert (first[0].internal, second[0].internal, frontier.take(0)) == (True, False, None)


@given(
    st.lists(st.tuples(st.sampled_from(["a.cn", "b.cn", "c.cn"]), st.sampled_from(list(Rank))), max_size=60),
    st.integers(1, 3),
    st.integers(1, 5),
)
def test_everything_pushed_is_taken_once(pushed: list[tuple[str, Rank]], per_lane: int, in_all: int) -> None:
    registry, pool = TargetRegistry(), LanePool(per_lane=per_lane, in_all=in_all)
    for host, rank in pushed:
        pool.push(target(registry, host, rank), 0)
    under_way, seen = [], []
    while pool.is_waiting() or under_way:
        taken = pool.take(0)
        if taken is None:
            pool.give_back(under_way.pop(0)[1], 0)
            continue
        registry.start(taken[0])
        seen.append(taken[0].id)
        under_way.append(taken)
        assert len(under_way) <= in_all
    assert sorted(seen) == list(range(1, len(pushed) + 1))
    assert pool.active == 0


def test_a_host_that_refuses_bears_half_and_after_twenty_good_answers_double() -> None:
    registry, pool = TargetRegistry(), LanePool(per_lane=8, in_all=100)

    def at_once() -> int:
        for _ in range(10):
            pool.push(target(registry, "a.cn", Rank.PAGE), 0)
        taken = []
        while (one := pool.take(0)) is not None:
            taken.append(one)
        for one in taken:
            registry.start(one[0])
            pool.give_back(one[1], 0)
        return len(taken)

    assert at_once() == 8
    assert [pool.strike("a.cn"), at_once(), pool.strike("a.cn"), at_once()] == [1, 4, 2, 2]
    for _ in range(20):
        pool.forgive("a.cn")
    assert at_once() == 4
    for _ in range(40):
        pool.forgive("a.cn")
    assert at_once() == 8
    for _ in range(10):
        pool.strike("a.cn")
    assert at_once() == 1
