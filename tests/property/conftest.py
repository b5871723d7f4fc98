from hypothesis import settings

# The same examples in every run: a failure in CI is a failure here.
settings.register_profile("ci", deadline=None, derandomize=True, max_examples=40, print_blob=True)
settings.load_profile("ci")
