"""Those who work here: the letters they get and the page behind their link."""
