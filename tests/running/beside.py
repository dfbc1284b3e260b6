"""One function of the tests as a program of its own, in the environment of an installation.

Its arguments and its answer are JSON.
"""

import json
import os
import sys
from importlib import import_module

import django

from symposia.running.at_hand import database_at_hand
from symposia.running.configuration import Configuration
from symposia.running.keys import provide_keys


def main(module, name, *given):
    configuration = Configuration.from_environment(os.environ)
    provide_keys(configuration.data, os.environ)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    with database_at_hand(configuration):
        django.setup()
        function = getattr(import_module(module), name)
        answer = function(*map(json.loads, given))
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
