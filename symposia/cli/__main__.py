import sys

from symposia.cli.main import main

sys.exit(main())
