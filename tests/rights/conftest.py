"""The scene, for every test of rights."""

from tests.rights.scene import scene

__all__ = ["scene"]
