"""Line icons on a 24 × 24 grid, drawn for this portal; one path each, inlined, so that no sprite has to be requested."""

TOP_THEMES = [
    "digital-connectivity",
    "digital-inclusion",
    "e-resilience",
    "technology-transfer",
    "innovation-policy",
    "e-government",
    "digital-skills",
]

ICONS = {
    # The seven themes
    "digital-connectivity": "M2 9a14 14 0 0 1 20 0M5 12.5a9.5 9.5 0 0 1 14 0M8.2 16a5 5 0 0 1 7.6 0M12 19.5h.01",
    "digital-inclusion": (
        "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20a6.5 6.5 0 0 1 13 0M15.5 4.2a3.5 3.5 0 0 1 0 6.6"
        "M18.5 14.2a6.5 6.5 0 0 1 3 5.8"
    ),
    "e-resilience": "M12 3l8 3v5c0 5-3.3 8.4-8 10-4.7-1.6-8-5-8-10V6zM7.5 12H10l1.6-3.5 1.8 6 1.3-2.5h1.8",
    "technology-transfer": "M4 8h15M15 4l4 4-4 4M20 16H5M9 12l-4 4 4 4",
    "innovation-policy": (
        "M9.5 18h5M10.5 21h3M12 3a6.3 6.3 0 0 0-4 11.2c.9.8 1.4 1.6 1.5 3.8h5c.1-2.2.6-3 1.5-3.8A6.3 6.3 0 0 0 12 3z"
    ),
    "e-government": "M3 9.5L12 4l9 5.5zM5.5 10v7M10 10v7M14 10v7M18.5 10v7M3 20h18",
    "digital-skills": "M2 9l10-5 10 5-10 5zM6 11.2V16c0 1.6 2.7 3 6 3s6-1.4 6-3v-4.8M22 9v6",
    # How far a practice has come
    "planned": "M5 5h14v15H5zM5 10h14M9 3v4M15 3v4",
    "pilot": "M9 3h6M10 3v6.5L4.6 19a1.4 1.4 0 0 0 1.2 2h12.4a1.4 1.4 0 0 0 1.2-2L14 9.5V3M7.5 15h9",
    "ongoing": "M20 12a8 8 0 1 1-2.4-5.7M20 3v4.5h-4.5",
    "scaled": "M3 17l6-6 4 4 8-8M15 7h6v6",
    "completed": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8 12.2l2.8 2.8L16 9.5",
    "discontinued": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM5.7 5.7l12.6 12.6",
    # Facts
    "what": "M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z",
    "where": "M12 21s7-6.3 7-11.5A7 7 0 0 0 5 9.5C5 14.7 12 21 12 21zM12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
    "who": "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 20.5a8 8 0 0 1 16 0",
    "cost": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 6.5v11M15 9c-.6-.9-1.6-1.3-3-1.3-1.8 0-3 .8-3 2.1 0 3 6 1.4 6 4.4"
    " 0 1.3-1.2 2.1-3 2.1-1.4 0-2.4-.4-3-1.3",
    "evidence": "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.2 15.2L21 21M7.8 10.6l2 2 3.4-3.8",
    "tag": "M3 12V4a1 1 0 0 1 1-1h8l9 9-9 9zM7.5 7.5h.01",
    "language": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM3 12h18M12 3c5 5.5 5 12.5 0 18-5-5.5-5-12.5 0-18z",
    # Doing things
    "search": "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.3 15.3L21 21",
    "filter": "M3 6h18M7 12h10M10 18h4",
    "compare": "M4 4h6v16H4zM14 4h6v16h-6z",
    "menu": "M3 6h18M3 12h18M3 18h18",
    "close": "M6 6l12 12M18 6L6 18",
    "next": "M9 5l7 7-7 7",
    "previous": "M15 5l-7 7 7 7",
    "download": "M12 4v11M7 11l5 5 5-5M4 20h16",
    "feed": "M5 19h.01M4 11a9 9 0 0 1 9 9M4 4a16 16 0 0 1 16 16",
    "print": "M7 9V3h10v6M7 17H4V9h16v8h-3M7 14h10v7H7z",
    "mail": "M3 5h18v14H3zM3 6.5l9 7 9-7",
    "flag": "M5 21V4h11l-1.5 4L16 12H5",
    "quote": "M10 7c-3 1-5 3.5-5 7.5V17h5v-5H7.5M20 7c-3 1-5 3.5-5 7.5V17h5v-5h-2.5",
    "external": "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
    "collection": "M4 8h16v12H4zM6 5h12M8 2.5h8",
    "info": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v6M12 7.5h.01",
    "warning": "M12 4L2.5 20h19zM12 10v4.5M12 17.3h.01",
    "success": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8 12.2l2.8 2.8L16 9.5",
}
