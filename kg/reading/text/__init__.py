"""Text: tokens, sentences, paragraphs and quotations, before any word is understood."""
