"""Reading the audit out."""

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

import pytest
from fhir.resources.R4B.auditevent import AuditEvent

from persistence.audit import export
from persistence.audit.export import COLUMNS, Wanted, as_csv, lines
from persistence.audit.fhir import audit_event
from persistence.audit.log import AuditLog
from persistence.audit.meanings import MEANINGS
from persistence.audit.tables import Audit
from tests.persistence.counting import CountingSqlite


def line(**given: Any) -> Audit:
    fields = dict.fromkeys(("person", "act", "room", "detail", "outcome", "address", "reason", "subject"), "")
    known: dict[str, Any] = {
        "chain": "chain1",
        "number": 7,
        "at": 1_796_000_000_123,
        "digest": bytes(32),
        "act": "join",
    }
    return Audit(**{**fields, **known, "outcome": "ok", **given})


async def noted(database: CountingSqlite, count: int) -> None:
    log = AuditLog(database, iter(range(1, count + 1)).__next__)
    for n in range(count):
        log.note("join", "ana" if n % 2 else "ben", f"case{n % 3}", where="192.0.2.1")
    await log.close()


async def found(database: CountingSqlite, wanted: Wanted) -> Sequence[Audit]:
    return [row async for page in lines(database, wanted) for row in page]


async def test_all_lines_come_in_the_order_of_time_a_page_at_a_time(
    database: CountingSqlite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "PAGE", 10)
    await noted(database, 25)
    pages = [len(page) async for page in lines(database, Wanted())]
    assert pages == [10, 10, 5]
    assert [row.at for row in await found(database, Wanted())] == list(range(1, 26))


async def test_lines_are_chosen_by_time_case_and_person(database: CountingSqlite) -> None:
    await noted(database, 12)
    assert [row.at for row in await found(database, Wanted(since_ms=3, until_ms=6))] == [3, 4, 5]
    assert {row.room for row in await found(database, Wanted(room="case1"))} == {"case1"}
    assert [row.at for row in await found(database, Wanted(person="ana", until_ms=5))] == [2, 4]


@pytest.mark.parametrize("act", [*MEANINGS, "an act of a later version"])
def test_every_line_is_an_audit_event_of_fhir(act: str) -> None:
    given = line(act=act, person="ana", room="case1", detail="after 3", address="192.0.2.1", reason="Audit of May")
    event = AuditEvent.model_validate_json(audit_event(given))
    plain = json.loads(audit_event(given))
    assert event.get_resource_type() == "AuditEvent"
    assert plain["source"] == {"observer": {"identifier": {"system": "urn:curbside:process", "value": "chain1"}}}
    assert plain["recorded"].startswith("2026-11-30T") and plain["outcome"] == "0"
    assert plain["agent"] == [
        {
            "who": {"identifier": {"system": "urn:curbside:person", "value": "ana"}},
            "requestor": True,
            "network": {"address": "192.0.2.1", "type": "2"},
        }
    ]
    assert plain["subtype"] == [{"system": "urn:curbside:act", "code": act}]
    assert plain["action"] in "CRUDE"
    assert plain["entity"][0]["what"]["identifier"]["value"] == "case1"
    assert plain["purposeOfEvent"] == [{"text": "Audit of May"}]


@pytest.mark.parametrize(("outcome", "code"), [("ok", "0"), ("refused", "4"), ("failed", "8")])
def test_an_outcome_is_one_of_fhir(outcome: str, code: str) -> None:
    assert json.loads(audit_event(line(outcome=outcome)))["outcome"] == code


def test_a_line_with_nothing_in_it_is_an_audit_event_too() -> None:
    for given in (line(), line(person="system"), line(address="a host", detail="x"), line(subject="ben")):
        AuditEvent.model_validate_json(audit_event(given))


def test_csv_has_all_columns_and_no_formula() -> None:
    text = as_csv([line(reason="=HYPERLINK(1)", person="ana")], header=True)
    (row,) = csv.DictReader(io.StringIO(text))
    assert tuple(row) == COLUMNS
    assert (row["person"], row["reason"], row["digest"]) == ("ana", "'=HYPERLINK(1)", "00" * 32)
