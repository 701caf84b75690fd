/**
 * AdmissionReviews of Kubernetes: the same judgement as everywhere, as the API server asks for it.
 */
@NullMarked
package dev.policyctl.admission;

import org.jspecify.annotations.NullMarked;
