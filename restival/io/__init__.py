"""The vocabulary: every question an action can ask and everything it can show.

A file here is one component, named as in the API. Nothing in this package knows Restate or NiceGUI: a component says
what travels to the browser (its props), what a valid answer is, and which Python value the action gets.
"""
