"""The practices desk: one list of all practices in Wagtail's admin, a row for each with all its languages."""
