"""What somebody in the story declares of their interests: eve, who says nothing in any case."""

from typing import Any, Final

from tests.endtoend.callers import Callers

_SPEAKER: Final[dict[str, Any]] = {
    "payer": "Acme Pharma",
    "payer_kind": "drug",
    "nature": "speaker",
    "products": ["fomepizole", "amiodarone"],
    "since": "2024-03",
    "band": "under_5000",
}
_OWNER: Final[dict[str, Any]] = {
    "payer": "Bolt Devices",
    "payer_kind": "device",
    "nature": "ownership",
    "since": "2019",
    "until": "2025-06",
    "band": "none",
}


async def declare_interests(callers: Callers) -> None:
    """Two of eve's."""
    for said in (_SPEAKER, _OWNER):
        answer = await callers.request("POST", "/api/me/interests", "eve", json=said)
        assert answer.status_code == 201, answer.text
