"""The door for the web server."""

import os

from django.core.wsgi import get_wsgi_application

from tram.site.processes import follow_parent_to_death

if "TRAM_SUPERVISED" in os.environ:
    follow_parent_to_death()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tram.site.settings")
application = get_wsgi_application()
