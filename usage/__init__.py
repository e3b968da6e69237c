"""What the portal is used for, as counts and nothing else: no client, no session, no browser and no person is in them.

The middleware notes each page that a reader is shown, from the page cache too; apps register what a visit to their views
means (`usage.visits`), and tell of what no visit shows by `usage.counting.count`. Counts are gathered in the memory of each
web process and added to the database twice a minute (`usage.writer`).
"""
