"""The scene of rights: hostile requests are tried on it too."""

from tests.rights.scene import scene

__all__ = ["scene"]
