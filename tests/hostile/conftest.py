"""The scene of rights: hostile requests are tried on it too."""

from tests.rights.staging import scene

__all__ = ["scene"]
