from core.blocks.prose import FigureBlock, ProseBlock, QuoteBlock

__all__ = ["FigureBlock", "ProseBlock", "QuoteBlock"]
