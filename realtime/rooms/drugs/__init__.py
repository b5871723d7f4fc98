"""Drugs by their names: the International Nonproprietary Name (INN) of what was written by another."""
