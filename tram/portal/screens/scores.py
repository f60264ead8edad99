"""What asks a reader for a score under an article or a document (portal/_rating.html)."""

from typing import Any

from tram.visits.queries import ratings_of, scores, votes_needed


def scored(ref: str) -> dict[str, Any]:
    """The five scores with their words, from how many votes on they are shown, and how the page stands. One query."""
    return {"ref": ref, "scores": scores(), "needed": votes_needed(), "stars": ratings_of([ref]).get(ref)}
