"""The settings and the project as they are loaded now, and what a person may list, answer and assign."""
