"""What readers take with them: the answer to any question as a table, as JSON or as a bibliography."""
