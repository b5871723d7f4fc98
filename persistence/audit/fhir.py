"""A line of the audit as an AuditEvent of FHIR R4B (hl7.org/fhir/R4B/auditevent.html)."""

from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Any, Final

from fhir.resources.R4B.auditevent import AuditEvent

from persistence.audit.meanings import MEANINGS, OTHER
from persistence.audit.tables import Audit

DICOM: Final = "http://dicom.nema.org/resources/ontology/DCM"
OURS: Final = "urn:curbside"
OUTCOMES: Final = {"ok": "0", "refused": "4", "failed": "8"}


def audit_event(line: Audit) -> str:
    """The resource, JSON on one line."""
    meaning = MEANINGS.get(line.act, OTHER)
    event = AuditEvent.model_validate(
        {
            "id": f"{line.chain}.{line.number}",
            "type": {"system": DICOM, "code": meaning.code, "display": meaning.display},
            "subtype": [{"system": f"{OURS}:act", "code": line.act}],
            "action": meaning.action,
            "recorded": datetime.fromtimestamp(line.at / 1_000, UTC),
            "outcome": OUTCOMES[line.outcome],
            "purposeOfEvent": [{"text": line.reason}] if line.reason else None,
            "agent": [_agent(line)],
            "source": {"observer": _named("process", line.chain)},
            "entity": _entities(line) or None,
        }
    )
    return str(event.model_dump_json())


def _agent(line: Audit) -> dict[str, Any]:
    agent: dict[str, Any] = {
        "who": _named("person", line.person) if line.person else {"display": "unknown"},
        "requestor": line.person != "system",
    }
    if line.address:
        agent["network"] = {"address": line.address, "type": "2" if _is_ip(line.address) else "1"}
    return agent


def _entities(line: Audit) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if line.room:
        found.append({"what": _named("case", line.room)})
    if line.subject:
        found.append({"what": _named("subject", line.subject)})
    if line.detail:
        detail = [{"type": "detail", "valueString": line.detail}]
        found[:1] = [{**(found[0] if found else {"name": line.act}), "detail": detail}]
    return found


def _named(kind: str, value: str) -> dict[str, Any]:
    return {"identifier": {"system": f"{OURS}:{kind}", "value": value}}


def _is_ip(address: str) -> bool:
    try:
        ip_address(address)
    except ValueError:
        return False
    return True
