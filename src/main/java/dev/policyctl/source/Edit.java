package dev.policyctl.source;

/**
 * Replace a stretch of the original text by another text. An empty span inserts, an empty
 * replacement deletes.
 */
public record Edit(Span span, String replacement) {}
