"""The famous case as its presenter opens it; `beats.toml` has what is said in it."""

from typing import Final

from realtime.rooms.opening import OpenCase

NOTICE: Final = (
    "A scripted demonstration; not medical advice. An hour of the consult goes by in about a minute and a half."
)
"""To be shown wherever it is played."""

CASE: Final = OpenCase(
    title="Blue child, saturation stuck at 84 % on full oxygen, lungs clear",
    acuity="stat",
    specialties=["emergency_medicine", "paediatric_intensive_care", "toxicology", "haematology"],
    languages=["en"],
    age_band="5-9",
    sex="f",
    situation="Girl, about 22 kg, at a small rural hospital: well at breakfast, found drowsy with blue lips some hours "
    "later. SpO2 84 % in air, and still 84 % on 15 l/min by mask with reservoir.",
    background="Well before, growing well, vaccinated. No known heart disease, asthma or allergies, no regular "
    "medicines. We have oxygen, bag and mask, blood gas cartridges, a portable X-ray, peripheral lines, a small "
    "theatre; no co-oximeter, no ventilator, no echocardiography. Intensive care is four hours away by road.",
    assessment="Heart rate 148, respiratory rate 34, blood pressure 96/58, temperature 36.9 °C, capillary refill 2 s, "
    "glucose 5.8 mmol/l, AVPU: V. Lips and nail beds slate-blue. Breath sounds equal and clear, no murmur, pulses "
    "equal, liver not enlarged. X-ray clear. I have no explanation.",
    request="What is this, what do I do in the next ten minutes, and does she need a tube before the road?",
    observers="live",
)
