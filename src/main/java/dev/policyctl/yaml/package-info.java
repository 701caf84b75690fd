/** YAML documents as nodes with positions, and strict reading of the project's own documents. */
@NullMarked
package dev.policyctl.yaml;

import org.jspecify.annotations.NullMarked;
