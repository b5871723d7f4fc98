"""A line of the audit as an AuditEvent of FHIR R4B (hl7.org/fhir/R4B/auditevent.html)."""

from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Any, Final, NamedTuple

from fhir.resources.R4B.auditevent import AuditEvent

from persistence.audit.tables import Audit

DICOM: Final = "http://dicom.nema.org/resources/ontology/DCM"
OURS: Final = "urn:curbside"
OUTCOMES: Final = {"ok": "0", "refused": "4", "failed": "8"}


class Meaning(NamedTuple):
    """A DICOM event (PS3.16, CID 400) and what was done: Create, Read, Update, Delete, Execute."""

    code: str
    display: str
    action: str


_AUTHENTICATED: Final = Meaning("110114", "User Authentication", "E")
_READ: Final = Meaning("110110", "Patient Record", "R")
_CREATED: Final = Meaning("110110", "Patient Record", "C")
_ERASED: Final = Meaning("110110", "Patient Record", "D")
_EXPORTED: Final = Meaning("110106", "Export", "R")
_AUDITED: Final = Meaning("110101", "Audit Log Used", "R")
_ALERT: Final = Meaning("110113", "Security Alert", "E")
_CHANGED: Final = Meaning("110137", "User security Attributes Changed", "U")
_LOOKED: Final = Meaning("110100", "Application Activity", "R")
_OTHER: Final = Meaning("110100", "Application Activity", "E")

MEANINGS: Final = {
    "signed_in": _AUTHENTICATED,
    "signed_out": _AUTHENTICATED,
    "sign_in_failed": _AUTHENTICATED,
    "session_refused": _AUTHENTICATED,
    "origin_refused": _ALERT,
    "join": _READ,
    "join_refused": _READ,
    "step_up": _READ,
    "case_read": _READ,
    "history_read": _READ,
    "archive_read": _READ,
    "looks_read": _AUDITED,
    "audit_exported": _AUDITED,
    "case_opened": _CREATED,
    "open_refused": _CREATED,
    "proof_made": _EXPORTED,
    "backup_taken": _EXPORTED,
    "erased": _ERASED,
    "lines_removed": Meaning("110101", "Audit Log Used", "D"),
    "lines_lost": _ALERT,
    "journal_went_back": _ALERT,
    "person_added": _CHANGED,
    "person_verified": _CHANGED,
    "registered": _CHANGED,
    "verification_decided": _CHANGED,
    "tier_changed": _CHANGED,
    "vouched": _CHANGED,
    "vouch_revoked": _CHANGED,
    "name_shown": _CHANGED,
    "name_hidden": _CHANGED,
    "identity_opened": _LOOKED,
    "document_read": _LOOKED,
}


def audit_event(line: Audit) -> str:
    """The resource, JSON on one line."""
    meaning = MEANINGS.get(line.act, _OTHER)
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
