"""Who plays the famous case. None of them exists."""

from typing import Final

from realtime.rooms.people import Person

# In the order in which they come: handle, specialty, country, tier.
_physicians: Final = (
    ("dr_okafor", "emergency_medicine", "NG", 3),
    ("dr_moreau", "paediatric_cardiology", "FR", 3),
    ("dr_lindgren", "paediatric_intensive_care", "SE", 3),
    ("dr_haddad", "cardiac_anaesthesia", "LB", 3),
    ("dr_garcia", "paediatrics", "MX", 2),
    ("dr_tanaka", "anaesthesiology", "JP", 3),
    ("dr_ferreira", "toxicology", "BR", 3),
    ("dr_kim", "pulmonology", "KR", 3),
    ("dr_larsen", "paediatric_pulmonology", "DK", 3),
    ("dr_chen", "critical_care", "TW", 3),
    ("dr_dubois", "radiology", "BE", 3),
    ("dr_perera", "paediatrics", "LK", 2),
    ("dr_mehta", "haematology", "IN", 3),
    ("dr_suzuki", "laboratory_medicine", "JP", 3),
    ("dr_devries", "clinical_chemistry", "NL", 3),
    ("dr_weber", "toxicology", "DE", 3),
    ("dr_yilmaz", "paediatric_emergency_medicine", "TR", 3),
    ("dr_mbele", "paediatrics", "ZA", 3),
    ("dr_achieng", "paediatric_haematology", "KE", 3),
    ("dr_santos", "clinical_genetics", "PH", 2),
    ("dr_nguyen", "tropical_medicine", "VN", 3),
    ("dr_hassan", "infectious_disease", "SD", 2),
    ("dr_rahman", "paediatrics", "BD", 3),
    ("dr_wilson", "rural_medicine", "NZ", 2),
    ("dr_oconnor", "emergency_medicine", "IE", 3),
    ("dr_kowalska", "neurology", "PL", 2),
    ("dr_novak", "psychiatry", "CZ", 2),
    ("dr_alvarez", "toxicology", "AR", 3),
    ("dr_rao", "dermatology", "IN", 3),
    ("dr_popescu", "gastroenterology", "RO", 2),
    ("dr_kovacs", "clinical_pharmacology", "HU", 3),
    ("dr_brown", "paediatrics", "JM", 2),
    ("dr_smirnova", "neonatology", "KZ", 2),
    ("dr_lopez", "cardiology", "CO", 3),
    ("dr_schmid", "hyperbaric_medicine", "CH", 3),
    ("dr_johansen", "general_surgery", "NO", 2),
    ("dr_rossi", "neonatology", "IT", 3),
    ("dr_ibrahim", "nephrology", "EG", 3),
    ("dr_petrova", "transfusion_medicine", "BG", 2),
    ("dr_levy", "metabolic_medicine", "IL", 3),
    ("dr_silva", "retrieval_medicine", "PT", 3),
    ("dr_taylor", "retrieval_medicine", "AU", 3),
    ("dr_castillo", "internal_medicine", "PE", 2),
    ("dr_mensah", "family_medicine", "GH", 2),
    ("dr_diallo", "public_health", "SN", 2),
    ("dr_ali", "occupational_medicine", "PK", 2),
)
# Handle, institution, its kind, country.
_observers: Final = (
    ("poisons_registry", "Poisons registry", "research", "SE"),
    ("health_ministry", "Health ministry", "government", "NP"),
    ("drug_safety", "Drug safety", "pharma", "CH"),
    ("paediatric_trials", "Paediatric trials", "research", "CA"),
)
_most_viewers: Final = 120


def _viewer(number: int) -> Person:
    """Nobody ever sees who follows, only how many do: a number is name enough."""
    _, specialty, country, _ = _physicians[number % len(_physicians)]
    return Person("", f"reader_{number:03}", "physician", specialty, country, 2)


PRESENTER: Final = Person("", "dr_tamang", "clinician", "family_medicine", "NP", 1)
PHYSICIANS: Final = [
    Person("", handle, "physician", specialty, country, tier) for handle, specialty, country, tier in _physicians
]
VIEWERS: Final = [_viewer(number) for number in range(1, _most_viewers + 1)]
OBSERVERS: Final = [
    Person("", handle, "observer", country=country, institution=institution, kind=kind)
    for handle, institution, kind, country in _observers
]

CAST: Final = [PRESENTER, *PHYSICIANS, *VIEWERS, *OBSERVERS]
"""Everyone, without ids."""
