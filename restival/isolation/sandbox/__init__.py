"""Work that people's text and files can make slow, and the processes of its own that it is done in.

Nothing here knows the rest of the app: a process that has only this to import begins in a tenth of a second.
"""
