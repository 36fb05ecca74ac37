"""What administrators decide: people, rosters, calendars, the company's own name. Each decision is journalled.

The rows belong to packages that lie below the journal and cannot write to it; these actions do both at once.
"""
