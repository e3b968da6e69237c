"""Reading what bibliographies have: TeX as text, and names as RIS has them."""

from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

CONTEXT = get_default_latex_context_db()
# It has no braces by name, as TeX does, and another sign for the circumflex.
MACROS = {"textasciicircum": "^", "textbraceleft": "{", "textbraceright": "}", "url": "%s"}
CONTEXT.add_context_category(
    "here", prepend=True, macros=[MacroTextSpec(name, simplify_repl=text) for name, text in MACROS.items()]
)
DECODER = LatexNodes2Text(latex_context=CONTEXT, math_mode="verbatim")


def dashed(name):
    """A name as RIS has it: around a comma there would be a person."""
    return " – ".join(part.strip() for part in name.split(",") if part.strip()) or name
