"""What each act of the audit is among the events of DICOM (PS3.15 A.5, PS3.16 CID 400 and 401)."""

from typing import Final, NamedTuple


class Meaning(NamedTuple):
    """A DICOM event and what was done: Create, Read, Update, Delete, Execute."""

    code: str
    display: str
    action: str


OTHER: Final = Meaning("110100", "Application Activity", "E")
"""An act of another version."""

_ACTS: Final[dict[Meaning, tuple[str, ...]]] = {
    Meaning("110114", "User Authentication", "E"): (
        *("signed_in", "sign_in_failed", "signed_out", "proved"),
        *("session_refused", "session_ended", "sessions_ended", "frames_refused"),
    ),
    Meaning("110137", "User security Attributes Changed", "U"): (
        *("person_added", "person_verified", "person_reset", "registered"),
        *("passkey_added", "passkey_removed", "authenticator_added", "authenticator_removed", "recovery_renewed"),
        *("hospital_linked", "hospital_unlinked", "token_made", "token_ended"),
        *("verification_asked", "verification_appealed", "verification_decided", "document_given", "tier_changed"),
        *("vouched", "vouch_revoked", "name_shown", "name_hidden", "sanctioned", "sanction_lifted"),
        *("institution_added", "institution_suspended", "institution_resumed"),
        *("reach_changed", "roster_added", "roster_removed", "shifts_changed", "keepers_named"),
        *("agreement_made", "agreement_accepted", "products_declared"),
        *("channel_added", "channel_proved", "channel_removed"),
        *("interest_declared", "interest_withdrawn", "payments_imported"),
        *("survey_opened", "survey_approved", "survey_ended"),
    ),
    Meaning("110110", "Patient Record", "R"): (
        *(
            "join",
            "join_refused",
            "case_entered",
            "step_up",
            "case_read",
            "history_read",
            "archive_read",
            "handover_read",
            "picture_read",
        ),
        *("observe_begun", "observe_ended"),
    ),
    Meaning("110110", "Patient Record", "C"): (
        *("case_opened", "open_refused", "picture_brought", "picture_checked", "adverse_event_reported"),
    ),
    Meaning("110110", "Patient Record", "U"): ("flagged", "flags_ruled", "command_refused", "conflict"),
    Meaning("110110", "Patient Record", "D"): ("erased", "picture_taken_back"),
    Meaning("110106", "Export", "R"): ("proof_made", "backup_taken"),
    Meaning("110101", "Audit Log Used", "R"): ("looks_read", "observers_read", "pages_read", "audit_exported"),
    Meaning("110101", "Audit Log Used", "D"): ("lines_removed",),
    Meaning("110113", "Security Alert", "E"): (
        *(
            "origin_refused",
            "moderation_refused",
            "institutions_refused",
            "rosters_refused",
            "surveys_refused",
            "lines_lost",
            "journal_went_back",
        ),
    ),
    Meaning("110100", "Application Activity", "R"): (
        *("identity_opened", "document_read", "flags_read", "sanctions_read", "rings_read"),
        *("adverse_events_read", "summary_read", "credibility_read", "person_sought", "interests_read"),
        *("awards_read", "award_export_read", "award_payees_read", "bias_watch_read"),
    ),
    Meaning("110100", "Application Activity", "U"): (
        "adverse_event_acknowledged",
        "award_payer_named",
        "award_answered",
        "award_budget_set",
    ),
}

MEANINGS: Final = {act: meaning for meaning, acts in _ACTS.items() for act in acts}
"""By act: all that this version notes."""
