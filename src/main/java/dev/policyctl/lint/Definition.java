package dev.policyctl.lint;

import dev.policyctl.format.DefinitionFormat;
import dev.policyctl.source.SourceText;

/**
 * One file to judge.
 *
 * @param fullPath its path with links resolved, which may name the host ({@code nodes/<host>/});
 *     empty for standard input
 */
public record Definition(SourceText text, String fullPath, DefinitionFormat format) {}
