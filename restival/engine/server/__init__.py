"""The Restate server that belongs to the app: found or fetched, locked to its data, started and watched over."""
