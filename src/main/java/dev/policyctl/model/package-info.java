/** The words of the model: fields, facts, what a definition declares, what a host knows. */
@NullMarked
package dev.policyctl.model;

import org.jspecify.annotations.NullMarked;
