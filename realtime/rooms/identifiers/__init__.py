"""What could tell who a patient is: the identifiers of 45 CFR 164.514(b)(2)(i), found in free text by rules."""
