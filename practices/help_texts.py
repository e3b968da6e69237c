"""Help texts of the fields in the editor."""

from django.utils.translation import gettext_lazy as _

HELP = {
    "title": _("What is done, where and for whom, in at most 120 characters."),
    "summary": _(
        "Two or three sentences that a minister's adviser can read in half a minute; at most 500 characters."
    ),
    "countries": _(
        "The country of this section is always among them; add those where the practice is also at work."
    ),
    "themes": _(
        "Choose the most exact ones. A practice filed under a part of a theme is found under the theme too."
    ),
    "status": _("How far the practice has come today."),
    "challenge": _(
        "What was wrong, for whom, before this practice? Give a figure and its source if there is one."
    ),
    "approach": _(
        "How it was done. Use building blocks for the parts that another country could take over by themselves, "
        "each with what made it work."
    ),
    "organisations": _(
        "Each organisation by itself: at least one that leads and answers for the practice, then partners and what they "
        "contribute. Names that readers can see already are suggested as you type."
    ),
    "sources": _("Documents or pages where a reader can check the facts; at least one."),
    "contacts": _("Whom a reader's message reaches; at least one. The addresses are never shown."),
    "image": _("A picture of the practice at work, which you are allowed to publish."),
    "image_alt": _(
        "What the image shows, for people who cannot see it. Needed before review if there is an image."
    ),
    "image_credit": _("Who made the picture or owns the rights."),
    "scope": _("How far the practice reaches."),
    "place": _("Town, district or region, if the practice is not everywhere in the country."),
    "latitude": _("In degrees, between -90 and 90, together with the longitude."),
    "longitude": _("In degrees, between -180 and 180, together with the latitude."),
    "start_year": _("The year in which work began."),
    "end_year": _("Only if the practice has ended."),
    "sdgs": _("The goals that the practice serves directly."),
    "beneficiaries": _("Whom it serves directly."),
    "practice_type": _(
        "The sort of measure that it mainly is. Leave it empty if the text does not make it plain."
    ),
    "tags": _("Short names that readers may search for; separate them by commas."),
    "objectives": _("What was to be reached, and by when."),
    "results": _("What changed for people. The figures go into the indicators below."),
    "indicators": _("One measured figure each, with unit, year and source."),
    "difficulties": _("What did not work, and why. Readers value this most."),
    "lessons": _("What you would do again, and what you would do differently."),
    "evidence_level": _(
        "How sure the results are, by the strongest of the sources; self-reported if none is monitoring or an evaluation."
    ),
    "cost_range": _("The whole cost in the currency named below."),
    "currency": _("The three letters of ISO 4217, for example USD or KZT."),
    "cost_note": _("What the money was spent on, in one line."),
    "financing": _("Where most of the money came from."),
    "staff": _("How many people, with what skills."),
    "legal_context": _("Laws or decisions that made it possible or stood in its way."),
    "technology_readiness": _("From 1 (an idea) to 9 (proven in operation)."),
    "technology_licence": _("Under what licence others get the technology."),
    "connectivity": _("What connection the users need."),
    "transfer_rating": _("Whether it has been taken over elsewhere."),
    "preconditions": _("What must be in place before another country can begin."),
    "adaptation_advice": _("What to change, what to keep and whom to ask."),
    "adopted_from": _("The practice on this portal that this one was modelled on."),
    "adopted_year": _("When it was taken over from there."),
    "adaptation": _("What had to be made otherwise here than there, in at most 500 characters."),
    "adopted_by": _("Countries that have taken it over."),
    "last_verified": _(
        "The day on which somebody last checked that all of this is still true. After 24 months it is due again."
    ),
    "reviewed_by": _("Who reviewed it, by role or organisation."),
    "content_licence": _("Under what licence others may use this text."),
    "slug": _(
        "The last part of the page's address. Filled in from the title; changing it later leaves a redirect behind."
    ),
}
