"""The FHIR document: what `fhir.resources` checks as it is made, and the invariants that it does not."""

import json
from typing import Any
from xml.etree import ElementTree

from fhir.resources.R4B.bundle import Bundle

from persistence.handover.fhir import LOINC, as_document
from tests.persistence.handover.sample import consult

Resource = dict[str, Any]
DOCUMENT: Resource = json.loads(as_document(consult()))
RESOURCES: list[Resource] = [entry["resource"] for entry in DOCUMENT["entry"]]


def of_type(kind: str) -> list[Resource]:
    return [one for one in RESOURCES if one["resourceType"] == kind]


def test_it_is_a_document_with_an_identifier_a_time_and_a_composition_first() -> None:
    assert DOCUMENT["type"] == "document"
    assert DOCUMENT["identifier"]["system"] and DOCUMENT["identifier"]["value"]  # bdl-9
    assert DOCUMENT["timestamp"]  # bdl-10
    assert RESOURCES[0]["resourceType"] == "Composition"  # bdl-11
    assert len(of_type("Composition")) == 1


def test_every_entry_has_a_url_of_its_own_and_no_request_or_search() -> None:
    urls = [entry["fullUrl"] for entry in DOCUMENT["entry"]]
    assert len(set(urls)) == len(urls)  # bdl-7
    assert all(entry.keys() == {"fullUrl", "resource"} for entry in DOCUMENT["entry"])  # bdl-2, bdl-3, bdl-4
    assert all(url == f"urn:uuid:{one['id']}" for url, one in zip(urls, RESOURCES, strict=True))


def test_every_reference_leads_to_an_entry_and_every_entry_is_referred_to() -> None:
    urls = {entry["fullUrl"] for entry in DOCUMENT["entry"]}
    found = set(references(DOCUMENT))
    assert found == urls - {DOCUMENT["entry"][0]["fullUrl"]}


def test_vital_signs_are_observations_in_the_unit_in_which_they_were_given() -> None:
    found = {one["code"]["coding"][0]["code"]: one["valueQuantity"] for one in of_type("Observation")}
    assert (found["8867-4"]["value"], found["8867-4"]["code"]) == (96, "/min")
    assert (found["8310-5"]["value"], found["8310-5"]["code"]) == (101.3, "[degF]")


def references(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["reference"]] if "reference" in value else []
        return own + [one for item in value.values() for one in references(item)]
    return [one for item in value for one in references(item)] if isinstance(value, list) else []


def test_every_section_has_a_title_and_a_text_that_is_xhtml_and_says_something() -> None:
    sections = RESOURCES[0]["section"]
    assert [section["title"] for section in sections][:5] == [
        "I Identify",
        "S Situation",
        "B Background",
        "A Assessment",
        "R Request",
    ]
    for section in sections:  # cmp-1, txt-1, txt-2
        div = ElementTree.fromstring(section["text"]["div"])
        assert div.tag == "{http://www.w3.org/1999/xhtml}div" and "".join(div.itertext()).strip()


def test_nobody_is_named_and_the_patient_has_no_identifier() -> None:
    (patient,) = of_type("Patient")
    assert patient.keys() <= {"resourceType", "id", "extension", "gender", "text"}
    assert patient["gender"] == "female"
    assert {one["name"][0]["text"] for one in of_type("Practitioner")} == {"dr_ana", "dr_ben", "nurse_cleo"}


def test_what_became_of_advice_is_the_status_of_a_task() -> None:
    tasks = {one["status"]: one for one in of_type("Task")}
    assert set(tasks) == {"completed", "rejected", "requested", "accepted"}
    assert tasks["rejected"]["statusReason"] == {"text": "No vial is usable."}
    assert "owner" not in tasks["requested"]
    assert all(one["lastModified"] >= one["authoredOn"] for one in of_type("Task"))  # inv-1


def test_what_was_taken_back_is_entered_in_error_and_has_no_text() -> None:
    gone = [one for one in of_type("Communication") if one["status"] == "entered-in-error"]
    assert len(gone) == 1 and "payload" not in gone[0]


def test_the_case_is_a_request_of_its_acuity_and_the_note_of_a_known_kind() -> None:
    (request,) = of_type("ServiceRequest")
    assert (request["priority"], request["status"], request["intent"]) == ("asap", "active", "proposal")
    assert RESOURCES[0]["type"]["coding"][0]["system"] == LOINC
    assert RESOURCES[0]["status"] == "preliminary"


def test_the_note_of_a_closed_case_is_final() -> None:
    closed: Resource = json.loads(as_document(consult(closed=True)))
    kinds = {entry["resource"]["resourceType"]: entry["resource"]["status"] for entry in closed["entry"][:3:2]}
    assert kinds == {"Composition": "final", "ServiceRequest": "completed"}


def test_the_same_note_is_the_same_document() -> None:
    assert as_document(consult()) == json.dumps(DOCUMENT, separators=(",", ":"), ensure_ascii=False)
    assert Bundle.model_validate_json(as_document(consult()))
