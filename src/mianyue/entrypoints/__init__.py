"""Every way in: console, portal, API, command line. Entry points never meet; they call workflows."""
