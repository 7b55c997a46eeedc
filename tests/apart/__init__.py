"""Work on people's text and files, apart from the app."""
