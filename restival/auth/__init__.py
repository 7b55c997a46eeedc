"""Sign-in: who the person behind a request is."""
