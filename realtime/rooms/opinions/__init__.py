"""What people think it is, each before they have read the others, and what that makes together."""
