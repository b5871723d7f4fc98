"""What an age band tells of the patient's age."""

import re


def under(age_band: str | None, years: int) -> bool:
    """Whether nobody in `age_band` has reached `years`. Of what is not said nothing is told."""
    band = age_band or ""
    if "month" in band or "day" in band:
        return True
    numbers = [int(number) for number in re.findall(r"[0-9]+", band)]
    return bool(numbers) and not band.endswith("+") and max(numbers) < years
