"""Where authors' code runs: event loops in threads of their own, watched, so that none can hold up the app."""
