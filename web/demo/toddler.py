"""The case that stays open in the demo, for whoever wants to work on one at their own speed."""

from typing import Final

from realtime.rooms.opening import OpenCase

KEY: Final = "demo-case"
"""The same for all starts, so that it is opened once."""

CASE: Final = OpenCase(
    title="Fever and a spreading purpuric rash in a toddler, four hours from intensive care",
    acuity="urgent",
    specialties=["paediatric_intensive_care", "infectious_disease"],
    languages=["en"],
    age_band="1-4",
    sex="f",
    situation="Toddler, about 12 kg, at a rural clinic: fever since the morning, now drowsy, with a purple rash on "
    "both legs that has spread within the last hour and does not fade under glass.",
    background="Well until today, no allergies known, early vaccinations given, later ones uncertain. One clinician, "
    "oxygen, a pulse oximeter, peripheral lines; ceftriaxone, crystalloid and adrenaline in stock; no laboratory, no "
    "ventilator. Transfer by road takes four hours, by air only after daybreak.",
    assessment="Temperature 39.6 degrees, heart rate 178, respiratory rate 44, SpO2 94 % in air, capillary refill 5 s, "
    "blood pressure 74/38, AVPU: V. I think of meningococcal septic shock. First dose of ceftriaxone and one bolus of "
    "10 ml/kg given ten minutes ago: heart rate 170, refill 4 s, liver edge not felt.",
    request="How much more fluid before a vasoactive drug, which one through a peripheral line and at which dose, and "
    "should she be intubated before the road, or not?",
    observers="live",
)
