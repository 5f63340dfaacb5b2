"""A portal on loopback that misbehaves on purpose: every way of failing a crawler meets, each at its own address."""

from tests.mockserver.server import Asked, FaultServer, refusing_port

__all__ = ["Asked", "FaultServer", "refusing_port"]
