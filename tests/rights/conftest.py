"""The scene, for every test of rights."""

from tests.rights.staging import scene

__all__ = ["scene"]
