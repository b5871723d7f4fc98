"""The ladder put to the test: many `stat` cases at once, people who answer and people who do not, and what breaks."""
