"""Surveys: questions to verified physicians of some specialties and countries, beside all cases."""
