//! Words to lines of glyphs: itemise, shape, hyphenate, break, set.
