"""Pictures: what is checked and taken out when one is uploaded, and under which names its sizes are kept."""
