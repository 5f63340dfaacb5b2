"""No name and no number leads into our own network."""

import pytest
from twisted.internet.address import IPv4Address, IPv6Address

from crawler.resolver import GuardedResolver, is_private, was_refused


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "172.16.0.1",
        "169.254.169.254",
        "0.0.0.0",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "[::1]",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:10.0.0.1",
        "localhost",
        "LOCALHOST.",
    ],
)
def test_addresses_of_our_own_network_are_private(host: str) -> None:
    assert is_private(host)


@pytest.mark.parametrize("host", ["202.106.0.20", "2400:3200::1", "www.example.gov.cn", "10.example.gov.cn", ""])
def test_public_addresses_and_names_are_not(host: str) -> None:
    assert not is_private(host)


class Inner:
    """A resolver that knows its answers."""

    def __init__(self, *addresses: str) -> None:
        self.addresses = addresses

    def resolveHostName(self, receiver, name, port=0, types=None, semantics="TCP"):  # noqa: N802  Twisted's name
        receiver.resolutionBegan(self)
        for address in self.addresses:
            kind = IPv6Address if ":" in address else IPv4Address
            receiver.addressResolved(kind("TCP", address, port))
        receiver.resolutionComplete()
        return self


class Receiver:
    def __init__(self) -> None:
        self.got: list[str] = []
        self.done = False

    def resolutionBegan(self, resolution) -> None:  # noqa: N802  Twisted's name
        pass

    def addressResolved(self, address) -> None:  # noqa: N802  Twisted's name
        self.got.append(address.host)

    def resolutionComplete(self) -> None:  # noqa: N802  Twisted's name
        self.done = True


def resolve(name: str, *addresses: str, allow_private: bool = False) -> list[str]:
    receiver = Receiver()
    GuardedResolver(Inner(*addresses), None, allow_private=allow_private).resolveHostName(receiver, name)
    assert receiver.done
    return receiver.got


def test_a_name_that_resolves_into_our_network_resolves_to_nothing() -> None:
    assert resolve("inside.example.cn", "10.0.0.5", "::1") == []
    assert was_refused("inside.example.CN")


def test_a_name_with_a_public_address_keeps_that_one_only() -> None:
    assert resolve("both.example.cn", "127.0.0.1", "202.106.0.20") == ["202.106.0.20"]
    assert not was_refused("both.example.cn")


def test_a_name_that_does_not_exist_is_not_refused() -> None:
    assert resolve("nothing.example.cn") == []
    assert not was_refused("nothing.example.cn")


def test_everything_passes_when_private_addresses_are_allowed() -> None:
    assert resolve("lab.example.cn", "10.0.0.5", allow_private=True) == ["10.0.0.5"]


def test_the_host_of_a_proxy_passes(monkeypatch) -> None:
    monkeypatch.setenv("http_proxy", "http://proxy.inside:3128")
    assert resolve("proxy.inside", "10.0.0.9") == ["10.0.0.9"]
    assert resolve("other.inside", "10.0.0.9") == []
