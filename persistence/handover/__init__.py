"""The handover note of a case as people and systems read it: plain text, a page to print, a FHIR document."""
