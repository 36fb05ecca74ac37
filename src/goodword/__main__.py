"""`python -m goodword`."""

from goodword.doors.ops.main import main

main()
